import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

/// The process is killed before each of its writes in turn; the next one goes on with what is stored.
@Suite struct RestartTests {
  @Test(arguments: 1...50)
  func `killed before any write, nothing is lost and nothing happens twice`(write: Int) async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.command(.claim, by: .user("an@n.example"), on: id)
    let survived = try await office.runUntilKilled(before: write, settled: id)
    if write == 1 { #expect(!survived) }
    office.clock.advance(by: 3_600)
    try await office.open([.slack, .crm, .apollo]) { _ in try await office.settled(id) }
    try await expectDoneOnce(id, office)
  }

  private func expectDoneOnce(_ id: LeadID, _ office: Office) async throws {
    let lead = try await office.lead(id)
    #expect(lead.state == .claimed)
    #expect(lead.desk.owner == "an@n.example")
    #expect(lead.enriched?.missing == [])
    #expect(lead.errors.isEmpty)
    let cards = office.slack.cards(of: id)
    #expect(cards.count == 1)
    #expect(lead.desk.card == cards.first?.place)
    #expect(lead.desk.notifications.count == 1)
    #expect(cards.first?.drawn?.desk.owner == "an@n.example")
    #expect(office.slack.lines.count == 1)
    #expect(office.crm.contacts == ["ada@acme.example"])
    #expect(office.crm.notes == ["\(id)/arrival/0"])
    #expect(office.crm.owners.last == "an@n.example")
    let actions = try await office.actions(id).sorted()
    #expect(actions == ["assigned", "card_posted", "claimed", "delivered", "received"])
    let rotation = try await office.rotation()
    #expect(rotation.turns(of: "jo@n.example") == 0)
    #expect(rotation.turns(of: "an@n.example") == 1)
    #expect(try await office.deadLetters().isEmpty)
  }

  @Test func `the sweep reaches the last write`() async throws {
    // A loaded machine makes work begin anew, which writes more: once in three it does not.
    for attempt in 1...3 {
      let office = try await Office()
      let id = try await office.submit()
      try await office.command(.claim, by: .user("an@n.example"), on: id)
      if try await office.runUntilKilled(before: 60, settled: id) { return }
      if attempt == 3 { Issue.record("more than 60 writes") }
    }
  }
}

extension Office {
  /// True: everything was done before that write came.
  func runUntilKilled(before write: Int, settled id: LeadID) async throws -> Bool {
    let life = Life()
    for faults in [slack.faults, crm.faults, enrichment] { faults.serve(life) }
    let storage = MortalStore(store, life: life, dyingBefore: write)
    let pipeline = pipeline(dependencies([.slack, .crm, .apollo], storage: storage))
    let run = Task { await pipeline.run() }
    try await eventually("an end") {
      if life.hasEnded { return true }
      guard try await messages(of: id).isEmpty else { return false }
      return try await store.pendingEffects(of: id).isEmpty
    }
    let survived = !life.hasEnded
    life.end()
    run.cancel()
    try await ended(run, pipeline)
    for faults in [slack.faults, crm.faults, enrichment] { faults.serve(Life()) }
    return survived
  }
}
