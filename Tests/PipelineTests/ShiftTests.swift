import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ShiftTests {
  private static let hours = WorkingHours(
    timezone: "Europe/Berlin", days: [.mon, .tue, .wed, .thu, .fri], from: 9 * 60, to: 18 * 60)
  /// From Monday at 10:00 to 22:00, and from there to Tuesday at 9:00.
  private static let toEvening: TimeInterval = 12 * 3_600
  private static let toMorning: TimeInterval = 11 * 3_600

  @Test func `outside the owner's hours the card comes at once and the mention when the shift starts`() async throws {
    let office = try await Office(.office(hours: Self.hours))
    office.clock.advance(by: Self.toEvening)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      #expect(office.slack.cards(of: id).map(\.mention) == [nil])
      office.clock.advance(by: Self.toMorning - 1)
      for partition in office.partitions { pipeline.wake(partition) }
      try await eventually("quiet") { pipeline.isIdle }
      #expect(office.slack.lines.isEmpty)
      office.clock.advance(by: 1)
      try await eventually("the mention") { office.slack.lines.map(\.mention) == ["jo@n.example"] }
      try await office.settled(id)
    }
    #expect(try await office.lead(id).desk.startsAt == nil)
    #expect(try await office.store.timers(of: id).isEmpty)
  }

  @Test func `who has claimed before the shift is not mentioned at its start`() async throws {
    let office = try await Office(.office(hours: Self.hours))
    office.clock.advance(by: Self.toEvening)
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      try await office.command(.claim, by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      office.pass(Self.toMorning, waking: pipeline)
      try await eventually("the timer") { try await office.store.timers(of: id).isEmpty }
      try await office.settled(id)
    }
    #expect(office.slack.lines.map(\.mention) == [nil])
  }

  @Test func `a card that could not be posted before the shift mentions its owner, and nothing else does`()
    async throws
  {
    let office = try await Office(.office(hours: Self.hours))
    office.clock.advance(by: Self.toEvening)
    office.slack.faults.set("postCard", .fails(.down))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.putOff(id, times: 1)
      office.pass(Self.toMorning, waking: pipeline)
      try await eventually("the timer has waited") {
        try await office.store.timers(of: id).first.map { $0.due > office.clock.now } ?? false
      }
      office.slack.faults.set("postCard", nil)
      for _ in 0..<3 {
        office.pass(130, waking: pipeline)
        try await eventually("quiet") { pipeline.isIdle }
      }
      try await office.settled(id)
      try await eventually("the timer") { try await office.store.timers(of: id).isEmpty }
    }
    #expect(office.slack.cards(of: id).map(\.mention) == ["jo@n.example"])
    #expect(office.slack.lines.isEmpty)
  }

  @Test func `whom a released lead goes to outside hours is mentioned when their shift starts`() async throws {
    let office = try await Office(.office(hours: Self.hours))
    let id = try await office.submit()
    try await office.open { pipeline in
      try await office.settled(id)
      office.clock.advance(by: Self.toEvening)
      try await office.command(.release(reason: nil), by: .user("jo@n.example"), on: id, waking: pipeline)
      try await office.settled(id)
      #expect(office.slack.lines.map(\.mention) == [nil])
      office.pass(Self.toMorning, waking: pipeline)
      try await eventually("the mention") { office.slack.lines.map(\.mention) == [nil, "an@n.example"] }
    }
  }
}
