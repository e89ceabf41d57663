import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RevisitTests {
  private static let jo = "jo@n.example"
  private static let month: Double = 30 * 24 * 60

  /// A customer's leads qualify, whatever they are.
  private static var warming: Policy {
    var policy = Policy.office()
    let gate = ScoringPolicy.Gate(name: "customer", when: .field(.accountStage, .equals([Literal("customer")])))
    policy.scoring.qualify.append(gate)
    return policy
  }

  /// A cold lead, a month later.
  private func revisited(
    _ policy: Policy = warming, knowing facts: CRMFacts?, _ story: (Office, Pipeline, LeadID) async throws -> Void
  ) async throws {
    let office = try await Office(policy)
    let id = try await office.submit("ada@acme.example", "cold")
    try await office.open { pipeline in
      try await office.settled(id)
      if let facts { office.crm.knows(facts) }
      try await office.pass(minutes: Self.month - 1, pipeline, id)
      #expect(try await office.actions(id) == ["received", "nurturing"])
      try await office.pass(minutes: 1, pipeline, id)
      try await office.settled(id)
      try await story(office, pipeline, id)
    }
  }

  @Test func `a nurtured lead that has warmed up gets a card that says why, and an owner by the rules`() async throws {
    try await revisited(knowing: CRMFacts(accountStage: .customer)) { office, _, id async throws in
      let lead = try await office.lead(id)
      #expect(lead.state == .delivered)
      #expect(lead.desk.owner == Self.jo)
      #expect(lead.desk.returned?.hasPrefix("Back from nurture") == true)
      #expect(office.slack.cards(of: id).map(\.mention) == [Self.jo])
      #expect(try await office.actions(id).suffix(4) == ["reopened", "assigned", "delivered", "card_posted"])
    }
  }

  @Test func `one that is still cold is looked at again a month later, and nobody hears of it`() async throws {
    try await revisited(knowing: nil) { office, pipeline, id in
      let lead = try await office.lead(id)
      #expect(lead.state == .nurturing)
      #expect(lead.desk.revisitAt == office.clock.now.addingTimeInterval(30 * 86_400))
      #expect(office.slack.isSilent)
      #expect(office.crm.tasks.count == 1)
      office.crm.knows(CRMFacts(accountStage: .customer))
      try await office.pass(minutes: Self.month, pipeline, id)
      try await office.state(id, is: .delivered)
      try await office.settled(id)
    }
  }

  @Test func `who has opted out is left alone for good`() async throws {
    try await revisited(knowing: CRMFacts(accountStage: .customer, optedOut: true)) { office, _, id async throws in
      #expect(try await office.lead(id).state == .nurturing)
      #expect(try await office.store.timers(of: id).isEmpty)
      #expect(office.slack.isSilent)
    }
  }

  @Test func `without an answer of the CRM it is looked at an hour later`() async throws {
    let office = try await Office(Self.warming)
    let id = try await office.submit("ada@acme.example", "cold")
    try await office.open { pipeline in
      try await office.settled(id)
      office.crm.knows(CRMFacts(accountStage: .customer))
      office.crm.faults.set("lookUp", .fails(.down))
      try await office.pass(minutes: Self.month, pipeline, id)
      try await office.settled(id)
      #expect(try await office.lead(id).state == .nurturing)
      office.crm.faults.set("lookUp", nil)
      try await office.pass(minutes: 60, pipeline, id)
      try await office.state(id, is: .delivered)
      try await office.settled(id)
    }
  }

  @Test func `what a rep has sent to nurture comes back to them on the day they chose`() async throws {
    let office = try await Office()
    let other = try await office.submit("bob@b.example")
    try await office.open { pipeline in
      // The turn after Jo's would be An's.
      try await office.settled(other)
      let id = try await office.submit("ada@acme.example", waking: pipeline)
      try await office.settled(id)
      let owner = try #require(try await office.lead(id).desk.owner)
      let chosen = office.clock.now.addingTimeInterval(7 * 86_400)
      try await office.command(.claim, by: .user(owner), on: id, waking: pipeline)
      try await office.command(
        .nurture(reason: "Budget", revisitAt: chosen), by: .user(owner), on: id, waking: pipeline)
      try await office.settled(id)
      let old = try #require(try await office.lead(id).desk.card)
      try await office.pass(minutes: 7 * 24 * 60, pipeline, id)
      try await office.state(id, is: .delivered)
      try await office.settled(id)
      let lead = try await office.lead(id)
      #expect(lead.desk.owner == owner)
      #expect(lead.desk.card != old)
      let cards = office.slack.cards(of: id)
      #expect(cards.map(\.isRetired) == [true, false])
      #expect(cards.map(\.mention) == [owner, owner])
    }
  }

  @Test func `a revisit survives a restart, and what was done meanwhile by hand ends it`() async throws {
    let office = try await Office(Self.warming)
    let id = try await office.submit("ada@acme.example", "cold")
    try await office.open { _ in try await office.settled(id) }
    office.crm.knows(CRMFacts(accountStage: .customer))
    office.clock.advance(by: 31 * 86_400)
    try await office.open { _ in
      try await office.state(id, is: .delivered)
      try await office.settled(id)
    }
    #expect(office.slack.cards(of: id).count == 1)
    #expect(try await office.store.timers(of: id).isEmpty)
  }
}
