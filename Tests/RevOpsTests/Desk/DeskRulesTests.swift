import Foundation
import Testing

@testable import RevOps

@Suite struct DeskRulesTests {
  private let policy = DeskFixture.policy()
  private let now = DeskFixture.now

  @Test(arguments: Deed.allCases, LeadState.allCases)
  func `in every state everybody gets the change they may make, or an answer`(deed: Deed, state: LeadState) {
    for visitor in Visitor.allCases {
      let lead = DeskFixture.lead(state)
      let decision = DeskRules.decide(deed.action, by: visitor.actor, on: lead, policy: policy, now: now)
      let isDone = deed.states.contains(state) && deed.visitors(in: state).contains(visitor)
      #expect(decision.changed == isDone, "\(visitor) \(deed) \(state)")
      if isDone {
        #expect(decision.lead.state == deed.result)
        #expect(decision.lead.desk.decision == lead.desk.decision + 1)
        #expect(decision.history.map(\.actor) == [visitor.actor.auditName])
        #expect(decision.line != nil)
      } else {
        #expect(decision.lead == lead)
        #expect(decision.answer?.isEmpty == false)
        #expect(decision.history.isEmpty && decision.turns.isEmpty && decision.line == nil)
      }
    }
  }

  @Test(arguments: LeadState.allCases)
  func `a card offers nothing that its owner is refused`(state: LeadState) {
    for changed in [false, true] {
      let lead = changed ? lead(changedTo: state) : DeskFixture.lead(state)
      for button in DeskRules.offered(on: lead, now: now) where button != .why {
        let decision = DeskRules.decide(
          button.action, by: Visitor.owner.actor, on: lead, policy: policy, now: now)
        #expect(decision.changed, "\(button) in \(state)")
      }
    }
  }

  @Test(arguments: LeadState.allCases)
  func `buttons that a click can still answer are offered in the states they work in`(state: LeadState) {
    let offered = Set(DeskRules.offered(on: DeskFixture.lead(state), now: now))
    #expect(offered.contains(.claim) == (state == .delivered))
    #expect(offered.contains(.release) == [.claimed, .worked].contains(state))
    #expect(offered.contains(.qualify) == (state == .inReview))
    #expect(offered.contains(.disqualify) == (state == .inReview))
    #expect(offered.contains(.why) == ![.received, .processing, .parked, .merged].contains(state))
    #expect(!offered.contains(.undo))
  }

  @Test func `who comes too late hears who has the lead and since when`() {
    var lead = DeskFixture.lead(.claimed)
    lead.desk.claimedAt = now.addingTimeInterval(-180)
    #expect(answer(.claim, .member, lead) == "jo@n.example claimed this lead 3 minutes ago.")
    #expect(answer(.claim, .owner, lead) == "You already have this lead.")
  }

  // MARK: Turns

  @Test func `a claim by the assignee moves no turn`() {
    let decision = decide(.claim, .owner, .delivered)
    #expect(decision.turns.isEmpty)
    #expect(decision.lead.desk.turn == DeskFixture.turn)
    #expect(decision.lead.desk.claimedAt == now)
  }

  @Test func `a claim by a colleague moves the turn with all who shared it`() {
    let decision = decide(.claim, .member, .delivered)
    let theirs = Desk.Turn(team: "sales", member: DeskFixture.an, sharedBy: DeskFixture.turn.sharedBy)
    #expect(decision.turns == [.credit(DeskFixture.turn), .charge(theirs)])
    #expect(decision.lead.desk.turn == theirs)
  }

  @Test func `a claim by somebody outside the team credits the turn and charges nobody`() {
    let decision = decide(.claim, .outsider, .delivered)
    #expect(decision.turns == [.credit(DeskFixture.turn)])
    #expect(decision.lead.desk.turn == nil)
  }

