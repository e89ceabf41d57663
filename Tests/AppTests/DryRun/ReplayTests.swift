import Foundation
import RevOps
import SQLiteStorage
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

  @Test func `a store is read whether a service has it open or not, and not changed`() async throws {
    let company = try await PastCompany(Northwind.policy())
    try await company.live(through: 10, seed: 9)
    let directory = company.folder.url.path
    let open = try await PastLeads.within(directory: directory) { try await $0.all() }
    try await company.store.close()
    let closed = try await PastLeads.within(directory: directory) { past in
      let leads = try await past.all()
      #expect(try await ReplayReport(leads, in: past).identical == leads.count)
      return leads
    }
    #expect(!open.isEmpty && open == closed)
    let newest = try #require(closed.last)
    let some = try await PastLeads.within(directory: directory) { try await $0.all(since: newest.intake.receivedAt) }
    #expect(some.map(\.id) == [newest.id])
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
