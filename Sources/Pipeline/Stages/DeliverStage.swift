import Foundation
import RevOps

/// Turns a decision into the effects that make it real. Nothing is decided here.
struct DeliverStage: Sendable {
  let policy: Policy
  let hasChat: Bool
  let hasCRM: Bool

  func callAsFunction(_ lead: Lead, path: Path, now: Date) -> Transition {
    var transition = Transition(lead)
    transition.lead.state = Self.state(after: path)
    let writer = EffectWriter(lead: transition.lead, policy: policy, hasChat: hasChat, hasCRM: hasCRM, now: now)
    switch path {
    case .qualify, .manualReview:
      transition.effects = (lead.intake.bulk ? [] : writer.card()) + writer.crmRecord() + writer.arrivalNote()
      if path == .qualify { transition.effects += writer.highPriorityNote() }
      guard path == .qualify, let owner = lead.desk.owner else { break }
      if let startsAt = lead.desk.startsAt {
        transition.timers = [writer.timer(.shiftStart, due: startsAt)]
      } else {
        transition.effects += writer.ownerNote(owner)
      }
    case .nurture:
      transition.lead.desk.revisitAt =
        now.addingTimeInterval(TimeInterval(policy.playbook.nurture.revisitAfter))
      transition.effects = writer.crmRecord() + writer.nurtureList() + writer.nurtureTask()
    case .disqualify:
      break
    }
    // A lead without a card is delivered by being decided.
    if transition.effects.allSatisfy({ $0.body != .card }) { transition.lead.desk.deliveredAt = now }
    transition.history = [HistoryEntry(at: now, actor: "system", action: transition.lead.state.rawValue)]
    return transition
  }

  static func state(after path: Path) -> LeadState {
    switch path {
    case .qualify: .delivered
    case .manualReview: .inReview
    case .nurture: .nurturing
    case .disqualify: .disqualified
    }
  }
}
