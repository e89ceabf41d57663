import Foundation

/// One command on one lead: each method is one rule.
struct DeskRoom {
  var lead: Lead
  let actor: DeskActor
  let policy: Policy
  let now: Date

  var desk: Desk { lead.desk }

  // MARK: Taking and giving

  func claim() -> DeskDecision {
    guard let email = actor.email, !actor.isOperator else {
      return .refused(lead, "Only a person can claim a lead.")
    }
    switch lead.state {
    case .delivered: break
    case .claimed, .worked: return .refused(lead, alreadyClaimed(by: email))
    default: return .refused(lead, noLonger("claimed"))
    }
    var decision = change("claimed", from: desk.owner, to: email, reason: nil)
    if desk.owner != email { decision.turns = moveTurn(to: email, in: &decision.lead) }
    decision.lead.state = .claimed
    decision.lead.desk.owner = email
    decision.lead.desk.assignedAt = decision.lead.desk.assignedAt ?? now
    decision.lead.desk.claimedAt = now
    decision.lead.desk.startsAt = nil
    decision.line =
      desk.owner == nil || desk.owner == email
      ? "Claimed by \(actor.name)" : "Claimed by \(actor.name), was with \(desk.owner ?? "nobody")"
    decision.remember = ("claimed", nil)
    return decision
  }

  func release(reason: String?) -> DeskDecision {
    guard [.delivered, .claimed, .worked].contains(lead.state), let owner = desk.owner else {
      return .refused(lead, noLonger("released"))
    }
    var decision = change("released", from: owner, to: nil, reason: reason)
    decision.turns = returnTurn(in: &decision.lead)
    decision.lead.state = .delivered
    decision.lead.desk.owner = nil
    decision.lead.desk.claimedAt = nil
    decision.lead.desk.startsAt = nil
    if !decision.lead.desk.declinedBy.contains(owner) { decision.lead.desk.declinedBy.append(owner) }
    decision.needsAssignment = true
    decision.line = "Released by \(actor.name)" + because(reason)
    return decision
  }

  func reassign(to owner: String, reason: String?) -> DeskDecision {
    guard [.delivered, .claimed, .worked].contains(lead.state) else {
      return .refused(lead, noLonger("reassigned"))
    }
    guard owner != desk.owner else { return .refused(lead, "\(owner) already has this lead.") }
    var decision = change("reassigned", from: desk.owner, to: owner, reason: reason)
    decision.turns = moveTurn(to: owner, in: &decision.lead)
    decision.lead.state = .delivered
    decision.lead.desk.owner = owner
    decision.lead.desk.assignedAt = now
    decision.lead.desk.claimedAt = nil
    decision.lead.desk.startsAt = owner == actor.email ? nil : shiftStart(of: owner)
    decision.line = "Reassigned to \(owner) by \(actor.name)" + because(reason)
    decision.mention = owner == actor.email ? nil : owner
    return decision
  }

  // MARK: Ending

  func nurture(reason: String?, revisitAt: Date?) -> DeskDecision {
    guard [.delivered, .claimed, .worked, .inReview].contains(lead.state) else {
      return .refused(lead, noLonger("sent to nurture"))
    }
    var decision = change("nurtured", from: desk.owner, to: nil, reason: reason)
    decision.turns = returnTurn(in: &decision.lead)
    decision.lead.state = .nurturing
    decision.lead.desk.revisitAt =
      revisitAt ?? now.addingTimeInterval(TimeInterval(policy.playbook.nurture.revisitAfter))
    decision.line = "Sent to nurture by \(actor.name)" + because(reason)
    decision.remember = ("nurtured", reason)
    return decision
  }

