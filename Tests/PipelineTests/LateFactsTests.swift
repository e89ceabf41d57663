import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

extension Office {
  /// Time passes until the services that gave no answer are asked again.
  fileprivate func askAgain(after seconds: TimeInterval = 30, _ id: LeadID, waking pipeline: Pipeline) async throws {
    let asked = try await lead(id).enriched?.askedAgain ?? 0
    pass(seconds, waking: pipeline)
    try await eventually("they are asked again") { try await self.lead(id).enriched?.askedAgain == asked + 1 }
    try await settled(id)
  }
}

@Suite(.timeLimit(.minutes(2))) struct LateFactsTests {
  private static let owned = CRMFacts(
    accountOwner: "an@n.example", accountStage: .customer, contactID: "7", companyID: "8", matchedBy: "domain")

  @Test func `a source that comes back is asked once more, and its facts stand on the same card`() async throws {
    let office = try await Office()
    office.enrichment.set("apollo", .fails(.down))
    let id = try await office.submit()
    try await office.open([.slack, .crm, .apollo]) { pipeline in
      try await office.settled(id)
      #expect(try await office.lead(id).enriched?.missing == ["apollo"])
      try await office.askAgain(id, waking: pipeline)
      #expect(try await office.lead(id).enriched?.missing == ["apollo"])
      office.enrichment.set("apollo", nil)
      try await office.askAgain(after: 120, id, waking: pipeline)
    }
    let lead = try await office.lead(id)
    #expect(lead.facts?.normalized.employees == 900)
    #expect(lead.enriched?.missing == [])
    let cards = office.slack.cards(of: id)
    #expect(cards.count == 1 && cards.first?.drawn?.facts?.normalized.employees == 900)
    #expect(try await office.actions(id).filter { $0 == "late_facts" }.count == 1)
    #expect(try await office.store.timers(of: id).isEmpty)
    #expect(office.enrichment.count("apollo") == 3)
  }

  @Test func `nobody who answered is asked again, and nobody is asked when nothing is missing`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open([.slack, .crm, .apollo]) { _ in try await office.settled(id) }
    #expect(try await office.store.timers(of: id).isEmpty)
    let other = try await Office()
    other.crm.faults.set("lookUp", .fails(.down))
    let late = try await other.submit()
    try await other.open([.slack, .crm, .apollo]) { pipeline in
      try await other.settled(late)
      try await other.askAgain(late, waking: pipeline)
    }
    #expect(other.enrichment.count("apollo") == 1)
    #expect(other.crm.faults.count("lookUp") == 2)
  }

  @Test func `it is tried less and less often, for a day`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      for wait in [30.0, 120, 600] { try await office.askAgain(after: wait, id, waking: pipeline) }
      for _ in 1...23 { try await office.askAgain(after: 3_600, id, waking: pipeline) }
      #expect(try await office.store.timers(of: id).isEmpty)
    }
    #expect(office.crm.faults.count("lookUp") == 27)
    #expect(office.slack.cards(of: id).count == 1)
  }

  @Test func `an account's owner who shows late gets an unclaimed lead, and the turn goes back`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      #expect(try await office.lead(id).desk.owner == "jo@n.example")
      #expect(try await office.lead(id).warnings == ["account not checked"])
      office.crm.faults.set("lookUp", nil)
      office.crm.knows(Self.owned)
      try await office.askAgain(id, waking: pipeline)
    }
    let lead = try await office.lead(id)
    #expect(lead.desk.owner == "an@n.example" && lead.desk.turn == nil)
    #expect(lead.warnings.isEmpty)
    #expect(lead.routing?.reason == "Accounts stay with their owner")
    #expect(try await office.actions(id).contains("moved"))
    #expect(office.crm.owners.last == "an@n.example")
    #expect(office.slack.lines.last?.mention == "an@n.example", "the card stays where it is: she is told in its thread")
    #expect(try await office.rotation().turns(of: "jo@n.example") == 0)
  }

  @Test func `with the owner the card moves: one line is left of the old one, and one card is live`() async throws {
    let office = try await Office(.office { $0.notify.channel = "#general" })
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.crm.faults.set("lookUp", nil)
      var facts = Self.owned
      // Listed in no team: the card belongs in the common channel.
      facts.accountOwner = "zoe@n.example"
      office.crm.knows(facts)
      try await office.askAgain(id, waking: pipeline)
    }
    let cards = office.slack.cards(of: id)
    #expect(cards.map(\.place.channel) == ["#sales", "#general"])
    #expect(cards.map(\.isRetired) == [true, false])
    #expect(cards.last?.mention == "zoe@n.example")
    #expect(try await office.lead(id).desk.card == cards.last?.place)
  }

  @Test func `a claimed lead stays where it is, and its thread says what the rules would do and why`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.claim, by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      office.crm.faults.set("lookUp", nil)
      office.crm.knows(Self.owned)
      try await office.askAgain(id, waking: pipeline)
    }
    let lead = try await office.lead(id)
    #expect(lead.desk.owner == "jo@n.example" && lead.state == .claimed)
    let words = try #require(office.slack.lines.last?.text)
    #expect(words.contains("an@n.example") && words.contains("Accounts stay with their owner"))
    #expect(office.slack.lines.last?.mention == nil)
    #expect(try await office.actions(id).contains("proposed"))
  }

  @Test func `who was given the lead by hand keeps it`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(
        .reassign(to: "root@n.example", reason: nil), by: .user("maria@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      office.crm.faults.set("lookUp", nil)
      office.crm.knows(Self.owned)
      try await office.askAgain(id, waking: pipeline)
    }
    #expect(try await office.lead(id).desk.owner == "root@n.example")
  }

  @Test func `a lead in review stays there, with another proposal on its card`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit("ada@acme.example", "lukewarm")
    try await office.open { pipeline in
      try await office.settled(id)
      #expect(try await office.lead(id).desk.team == "sales")
      office.crm.faults.set("lookUp", nil)
      office.crm.knows(Self.owned)
      try await office.askAgain(id, waking: pipeline)
    }
    let lead = try await office.lead(id)
    #expect(lead.state == .inReview && lead.desk.owner == nil)
    #expect(lead.routing?.owner == "an@n.example")
    #expect(office.slack.cards(of: id).first?.drawn?.routing?.owner == "an@n.example")
    #expect(try await office.rotation().turns(of: "jo@n.example") == 0)
  }

  @Test func `a closed lead is left alone`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.close(id, waking: pipeline)
      office.pass(30, waking: pipeline)
      try await eventually("the timer is out") { try await office.store.timers(of: id).isEmpty }
    }
    #expect(office.crm.faults.count("lookUp") == 1)
  }

  @Test func `whoever dies while asking asks again, and clicks do not wait for an answer`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.crm.faults.set("lookUp", .holds)
      office.pass(30, waking: pipeline)
      try await eventually("the question") { office.crm.faults.count("lookUp") == 2 }
      try await office.command(.claim, by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.state(id, is: .claimed)
      try await office.settled(id)
    }
    office.crm.faults.set("lookUp", nil)
    office.crm.knows(Self.owned)
    try await office.open { pipeline in
      office.pass(60, waking: pipeline)
      try await eventually("the facts") { try await office.lead(id).facts?.crm.checked == true }
      try await office.settled(id)
    }
  }
}
