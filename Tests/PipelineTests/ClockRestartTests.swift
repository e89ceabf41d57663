import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

/// Clocks are in the store: what is due while nothing runs happens when something does, once.
@Suite struct ClockRestartTests {
  private static let jo = "jo@n.example"
  private static let an = "an@n.example"
  private static let maria = "maria@n.example"

  @Test func `what was overdue for hours happens once, and what it overtook not at all`() async throws {
    let office = try await Office(.punctual())
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    office.clock.advance(by: 3 * 3_600)
    try await office.open { pipeline in try await office.pass(minutes: 0, pipeline, id) }
    #expect(office.slack.reminders.isEmpty)
    #expect(office.slack.lines.map(\.mention) == [Self.an])
    #expect(try await office.lead(id).desk.owner == Self.an)
    // The next one's clock began when they got it.
    try await office.open { pipeline in
      try await office.pass(minutes: 9, pipeline, id)
      #expect(office.slack.lines.count == 1)
      try await office.pass(minutes: 1, pipeline, id)
    }
    #expect(office.slack.reminders.map(\.mention) == [Self.an])
    #expect(office.slack.notices.isEmpty)
  }

  @Test func `a pipeline that looks again and again reminds once`() async throws {
    let office = try await Office(.punctual())
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.pass(minutes: 10, pipeline, id)
    }
    for _ in 0..<3 {
      try await office.open { pipeline in try await office.pass(minutes: 1, pipeline, id) }
    }
    #expect(office.slack.lines.count == 1)
  }

  @Test(arguments: [
    // Over a night; over a weekend; over the weekend that loses an hour. From the lead to its reminder and its passing.
    ("2026-03-02T16:57:00Z", "2026-03-03T08:06:59Z", "2026-03-03T08:07:00Z", "2026-03-03T08:12:00Z"),
    ("2026-03-06T16:57:00Z", "2026-03-09T08:06:59Z", "2026-03-09T08:07:00Z", "2026-03-09T08:12:00Z"),
    ("2026-03-27T16:57:00Z", "2026-03-30T07:06:59Z", "2026-03-30T07:07:00Z", "2026-03-30T07:12:00Z"),
  ])
  func `only working time counts, also across a restart`(
    start: String, before: String, remind: String, pass: String
  ) async throws {
    let office = try await Office(.punctual(hours: .berlin))
    let date = try Date(start, strategy: .iso8601)
    office.clock.advance(by: date.timeIntervalSince(office.clock.now))
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    try await office.open { pipeline in
      try await office.move(to: before, pipeline, id)
      #expect(office.slack.lines.isEmpty)
      try await office.move(to: remind, pipeline, id)
      #expect(office.slack.reminders.map(\.mention) == [Self.jo])
    }
    try await office.open { pipeline in
      try await office.move(to: pass, pipeline, id)
      #expect(try await office.lead(id).desk.owner == Self.an)
    }
  }

  @Test func `a lead that comes at night has its mention and its clock in the morning, and not a word before`()
    async throws
  {
    let office = try await Office(.punctual(hours: .berlin) { $0.notify.ownerDM = true })
    let night = try Date("2026-03-02T22:00:00Z", strategy: .iso8601)
    office.clock.advance(by: night.timeIntervalSince(office.clock.now))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.move(to: "2026-03-03T07:59:59Z", pipeline, id)
      #expect(office.slack.lines.isEmpty)
      #expect(office.slack.notices.isEmpty)
      try await office.move(to: "2026-03-03T08:00:00Z", pipeline, id)
      #expect(office.slack.lines.map(\.mention) == [Self.jo])
      #expect(office.slack.notices(to: Self.jo).count == 1)
      try await office.move(to: "2026-03-03T08:10:00Z", pipeline, id)
      #expect(office.slack.reminders.map(\.mention) == [Self.jo])
    }
  }
}