  /// A step of triage: afterwards the owner logs an outcome. A click on a card that was still open elsewhere must not
  /// take a lead from the one who has it.
  func disqualify(reason: String?) -> DeskDecision {
    guard lead.state == .inReview else { return .refused(lead, noLonger("disqualified")) }
    var decision = change("disqualified", from: desk.owner, to: nil, reason: reason)
    decision.turns = returnTurn(in: &decision.lead)
    decision.lead.state = .disqualified
    decision.line = "Disqualified by \(actor.name)" + because(reason)
    decision.remember = ("disqualified", reason)
    return decision
  }

  func log(_ outcome: Outcome) -> DeskDecision {
    guard [.delivered, .claimed, .worked, .closed].contains(lead.state) else {
      return .refused(lead, noLonger("closed"))
    }
    guard desk.outcome != outcome else { return .refused(lead, "That outcome is already logged.") }
    var decision = end(outcome)
    let amount = outcome.amount.map { ", \($0)" } ?? ""
    decision.line = "\(outcome.result.label)\(amount), logged by \(actor.name)" + because(outcome.reason)
    return decision
  }

  /// It is over: how, is memory's to keep.
  func end(_ outcome: Outcome) -> DeskDecision {
    var decision = change(
      "outcome", from: desk.outcome?.result.rawValue, to: outcome.result.rawValue, reason: outcome.reason)
    decision.lead.state = .closed
    decision.lead.desk.outcome = outcome
    decision.lead.desk.claimedAt = desk.claimedAt ?? now
    decision.lead.desk.firstTouchAt = desk.firstTouchAt ?? now
    if outcome.result == .disqualified { decision.turns = returnTurn(in: &decision.lead) }
    decision.remember = (outcome.result.rawValue, outcome.reason)
    return decision
  }

  func reachedOut() -> DeskDecision {
    guard [.delivered, .claimed].contains(lead.state) else {
      return .refused(lead, lead.state == .worked ? "The first touch is already logged." : noLonger("worked"))
    }
    var decision = change("first_touch", from: nil, to: actor.email, reason: nil)
    decision.lead.state = .worked
    decision.lead.desk.claimedAt = desk.claimedAt ?? now
    decision.lead.desk.firstTouchAt = desk.firstTouchAt ?? now
    decision.line = "\(actor.name) has reached out"
    return decision
  }

  /// Only whose clock it is may ask for more time, and once.
  func snooze() -> DeskDecision {
    guard let clock = desk.clock, clock.escalatedAt == nil, let state = SLAState(of: lead, policy: policy, now: now)
    else { return .refused(lead, "There is nothing to put off any more: this lead is \(lead.state.label).") }
    guard let owner = clock.owner, owner == actor.email else {
      return .refused(lead, "Only \(desk.owner ?? "its owner") can ask for more time.")
    }
    guard !state.isSnoozed else { return .refused(lead, "You have asked for more time already: once is all there is.") }
    var decision = DeskDecision(lead: lead, changed: true)
    decision.lead.desk.clock?.snoozedAt = now
    decision.lead.desk.touchedAt = now
    decision.history = [HistoryEntry(at: now, actor: actor.auditName, action: "snoozed", to: clock.kind.rawValue)]
    decision.answer = "You have thirty minutes more of your working time."
    return decision
  }

  // MARK: Triage and undo

  func qualify() -> DeskDecision {
    guard lead.state == .inReview else { return .refused(lead, noLonger("qualified")) }
    var decision = change("qualified", from: nil, to: nil, reason: nil)
    decision.lead.state = .delivered
    decision.needsAssignment = true
    decision.line = "Qualified by \(actor.name)"
    return decision
  }

