import Foundation
import RevOps
import TestSupport
import Testing

@testable import App

@Suite(.timeLimit(.minutes(3)))
struct ReplayTests {
  @Test func `five hundred decisions come out the same after the configuration has changed`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 250, seed: 1)
    company.use(try Northwind.policy(routing: ("assign: emea-dach }", "assign: emea-general }")))
    try await company.live(through: 250, seed: 2)
    company.use(try Northwind.policy(scoring: ("qualify: 0.65", "qualify: 0.55")))
    let leads = try await company.past.all()
    let report = try await ReplayReport(leads, in: company.past)
    #expect(report.differences.isEmpty, "\(report.text)")
    #expect(report.expired.isEmpty, "\(report.text)")
    #expect(report.identical == leads.count, "\(report.text)")
    let kinds = Set(leads.compactMap(\.path?.rawValue))
    #expect(kinds == ["qualify", "manual_review", "nurture", "disqualify"], "\(kinds)")
    #expect(Set(leads.compactMap(\.decidingVersion)).count == 2)
    #expect(leads.contains { $0.routed?.basis?.given != nil }, "no lead was touched")
    #expect(leads.contains { $0.routed?.basis?.inactiveOwners.isEmpty == false }, "no owner had left")
    // Those that joined another lead decided nothing of their own.
    let joined = leads.map(\.merged.count).reduce(0, +)
    #expect(leads.count + joined == 500)
  }

  @Test(arguments: PastCompany.Place.allCases)
  func `a store is read whether a service has it open or not, and not changed`(place: PastCompany.Place) async throws {
    let company = try await PastCompany(Northwind.policy(), in: place)
    try await company.live(through: 10, seed: 9)
    let settings = try company.settings()
    let open = try await PastLeads.within(settings) { try await $0.all() }
    try await company.close()
    let closed = try await PastLeads.within(settings) { past in
      let leads = try await past.all()
      #expect(try await ReplayReport(leads, in: past).identical == leads.count)
      return leads
    }
    #expect(!open.isEmpty && open == closed)
    let newest = try #require(closed.last)
    let some = try await PastLeads.within(settings) { try await $0.all(since: newest.intake.receivedAt) }
    #expect(some.map(\.id) == [newest.id])
  }

  @Test(arguments: PastCompany.Place.allCases)
  func `more leads than a page holds are all read, once each, while more come in`(place: PastCompany.Place) async throws
  {
    let company = try await PastCompany(Northwind.policy(), in: place)
    try await company.live(through: 260, seed: 10)
    let before = try await company.past.all()
    #expect(before.count > 200)
    let settings = try company.settings()
    try await company.work { pipeline in
      async let coming: Void = company.receive(40, seed: 11, pipeline)
      let reports = try await PastLeads.within(settings) { past in
        var reports: [ReplayReport] = []
        for _ in 0..<3 { reports.append(try await ReplayReport(past.all(), in: past)) }
        return reports
      }
      try await coming
      for report in reports {
        let leads = report.verdicts.map(\.lead)
        #expect(Set(leads).count == leads.count)
        #expect(Set(leads).isSuperset(of: before.map(\.id)))
        #expect(report.differences.isEmpty && report.expired.isEmpty, "\(report.text)")
      }
    }
  }

  @Test(arguments: PastCompany.Place.allCases)
  func `both stores give a backtest the same answer`(place: PastCompany.Place) async throws {
    let company = try await PastCompany(Northwind.policy(), in: place)
    try await company.live(through: 150, seed: 7)
    let changed = try Northwind.policy(
      routing: ("  - { name: Japan, when: { country: JP }, assign: apac-japan }\n", ""))
    let seen = try await PastLeads.within(company.settings()) { past in
      BacktestReport(try await Backtest.run(changed, over: try await past.all(), in: past))
    }
    #expect(try await seen.json() == company.backtest(changed).json())
    #expect(!seen.newlyUnrouted.isEmpty)
  }

  @Test func `where no service has run there is no store to read`() async throws {
    let folder = try TemporaryFolder()
    let server = try await RedisServer()
    for variables in [["BATON_DATA_DIR": folder.url.path], ["REDIS_URL": server.url]] {
      let settings = try BatonEnvironment.read(variables: variables)
      await #expect {
        try await PastLeads.within(settings) { _ in Issue.record("there was one: \(variables)") }
      } throws: { ($0 as? StorageError)?.detail.contains("no service has run with this") == true }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    withExtendedLifetime(server) {}
  }

  @Test func `a stored decision that nobody would make again is named`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 20, seed: 3)
    var leads = try await company.past.all()
    let index = try #require(leads.firstIndex { $0.routing?.owner != nil })
    leads[index].change { $0.routing?.owner = "somebody@northwind.example" }
    let report = try await ReplayReport(leads, in: company.past)
    #expect(report.differences.map(\.lead) == [leads[index].id])
    #expect(report.differences.first?.difference.stored.owner == "somebody@northwind.example")
    let json = try JSONValue.parse(Array(report.json()))
    #expect(json["leads"] == .number("\(leads.count)"))
    #expect(json["differing"]?.array?.first?["lead_id"]?.string == leads[index].id.description)
  }

  @Test func `an altered fact makes another score, and is named`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 20, seed: 3)
    var leads = try await company.past.all()
    let index = try #require(leads.firstIndex { $0.scored?.score.rulesScore != ExactDecimal(0) })
    leads[index].change { $0.scored.enriched.facts.normalized.emailType = .disposable }
    let report = try await ReplayReport(leads, in: company.past)
    #expect(report.differences.contains { $0.lead == leads[index].id && $0.difference.decision == .score })
  }

  @Test func `a decision of a configuration that is no longer kept is expired, not wrong`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 20, seed: 4)
    var leads = try await company.past.all()
    let index = try #require(leads.firstIndex { $0.routing != nil })
    leads[index].change { $0.routing?.trace.configVersion = "0000000000000000" }
    let report = try await ReplayReport(leads, in: company.past)
    #expect(report.expired.map(\.lead) == [leads[index].id])
    #expect(report.differences.isEmpty)
  }
}

extension Lead {
  /// A document that was tampered with.
  fileprivate mutating func change(_ body: (inout RoutedLead) -> Void) {
    switch progress {
    case .delivered(var lead):
      body(&lead.routed)
      progress = .delivered(lead)
    case .summarized(var lead):
      body(&lead.routed)
      progress = .summarized(lead)
    default: break
    }
  }
}