  @Test(arguments: [Deed.release, .nurture])
  func `what leaves the owner's hands gives the turn back`(deed: Deed) {
    let decision = decide(deed.action, .owner, .claimed)
    #expect(decision.turns == [.credit(DeskFixture.turn)])
    #expect(decision.lead.desk.turn == nil)
  }

  @Test func `only a lead closed as disqualified gives the turn back`() {
    for result in [Outcome.Result.won, .lost, .meetingBooked, .disqualified] {
      let decision = decide(.logOutcome(Outcome(result: result)), .owner, .claimed)
      #expect(decision.turns == (result == .disqualified ? [.credit(DeskFixture.turn)] : []))
    }
  }

  @Test func `a released lead is to be assigned again, not to who released it`() {
    let decision = decide(.release(reason: "busy"), .owner, .claimed)
    #expect(decision.needsAssignment)
    #expect(decision.lead.desk.declinedBy == [DeskFixture.jo])
    #expect(decision.lead.desk.owner == nil)
    #expect(decision.line == "Released by Jo: busy")
  }

  @Test func `a reassigned lead waits for its new owner, who is mentioned unless it was their own click`() {
    let given = decide(.reassign(to: DeskFixture.an, reason: nil), .owner, .worked)
    #expect(given.lead.state == .delivered)
    #expect(given.mention == DeskFixture.an)
    #expect(given.lead.desk.claimedAt == nil)
    #expect(decide(.reassign(to: DeskFixture.an, reason: nil), .member, .worked).mention == nil)
    #expect(!decide(.reassign(to: DeskFixture.jo, reason: nil), .member, .worked).changed)
  }

  @Test func `the first touch is kept once it is known`() {
    let touched = decide(.reachedOut, .owner, .delivered).lead
    #expect(touched.desk.firstTouchAt == now)
    #expect(touched.desk.claimedAt == now)
    let before = DeskFixture.lead(.worked)
    #expect(
      decide(.logOutcome(Outcome(result: .won)), .owner, .worked).lead.desk.firstTouchAt == before.desk.firstTouchAt)
  }

  @Test func `the same outcome twice is answered, another one replaces it`() {
    let lead = DeskFixture.lead(.closed)
    #expect(answer(.logOutcome(Outcome(result: .lost)), .owner, lead) == "That outcome is already logged.")
    #expect(decide(.logOutcome(Outcome(result: .won)), .owner, .closed).lead.desk.outcome?.result == .won)
  }

  // MARK: Pieces

  private func decide(_ action: DeskCommand.Action, _ visitor: Visitor, _ state: LeadState) -> DeskDecision {
    DeskRules.decide(action, by: visitor.actor, on: DeskFixture.lead(state), policy: policy, now: now)
  }

  private func answer(_ action: DeskCommand.Action, _ visitor: Visitor, _ lead: Lead) -> String? {
    DeskRules.decide(action, by: visitor.actor, on: lead, policy: policy, now: now).answer
  }

  /// A lead whose owner has just changed it, so that it can be undone.
  private func lead(changedTo state: LeadState) -> Lead {
    var lead = DeskFixture.lead(state)
    lead.desk.decision = 3
    lead.desk.undo = Desk.Undo(
      by: DeskFixture.jo, at: now, decision: 3, action: "reassigned", state: .delivered, owner: DeskFixture.jo,
      team: "sales", turn: nil, claimedAt: nil, outcome: nil)
    return lead
  }
}

extension DeskButton {
  fileprivate var action: DeskCommand.Action {
    switch self {
    case .claim, .why: .claim
    case .reassign: .reassign(to: DeskFixture.an, reason: nil)
    case .nurture: .nurture(reason: nil, revisitAt: nil)
    case .logOutcome: .logOutcome(Outcome(result: .meetingBooked))
    case .reachedOut: .reachedOut
    case .snooze: .snooze
    case .release: .release(reason: nil)
    case .undo: .undo
    case .qualify: .qualify
    case .disqualify: .disqualify(reason: nil)
    }
  }
}
