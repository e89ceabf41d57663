import Foundation
import Testing

@testable import RevOps

@Suite struct SLAStateTests {
  private static let jo = DeskFixture.jo
  private static let days: [WorkingHours.Day] = [.mon, .tue, .wed, .thu, .fri]
  private static let berlin = WorkingHours(timezone: "Europe/Berlin", days: days, from: 9 * 60, to: 18 * 60)

  private static func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  private static func policy(
    _ hours: WorkingHours? = berlin, _ change: (inout Playbook) -> Void = { _ in }
  ) -> Policy {
    var policy = DeskFixture.policy(change)
    policy.routing.teams[0].hours = hours
    return policy
  }

  private static func lead(_ state: LeadState = .delivered, _ change: (inout Desk) -> Void = { _ in }) -> Lead {
    var lead = DeskFixture.lead(state)
    lead.desk.card = PostedMessage(channel: "C1", timestamp: "1.0", kind: .card)
    change(&lead.desk)
    return lead
  }

  /// With a clock that began then.
  private static func since(
    _ start: String, _ state: LeadState = .delivered, hours: WorkingHours? = berlin,
    _ change: (inout DeskClock) -> Void = { _ in }
  ) throws -> SLAState {
    let kind: DeskClock.Kind = state == .claimed ? .firstTouch : .accept
    var clock = DeskClock(kind: kind, owner: jo, since: try date(start))
    change(&clock)
    let lead = lead(state) { $0.clock = clock }
    return try #require(SLAState(of: lead, policy: policy(hours), now: clock.since))
  }

  @Test(arguments: [
    // A Monday morning; a Monday evening, over the night; a Friday evening, over the weekend.
    ("2026-03-02T09:00:00Z", "2026-03-02T09:10:00Z", "2026-03-02T09:15:00Z"),
    ("2026-03-02T16:52:00Z", "2026-03-03T08:02:00Z", "2026-03-03T08:07:00Z"),
    ("2026-03-06T16:55:00Z", "2026-03-09T08:05:00Z", "2026-03-09T08:10:00Z"),
    // Over the weekend on which the clocks go forward, and the one on which they go back.
    ("2026-03-27T16:55:00Z", "2026-03-30T07:05:00Z", "2026-03-30T07:10:00Z"),
    ("2026-10-23T15:55:00Z", "2026-10-26T08:05:00Z", "2026-10-26T08:10:00Z"),
  ])
  func `a lead is to be claimed within fifteen minutes of its owner's working time`(
    start: String, remind: String, due: String
  ) throws {
    let state = try Self.since(start)
    #expect(state.remindAt == (try Self.date(remind)))
    #expect(state.due == (try Self.date(due)))
    #expect(state.escalateAt == state.due)
  }

  @Test func `the first touch is due four working hours after the claim, the manager's turn comes after that`() throws {
    let state = try Self.since("2026-03-06T15:00:00Z", .claimed)
    #expect(state.due == (try Self.date("2026-03-09T10:00:00Z")))
    #expect(state.remindAt == state.due)
    #expect(state.escalateAt == (try Self.date("2026-03-09T10:15:00Z")))
  }

  @Test func `a clock that always runs counts nights, and still begins with its owner's shift`() throws {
    let always = Self.policy { $0.sla?.clock = .always }
    let evening = try Self.date("2026-03-02T17:30:00Z")
    let state = try #require(SLAState(of: Self.lead(), policy: always, now: evening))
    #expect(state.clock.since == (try Self.date("2026-03-03T08:00:00Z")))
    let claimed = try #require(SLAState(of: Self.lead(.claimed), policy: always, now: evening))
    #expect(claimed.due == (try Self.date("2026-03-02T21:30:00Z")))
  }

  @Test func `whoever is away until a day is asked from then on`() throws {
    let back = try Self.date("2026-03-04T08:00:00Z")
    let lead = Self.lead { $0.startsAt = back }
    let now = try Self.date("2026-03-02T09:00:00Z")
    let state = try #require(SLAState(of: lead, policy: Self.policy(), now: now))
    #expect(state.clock.since == back)
    #expect(state.isWaiting(at: now))
  }

  @Test func `another owner's clock is not this one's`() throws {
    let now = try Self.date("2026-03-02T12:00:00Z")
    let old = DeskClock(kind: .accept, owner: DeskFixture.an, since: now.addingTimeInterval(-3_600))
    let lead = Self.lead { $0.clock = old }
    #expect(SLAState(of: lead, policy: Self.policy(), now: now)?.clock.since == now)
  }

  @Test func `more time is half an hour from the asking, and never takes any away`() throws {
    let late = try Self.since("2026-03-02T09:00:00Z") { $0.snoozedAt = $0.since.addingTimeInterval(12 * 60) }
    #expect(late.due == (try Self.date("2026-03-02T09:42:00Z")))
    let first = try Self.since("2026-03-02T09:00:00Z", .claimed) { $0.snoozedAt = $0.since }
    #expect(first.due == (try Self.date("2026-03-02T13:00:00Z")))
  }

  @Test func `first the reminder is next, then the escalation, then nothing`() throws {
    let start = "2026-03-02T09:00:00Z"
    #expect(try Self.since(start).nextAt == (try Self.date("2026-03-02T09:10:00Z")))
    #expect(try Self.since(start) { $0.remindedAt = $0.since }.nextAt == (try Self.date("2026-03-02T09:15:00Z")))
    #expect(try Self.since(start) { $0.escalatedAt = $0.since }.nextAt == nil)
  }

  @Test func `an account's owner has a working day before the manager is told`() throws {
    var facts = try #require(DeskFixture.lead(.delivered).withFacts(owner: Self.jo))
    facts.desk.card = PostedMessage(channel: "C1", timestamp: "1.0", kind: .card)
    facts.desk.team = nil
    let friday = try Self.date("2026-03-06T09:00:00Z")
    let state = try #require(SLAState(of: facts, policy: Self.policy(), now: friday))
    #expect(state.due == (try Self.date("2026-03-06T09:15:00Z")))
    #expect(state.escalateAt == (try Self.date("2026-03-09T09:00:00Z")))
  }

  @Test func `no clock runs without a card, for bulk leads, or on what is not waiting for anybody`() throws {
    let now = DeskFixture.now
    #expect(SLAState(of: Self.lead { $0.card = nil }, policy: Self.policy(), now: now) == nil)
    var bulk = Self.lead()
    bulk.intake.bulk = true
    #expect(SLAState(of: bulk, policy: Self.policy(), now: now) == nil)
    #expect(SLAState(of: Self.lead(), policy: Self.policy { $0.sla = nil }, now: now) == nil)
    for state in LeadState.allCases where ![.delivered, .claimed].contains(state) {
      #expect(SLAState(of: Self.lead(state), policy: Self.policy(), now: now) == nil)
    }
    #expect(SLAState(of: Self.lead(.claimed) { $0.firstTouchAt = now }, policy: Self.policy(), now: now) == nil)
  }
}

extension Lead {
  /// As if the CRM had named the account's owner.
  fileprivate func withFacts(owner: String) -> Lead? {
    var lead = self
    let normalized = NormalizedLead(email: intake.payload.email, emailType: .business, domain: "acme.example")
    let crm = CRMFacts(accountOwner: owner)
    lead.progress = .captured(
      CapturedLead(facts: LeadFacts(normalized: normalized, sources: [:], payload: intake.payload, crm: crm)))
    return lead
  }
}
