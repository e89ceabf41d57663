import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RecoveryTests {
  @Test func `a lead that died three times while alone is parked with a reason, and retry goes on`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.die(3, working: id)
    try await office.open { pipeline in
      try await office.state(id, is: .parked)
      let letter = try #require(try await office.deadLetters().first)
      #expect(letter.leadID == id)
      #expect(letter.effectKey == nil)
      #expect(letter.reason == "processing died 3 times while running alone")
      #expect(try await office.messages(of: id).isEmpty)
      #expect(office.slack.isSilent)
      try await office.command(.retry, by: .admin, on: id, waking: pipeline)
      try await office.state(id, is: .delivered)
      try await office.settled(id)
    }
    #expect(office.slack.cards(of: id).count == 1)
    #expect(try await office.deadLetters().isEmpty)
    #expect(try await office.lead(id).errors.isEmpty)
  }

  @Test func `a lead that died twice is worked on, and its deaths are forgotten`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.die(2, working: id)
    try await office.open { _ in try await office.settled(id) }
    #expect(try await office.lead(id).state == .delivered)
  }

  @Test func `a command that killed the process three times is dropped with a reason, and the lead keeps its state`()
    async throws
  {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.claim, by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
    }
    try await office.command(.release(reason: nil), by: .user("jo@n.example"), on: id)
    try await office.die(3, working: id)
    try await office.open { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.state == .claimed)
    #expect(lead.desk.owner == "jo@n.example")
    #expect(lead.errors == ["release: processing died 3 times while running alone"])
    #expect(try await office.actions(id).last == "given_up")
  }

  @Test func `an effect that killed the process three times is a dead letter; the others are done`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    office.crm.faults.set("perform", .fails(.down))
    try await office.open { _ in try await office.putOff(id, times: 1) }
    office.crm.faults.set("perform", nil)
    let lease = try #require(
      try await office.store.acquire([id.partition], instance: "one", for: .seconds(9)).first)
    for _ in 1...3 {
      try await office.store.begin(effect: "\(id)/crm/0", lead: id, alone: true, lease: lease)
    }
    try await office.open { _ in try await office.settled(id) }
    #expect(try await office.deadLetters().map(\.effectKey).contains("\(id)/crm/0"))
    #expect(office.slack.cards(of: id).count == 1)
  }

  @Test func `an error is not counted as a death`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    let life = Life()
    let storage = MortalStore(office.store, life: life, dyingBefore: 3)
    let pipeline = office.pipeline(office.dependencies([], storage: storage))
    // The store is away for the work, and back to put it down.
    let run = Task { await pipeline.run() }
    try await eventually("an error") { life.hasEnded }
    run.cancel()
    await run.value
    try await office.open([]) { _ in try await office.settled(id) }
    #expect(try await office.lead(id).state == .delivered)
  }

  @Test func `a service that hangs does not hold up the start for long`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.die(1, working: id)
    office.slack.faults.set("postCard", .holds)
    try await office.open { pipeline in
      let other = try await office.submit("bob@b.example", "rival", waking: pipeline)
      try await office.state(other, is: .disqualified)
      office.slack.faults.set("postCard", nil)
      try await office.settled(id)
    }
    #expect(office.slack.cards(of: id).count == 1)
  }

  @Test func `a lease that was lost is taken again, and the work goes on`() async throws {
    let office = try await Office()
    try await office.open([.slack]) { pipeline in
      try await office.settled(try await office.submit(waking: pipeline))
      // As after a sleep that outlasted the leases: what this process holds is void.
      _ = try await office.store.acquire(office.partitions, instance: "one", for: .seconds(30))
      let id = try await office.submit("bob@b.example", waking: pipeline)
      try await eventually("the work goes on") {
        office.clock.advance(by: 0.1)
        return try await office.store.lead(id)?.state == .delivered
      }
      try await office.settled(id)
    }
  }

  @Test func `stop starts nothing more and returns when what runs has ended`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    office.slack.faults.set("postCard", .holds)
    let pipeline = office.pipeline(office.dependencies([.slack]))
    let run = Task { await pipeline.run() }
    try await eventually("a post that hangs") { office.slack.faults.count("postCard") == 1 }
    pipeline.stop()
    let late = try await office.submit("bob@b.example", waking: pipeline)
    office.slack.faults.set("postCard", nil)
    await run.value
    #expect(try await office.lead(id).desk.card != nil)
    #expect(try await office.store.pendingEffects(of: id).isEmpty)
    #expect(try await office.messages(of: late).count == 1)
    // The leases are free: another instance may take them at once.
    let free = try await office.store.acquire(office.partitions, instance: "two", for: .seconds(1))
    #expect(free.count == office.partitions.count)
  }

  @Test func `stop before run makes run return`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    let pipeline = office.pipeline(office.dependencies([.slack]))
    pipeline.stop()
    await pipeline.run()
    #expect(try await office.messages(of: id).count == 1)
  }
}

extension Office {
  /// As if the process had died so often while it worked on the lead's message alone.
  func die(_ times: Int, working id: LeadID) async throws {
    let lease = try #require(try await store.acquire([id.partition], instance: "one", for: .seconds(9)).first)
    let message = try #require(try await messages(of: id).first)
    for _ in 0..<times { try await store.begin(message: message.message.id, alone: true, lease: lease) }
  }
}
