import Foundation

/// The rules of the desk: what a button or command does to a lead, decided on the lead as it stands when its turn comes.
///
/// Pure: no clock, no I/O. A command that is no longer possible changes nothing and answers with what happened instead.
public enum DeskRules {
  /// How long the last change can be taken back.
  public static let undoWindow: TimeInterval = 10 * 60

  public static func decide(
    _ action: DeskCommand.Action, by actor: DeskActor, on lead: Lead, policy: Policy, now: Date
  ) -> DeskDecision {
    let decision = decision(action, by: actor, on: lead, policy: policy, now: now)
    let permission = permission(for: action, in: lead.state)
    guard let refusal = Permissions.refusal(of: permission, to: actor, on: lead, policy: policy) else {
      return decision
    }
    // A colleague who comes too late is told what happened, which helps more than who may.
    let isTooLate = actor.isFullMember && actor.email != nil && !decision.changed && action != .retry
    return isTooLate ? decision : .refused(lead, refusal)
  }

  private static func decision(
    _ action: DeskCommand.Action, by actor: DeskActor, on lead: Lead, policy: Policy, now: Date
  ) -> DeskDecision {
    let desk = DeskRoom(lead: lead, actor: actor, policy: policy, now: now)
    return switch action {
    case .claim: desk.claim()
    case .release(let reason): desk.release(reason: reason)
    case .reassign(let owner, let reason): desk.reassign(to: owner, reason: reason)
    case .nurture(let reason, let revisitAt): desk.nurture(reason: reason, revisitAt: revisitAt)
    case .logOutcome(let outcome): desk.log(outcome)
    case .reachedOut: desk.reachedOut()
    case .undo: desk.undo()
    case .qualify: desk.qualify()
    case .disqualify(let reason): desk.disqualify(reason: reason)
    case .snooze: desk.snooze()
    case .follow(let news): desk.follow(news)
    case .retry, .revisit, .handOver: DeskDecision(lead: lead, changed: false)
    }
  }

  /// Whoever may triage may also send a lead in review to nurture.
  public static func permission(for action: DeskCommand.Action, in state: LeadState) -> Permission {
    switch action {
    case .claim, .undo: .claim
    case .release: .release
    case .reassign: .reassign
    case .nurture: state == .inReview ? .triage : .nurture
    case .logOutcome, .reachedOut, .snooze: .outcome
    case .qualify, .disqualify: .triage
    case .retry, .revisit, .handOver, .follow: .retry
    }
  }

  /// The buttons that still do something, in the order in which a card shows them.
  public static func offered(on lead: Lead, now: Date) -> [DeskButton] {
    var buttons: [DeskButton]
    switch lead.state {
    case .delivered: buttons = [.claim, .reassign, .nurture, .logOutcome, .why]
    case .claimed: buttons = [.reachedOut, .logOutcome, .reassign, .nurture, .release, .why]
    case .worked: buttons = [.logOutcome, .reassign, .nurture, .release, .why]
    case .inReview: buttons = [.qualify, .nurture, .disqualify, .why]
    // A meeting is not the end, and neither is a loss: what came of it later is logged in its place.
    case .closed: buttons = [.logOutcome, .why]
    case .nurturing, .disqualified: buttons = [.why]
    case .received, .processing, .parked, .merged: buttons = []
    }
    if canUndo(lead, now: now) { buttons.append(.undo) }
    return buttons
  }

  /// A change in the history's name, for people.
  static func word(for action: String) -> String {
    switch action {
    case "outcome": "outcome logged"
    case "first_touch": "first touch logged"
    default: action
    }
  }

  static func canUndo(_ lead: Lead, now: Date) -> Bool {
    guard let undo = lead.desk.undo else { return false }
    return undo.decision == lead.desk.decision && now.timeIntervalSince(undo.at) <= undoWindow
  }
}

/// What a card can offer.
public enum DeskButton: String, Sendable, CaseIterable {
  case claim
  case reassign
  case nurture
  case logOutcome = "outcome"
  case reachedOut = "reached_out"
  /// On a reminder only.
  case snooze
  case release
  case why
  case undo
  case qualify
  case disqualify
}