  func undo() -> DeskDecision {
    guard let undo = desk.undo, DeskRules.canUndo(lead, now: now) else {
      return .refused(lead, "There is nothing to undo: ten minutes have passed, or somebody changed the lead since.")
    }
    guard undo.by == actor.auditName || actor.isOperator || isAdmin else {
      let deed =
        "\(undo.by) changed this lead \(Ago.words(since: undo.at, now: now)) (\(DeskRules.word(for: undo.action)))"
      return .refused(lead, deed + ": only they can undo that.")
    }
    var decision = change("undone", from: undo.action, to: nil, reason: nil)
    decision.turns = exchangeTurn(desk.turn, for: undo.turn)
    decision.lead.state = undo.state
    decision.lead.desk.owner = undo.owner
    decision.lead.desk.team = undo.team
    decision.lead.desk.turn = undo.turn
    decision.lead.desk.claimedAt = undo.claimedAt
    decision.lead.desk.outcome = undo.outcome
    decision.lead.desk.startsAt = nil
    decision.lead.desk.undo = nil
    // What the change itself set is unknown again.
    if desk.firstTouchAt == undo.at { decision.lead.desk.firstTouchAt = nil }
    if undo.action == "nurtured" { decision.lead.desk.revisitAt = nil }
    if undo.action == "released" { decision.lead.desk.declinedBy.removeAll { $0 == undo.owner } }
    decision.line = "\(actor.name) took back: \(DeskRules.word(for: undo.action))"
    if let owner = undo.owner, owner != desk.owner, owner != actor.email { decision.mention = owner }
    return decision
  }

  // MARK: Pieces

  /// Nil while they are on shift.
  private func shiftStart(of owner: String) -> Date? {
    guard let hours = policy.routing.hours(of: owner, team: desk.team), !hours.isOpen(at: now) else { return nil }
    return hours.nextOpening(after: now)
  }

  private var isAdmin: Bool { actor.email.map(policy.playbook.admins.contains) ?? false }

  /// The common part of every change: the decision number grows, undo remembers what was, history gets its line.
  func change(_ action: String, from: String?, to: String?, reason: String?) -> DeskDecision {
    var decision = DeskDecision(lead: lead, changed: true)
    decision.lead.desk.decision += 1
    decision.lead.desk.touchedAt = now
    decision.lead.desk.undo = Desk.Undo(
      by: actor.auditName, at: now, decision: decision.lead.desk.decision, action: action, state: lead.state,
      owner: desk.owner, team: desk.team, turn: desk.turn, claimedAt: desk.claimedAt, outcome: desk.outcome)
    decision.history = [
      HistoryEntry(at: now, actor: actor.auditName, action: action, from: from, to: to, reason: reason)
    ]
    return decision
  }

  /// The turn goes with the lead: credited to who loses it, charged to who gets it if they take turns in that team.
  private func moveTurn(to owner: String, in lead: inout Lead) -> [DeskDecision.TurnChange] {
    let team = desk.team.flatMap { policy.routing.team(named: $0) }
    let takesTurns = team?.assignment == .roundRobin && team?.members.contains { $0.email == owner } == true
    let next =
      takesTurns ? team.map { Desk.Turn(team: $0.name, member: owner, sharedBy: desk.turn?.sharedBy ?? []) } : nil
    lead.desk.turn = next
    return exchangeTurn(desk.turn, for: next)
  }

  private func returnTurn(in lead: inout Lead) -> [DeskDecision.TurnChange] {
    lead.desk.turn = nil
    return exchangeTurn(desk.turn, for: nil)
  }

  private func exchangeTurn(_ old: Desk.Turn?, for new: Desk.Turn?) -> [DeskDecision.TurnChange] {
    guard old != new else { return [] }
    return [old.map { .credit($0) }, new.map { .charge($0) }].compactMap { $0 }
  }

  private func alreadyClaimed(by email: String) -> String {
    guard let owner = desk.owner, owner != email else { return "You already have this lead." }
    return "\(owner) claimed this lead \(Ago.words(since: desk.claimedAt ?? now, now: now))."
  }

  private func noLonger(_ deed: String) -> String {
    let last = lead.desk.undo.map { ", by \($0.by) \(Ago.words(since: $0.at, now: now))" } ?? ""
    return "This lead can't be \(deed): it is \(lead.state.label)\(last)."
  }

  private func because(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }
}
