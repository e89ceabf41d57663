import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

/// What follows when Slack is back after it was away for long.
@Suite struct BacklogTests {
  private static let people = (1...6).map { "lead\($0)@acme\($0).example" }

  private static let noAnswer = ServiceError(service: "test", code: "timed_out", detail: "no answer", retry: .now)

  @Test func `after ten hours without Slack the cards come newest first`() async throws {
    let office = try await Office(everywhere: true)
    office.slack.faults.set("postCard", .fails(Self.noAnswer))
    var ids: [LeadID] = []
    for person in Self.people { ids.append(try await office.submit(person)) }
    try await office.open { pipeline in
      for id in ids { try await office.putOff(id, times: 1) }
      office.pass(10 * 3_600, waking: pipeline)
      try await eventually("the first of the line has asked again") {
        office.slack.faults.count("postCard") > ids.count
      }
      office.slack.faults.set("postCard", nil)
      // The line rests for seconds of the real clock; those who wait in it come to no time of their own.
      try await eventually("all cards are there") {
        office.pass(20, waking: pipeline)
        return office.slack.cardsInOrder.count == ids.count
      }
      for id in ids { try await office.settled(id) }
    }
    #expect(office.slack.cardsInOrder == ids.reversed())
  }

  @Test func `leads older than stale_after get a line in the channel's list, not a card, and no clock`() async throws {
    let office = try await Office(.punctual())
    office.slack.faults.set("postCard", .fails(Self.noAnswer))
    let old = try await office.submit()
    try await office.open { pipeline in
      try await office.putOff(old, times: 1)
      office.clock.advance(by: 8 * 86_400)
      let fresh = try await office.submit("bob@b.example", waking: pipeline)
      office.slack.faults.set("postCard", nil)
      office.pass(20, waking: pipeline)
      try await office.settled(old, fresh)
      #expect(office.slack.cards(of: fresh).count == 1)
    }
    #expect(office.slack.cards(of: old).isEmpty)
    let list = try await office.store.read(StaleList.self, StaleList.key(channel: "#sales"))
    #expect(list?.leads == [old])
    let lead = try await office.lead(old)
    #expect(try await office.actions(old).contains("listed"))
    #expect(SLAState(of: lead, policy: .punctual(), now: office.clock.now) == nil)
    #expect(office.slack.reminders.isEmpty)
  }

  @Test func `the line calls the newest, one at a time`() async {
    let line = ChannelLine(now: { monday })
    let leads = Self.leads(3)
    var called: [LeadID] = []
    await withTaskGroup(of: LeadID?.self) { group in
      for lead in leads { group.addTask { await line.enter("#sales", lead, while: { true }) ? lead : nil } }
      for await lead in group {
        called += [lead].compactMap { $0 }
        line.leave("#sales")
      }
    }
    #expect(called == leads.reversed())
  }

  @Test func `each channel has a line of its own`() async {
    let line = ChannelLine(now: { monday })
    let leads = Self.leads(2)
    #expect(await line.enter("#one", leads[1], while: { true }))
    #expect(await line.enter("#two", leads[0], while: { true }))
  }

  @Test func `the oldest make room when too many stand in line`() async {
    let line = ChannelLine(now: { monday })
    let leads = Self.leads(ChannelLine.places + 2)
    // Somebody is being served, so that nobody is called.
    #expect(await line.enter("#sales", Self.leads(1)[0], while: { true }))
    let left = await withTaskGroup(of: LeadID?.self) { group in
      for lead in leads { group.addTask { await line.enter("#sales", lead, while: { true }) ? nil : lead } }
      var left: Set<LeadID> = []
      for await lead in group.prefix(2) { left.formUnion([lead].compactMap { $0 }) }
      group.cancelAll()
      return left
    }
    #expect(left == Set(leads.prefix(2)))
  }

  @Test func `who is not wanted any more leaves the line`() async {
    let line = ChannelLine(now: { monday })
    #expect(await line.enter("#sales", Self.leads(1)[0], while: { false }) == false)
  }

  private static func leads(_ count: Int) -> [LeadID] {
    var random = SystemRandomNumberGenerator()
    return (0..<count).map { number in
      LeadID(
        identity: "ada@acme.example", now: monday.addingTimeInterval(Double(number)), random: &random)
    }
  }
}
