import Foundation
import PolicyFiles
import RevOps
import TestSupport
import Testing

@testable import App

@Suite(.timeLimit(.minutes(3)))
struct BacktestTests {
  @Test func `the configuration that decided moves nothing, and shares the leads as they were shared`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 150, seed: 5)
    let report = try await company.backtest(Northwind.policy())
    #expect(report.moved.isEmpty, "\(report.text)")
    #expect(report.newlyUnrouted.isEmpty)
    #expect(report.load.values.reduce(0, +) == report.loadBefore.values.reduce(0, +))
  }

  @Test func `a misspelt territory is refused, and exactly its leads are listed`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 150, seed: 6)
    let leads = try await company.past.all()
    let policy = try Northwind.policy()
    let rule = try #require(policy.routing.rules.firstIndex { $0.name == "Western states" })
    let ofTheRule = leads.filter { $0.routing?.decidedBy == .rule(rule) }.map(\.id)
    #expect(!ofTheRule.isEmpty)
    do {
      _ = try Northwind.policy(routing: ("country: US-PACIFIC }", "country: US-PACIFIK }"))
      Issue.record("a misspelt territory was accepted")
    } catch let failure as PolicyFailure {
      let error = try #require(failure.diagnostics.first { $0.severity == .error })
      #expect(failure.diagnostics.filter { $0.severity == .error }.count == 1)
      #expect(error.suggestion?.contains("US-PACIFIC") == true, "\(error)")
      let report = try await company.backtest(try #require(failure.salvaged), errors: [error])
      #expect(report.moved.map(\.lead) == ofTheRule)
      #expect(report.moved.allSatisfy { $0.from.team == "us-west" && $0.to.team == "us-desk" })
      #expect(try JSONValue.parse(Array(report.json()))["errors"]?.array?.count == 1)
    }
  }

  @Test func `leads that reach the default now, and did not before, are newly unrouted`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 150, seed: 7)
    let leads = try await company.past.all()
    let changed = try Northwind.policy(
      routing: ("  - { name: Japan, when: { country: JP }, assign: apac-japan }\n", ""))
    let japan = try #require(try Northwind.policy().routing.rules.firstIndex { $0.name == "Japan" })
    let report = try await company.backtest(changed)
    let expected = leads.filter { $0.routing?.decidedBy == .rule(japan) }.map(\.id)
    #expect(!expected.isEmpty)
    #expect(report.newlyUnrouted.map(\.lead) == expected)
    let json = try JSONValue.parse(Array(report.json()))
    #expect(json["newly_unrouted"]?.array?.count == expected.count)
    #expect(json["leads"] == .number("\(report.outcomes.count)"))
    let moved = try #require(json["moved"]?.array?.first)
    #expect(moved["lead_id"]?.string == expected.first?.description, "\(report.text)")
    #expect(moved["to"]?.string == "general")
  }

  @Test func `a rep who leaves the team hands on exactly their leads`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 150, seed: 8)
    let leads = try await company.past.all()
    let changed = try Northwind.policy(
      routing: (
        "[{ email: zoe@northwind.example }, { email: kai@northwind.example }", "[{ email: kai@northwind.example }"
      ))
    let report = try await company.backtest(changed)
    let hers = leads.filter { $0.routed?.basis?.path == .qualify && $0.routing?.owner == "zoe@northwind.example" }
    #expect(!hers.isEmpty)
    #expect(report.moved.map(\.lead) == hers.map(\.id))
    #expect(report.load["zoe@northwind.example"] == nil)
  }

  @Test func `a team that nobody of can be given a lead leaves it unrouted`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.work { pipeline in
      try await company.submit(
        [
          "email": .string("dan@quartz.example"), "country": .string("Brazil"), "employees": .string("120"),
          "title": .string("CEO"), "source": .string("demo request"),
        ], pipeline)
      try await company.settle(pipeline)
    }
    var changed = try Northwind.policy()
    let team = try #require(changed.routing.teams.firstIndex { $0.name == "latam-brazil" })
    changed.routing.teams[team].members = []
    let report = try await company.backtest(changed)
    #expect(report.newlyUnrouted.count == 1)
    #expect(report.moved.first?.from.owner == "rafael@northwind.example")
  }
}

extension PastCompany {
  func backtest(_ policy: Policy, errors: [Diagnostic] = []) async throws -> BacktestReport {
    BacktestReport(try await Backtest.run(policy, over: try await past.all(), in: past), errors: errors)
  }
}
