import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct HandOverTests {
  private static let jo = "jo@n.example"
  private static let people = [("jo@n.example", 1)]

  /// Jo takes one lead, has one, and a second waits.
  private func crowded(
    _ policy: Policy = .office(weights: people, capacity: 1),
    _ story: (Office, Pipeline, _ first: LeadID, _ second: LeadID) async throws -> Void
  ) async throws {
    let office = try await Office(policy)
    let first = try await office.submit("ada@acme.example")
    try await office.open { pipeline in
      try await office.settled(first)
      let second = try await office.submit("bob@b.example", waking: pipeline)
      try await office.settled(second)
      #expect(try await office.lead(second).desk.owner == nil)
      try await story(office, pipeline, first, second)
    }
  }

  @Test func `a lead that waits for room is given to the first who has some, at once`() async throws {
    try await crowded { office, pipeline, first, second in
      try await office.close(first, waking: pipeline)
      try await eventually("an owner") { try await office.lead(second).desk.owner == Self.jo }
      try await office.settled(second)
      #expect(office.slack.lines.filter { $0.mention == Self.jo }.count == 1)
      #expect(office.slack.cards(of: second).map { $0.drawn?.desk.owner } == [Self.jo])
      #expect(try await office.rotation().turns(of: Self.jo) == 2)
      #expect(try await office.store.timers(of: second).isEmpty)
    }
  }

  @Test func `room that nobody reports is seen within five minutes`() async throws {
    try await crowded { office, pipeline, _, second in
      // As if somebody had raised the number.
      var roster = try await Roster.open(in: office.store)
      roster.reps[Self.jo] = RepStatus(capacityOverride: 5)
      try await office.put(roster)
      try await office.pass(minutes: 4, pipeline, second)
      #expect(try await office.lead(second).desk.owner == nil)
      try await office.pass(minutes: 1, pipeline, second)
      #expect(try await office.lead(second).desk.owner == Self.jo)
    }
  }

  @Test func `who has room again gets it as soon as somebody says so`() async throws {
    try await crowded { office, pipeline, first, second in
      var roster = try await Roster.open(in: office.store)
      roster.reps[Self.jo] = RepStatus(capacityOverride: 5)
      try await office.put(roster)
      for lead in [first, second] { try await office.command(.handOver, by: .system, on: lead, waking: pipeline) }
      try await eventually("an owner") { try await office.lead(second).desk.owner == Self.jo }
      try await office.settled(first, second)
      #expect(try await office.actions(first).filter { $0 == "assigned" }.count == 1, "it waited for nobody")
      #expect(try await office.store.timers(of: second).isEmpty)
    }
  }

  @Test func `an offer to somebody without room changes nothing`() async throws {
    try await crowded { office, pipeline, _, second in
      try await office.command(.handOver, by: .system, on: second, waking: pipeline)
      try await office.settled(second)
      try await eventually("its timer is set anew") {
        try await office.store.timers(of: second).map(\.due) == [office.clock.now.addingTimeInterval(300)]
      }
      #expect(try await office.lead(second).desk.owner == nil)
    }
  }

  @Test func `it waits as long as it takes, without a word`() async throws {
    try await crowded { office, pipeline, _, second in
      let actions = try await office.actions(second)
      for _ in 0..<3 { try await office.pass(minutes: 5, pipeline, second) }
      #expect(try await office.lead(second).desk.owner == nil)
      #expect(try await office.actions(second) == actions)
      #expect(office.slack.lines.isEmpty)
      #expect(try await office.store.timers(of: second).map(\.kind) == [.handOver])
    }
  }

  @Test func `who claims it ends the wait`() async throws {
    try await crowded { office, pipeline, _, second in
      try await office.command(.claim, by: .user("an@n.example"), on: second, waking: pipeline)
      try await office.settled(second)
      #expect(try await office.store.timers(of: second).isEmpty)
    }
  }
}

extension Office {
  /// Stores a roster as the desk's commands do.
  func put(_ roster: Roster) async throws {
    let free = try #require(Partition.all.first { !partitions.contains($0) })
    let lease = try #require(try await store.acquire([free], instance: "desk", for: .seconds(30)).first)
    var commit = LeadCommit(lease: lease)
    commit.documents = [try roster.change()]
    #expect(try await store.commit(commit) == .committed)
  }
}
