import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

/// Words beside the card: to its owner, and to a channel for what matters most.
@Suite struct NoteTests {
  private static let jo = "jo@n.example"
  private static let an = "an@n.example"

  private static func policy(_ change: @escaping (inout Playbook) -> Void) -> Policy {
    .office {
      $0.notify.ownerDM = true
      change(&$0)
    }
  }

  @Test func `the owner gets one note, and a later owner one of their own`() async throws {
    let office = try await Office(Self.policy { _ in })
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      #expect(office.slack.notices(to: Self.jo).count == 1)
      try await office.command(.reassign(to: Self.an, reason: nil), by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      try await office.command(.claim, by: .user(Self.an), on: id, waking: pipeline)
      try await office.settled(id)
      #expect(office.slack.notices(to: Self.an).count == 1)
      #expect(office.slack.notices.count == 2)
    }
    #expect(office.slack.cards(of: id).count == 1)
  }

  @Test func `who takes a lead for themselves gets no note about it`() async throws {
    let office = try await Office(Self.policy { _ in })
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.claim, by: .user(Self.an), on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.notices(to: Self.an).isEmpty)
  }

  @Test func `a note whose answer was lost is looked for, not sent again`() async throws {
    let office = try await Office(Self.policy { _ in })
    office.slack.faults.set("notify", .losesAnswer)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.putOff(id, times: 1)
      office.pass(60, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.notices.count == 1)
    #expect(office.slack.faults.count("notify") == 1)
    #expect(office.slack.faults.count("findNotice") == 1)
  }

  @Test func `whom a colleague gives a lead at night is called in the morning`() async throws {
    var policy = Self.policy { _ in }
    policy.routing.teams[0].hours = .berlin
    let office = try await Office(policy)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.move(to: "2026-03-02T21:00:00Z", pipeline, id)
      try await office.command(.reassign(to: Self.an, reason: nil), by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
      #expect(office.slack.notices(to: Self.an).isEmpty)
      #expect(office.slack.lines.map(\.mention) == [nil])
      try await office.move(to: "2026-03-03T08:00:00Z", pipeline, id)
      #expect(office.slack.notices(to: Self.an).count == 1)
      #expect(office.slack.lines.map(\.mention) == [nil, Self.an])
    }
  }

  @Test(arguments: [("0", 1), ("0.9", 0)])
  func `a lead of high priority is announced once in the channel for them`(score: String, times: Int) async throws {
    let minimum = try #require(ExactDecimal(score))
    let office = try await Office(
      Self.policy {
        $0.notify.ownerDM = false
        $0.notify.highPriorityChannel = "#hot"
        $0.notify.highPriorityMinScore = minimum
      })
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.release(reason: nil), by: .user(Self.jo), on: id, waking: pipeline)
      try await office.settled(id)
    }
    #expect(office.slack.notices.map(\.place.channel) == Array(repeating: "#hot", count: times))
  }

  @Test func `a bulk lead is announced nowhere`() async throws {
    let office = try await Office(
      Self.policy {
        $0.notify.highPriorityChannel = "#hot"
        $0.notify.highPriorityMinScore = ExactDecimal(0)
      })
    let id = try await office.submit(bulk: true)
    try await office.open { _ in try await office.settled(id) }
    #expect(office.slack.isSilent)
  }
}
