import Foundation
import Testing

@testable import RevOps

@Suite struct DeskUndoTests {
  private let policy = DeskFixture.policy()
  private let now = DeskFixture.now

  @Test(arguments: Deed.allCases)
  func `within ten minutes every change can be taken back by who made it`(deed: Deed) throws {
    for state in deed.states {
      let before = DeskFixture.lead(state)
      let changed = decide(deed.action, by: .owner, on: before)
      let undone = decide(.undo, by: .owner, on: changed.lead, after: 600)
      try #require(undone.changed, "\(deed) in \(state)")
      var lead = undone.lead
      #expect(lead.desk.decision == before.desk.decision + 2)
      lead.desk.decision = before.desk.decision
      // When it was last given to somebody, and that a shift had still to begin, is past.
      lead.desk.assignedAt = before.desk.assignedAt
      lead.desk.touchedAt = before.desk.touchedAt
      #expect(lead == before, "\(deed) in \(state)")
      #expect(undone.turns == changed.turns.reversed().map(\.opposite))
      #expect(undone.history.map(\.action) == ["undone"])
    }
  }

  @Test func `after ten minutes it is too late`() {
    let changed = decide(.claim, by: .member, on: DeskFixture.lead(.delivered)).lead
    let late = decide(.undo, by: .member, on: changed, after: 601)
    #expect(!late.changed)
    #expect(late.answer == "There is nothing to undo: ten minutes have passed, or somebody changed the lead since.")
    #expect(!DeskRules.offered(on: changed, now: now.addingTimeInterval(601)).contains(.undo))
  }

  @Test func `what somebody else has changed since is not undone over them`() {
    let claimed = decide(.claim, by: .owner, on: DeskFixture.lead(.delivered)).lead
    let moved = decide(.reassign(to: DeskFixture.an, reason: nil), by: .manager, on: claimed, after: 60).lead
    let answer = decide(.undo, by: .owner, on: moved, after: 90)
    #expect(!answer.changed)
    #expect(answer.answer == "maria@n.example changed this lead just now (reassigned): only they can undo that.")
  }

  @Test func `an undo can't be undone`() {
    let claimed = decide(.claim, by: .owner, on: DeskFixture.lead(.delivered)).lead
    let undone = decide(.undo, by: .owner, on: claimed).lead
    #expect(!decide(.undo, by: .owner, on: undone).changed)
  }

  @Test func `nobody but who made the change, admins and the operator may undo it`() {
    for doer in [Visitor.member, .admin] {
      let changed = decide(.claim, by: doer, on: DeskFixture.lead(.delivered)).lead
      for visitor in Visitor.allCases {
        let may = visitor == doer || visitor == .admin || visitor == .operator
        #expect(decide(.undo, by: visitor, on: changed).changed == may, "\(visitor) after \(doer)")
      }
    }
  }

  private func decide(
    _ action: DeskCommand.Action, by visitor: Visitor, on lead: Lead, after seconds: TimeInterval = 0
  ) -> DeskDecision {
    DeskRules.decide(action, by: visitor.actor, on: lead, policy: policy, now: now.addingTimeInterval(seconds))
  }
}

extension DeskDecision.TurnChange {
  fileprivate var opposite: Self {
    switch self {
    case .charge(let turn): .credit(turn)
    case .credit(let turn): .charge(turn)
    }
  }
}
