import Foundation
import RevOps

/// A promise was not kept: the steps of the playbook, in its order. The lead goes to the next one who is available, never
/// to one who has let it pass; when that has been tried, or nobody is left, the manager is told, once.
struct Escalation {
  let runner: LeadRunner
  let state: SLAState
  let policy: Policy
  let owners: Set<String>?
  let now: Date

  private var clock: DeskClock { state.clock }

  func apply(to transition: inout Transition) async throws(StorageError) {
    transition.lead.desk.clock?.escalatedAt = now
    let before = transition.lead
    let steps = policy.playbook.sla?.escalate ?? []
    guard clock.kind == .accept else {
      if steps.contains(.manager) { tellManager(&transition) }
      return redraw(&transition)
    }
    let passes = before.desk.passedBy?.count ?? 0
    try await notePass(&transition)
    for step in steps.dropFirst(passes) {
      switch step {
      case .reassign: if try await passOn(&transition, from: before) { return }
      case .manager: tellManager(&transition)
      }
    }
    redraw(&transition)
  }

  /// An account's owner keeps it, and nobody in particular has let nothing pass.
  private var passer: String? { state.escalateAt == state.due ? clock.owner : nil }

  // MARK: The next one

  /// Three in a row say that somebody is not there.
  private func notePass(_ transition: inout Transition) async throws(StorageError) {
    guard let passer else { return }
    transition.lead.desk.passedBy = (transition.lead.desk.passedBy ?? []) + [passer]
    var roster = try await Roster.open(in: runner.dependencies.storage)
    let isAway = roster.reps[passer, default: RepStatus()].letOnePass()
    transition.documents.append(try roster.change())
    guard isAway else { return }
    transition.history.append(
      HistoryEntry(
        at: now, actor: "system", action: "set_away", to: passer,
        reason: "let \(RepStatus.passesAllowed) leads in a row pass"))
    tellOfAbsence(passer, &transition)
  }

  private func tellOfAbsence(_ passer: String, _ transition: inout Transition) {
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    let name = "away/\(passer)/\(Int(clock.since.timeIntervalSince1970))"
    let passes = "\(RepStatus.passesAllowed) leads in a row"
    let text =
      "You let \(passes) pass, so Baton counts you as away: you get no new ones. Back again? Type /lead back."
    transition.effects += writer.notice(name, Notice(to: .person(passer), text: text, linksCard: false))
    guard let manager = Superior.of(transition.lead, policy: policy) else { return }
    let told = "\(passer) let \(passes) pass and counts as away until they type /lead back."
    transition.effects += writer.notice(
      "manager/" + name, Notice(to: .person(manager), text: told, linksCard: false))
  }

  /// False: there is nobody else who could take it now.
  private func passOn(_ transition: inout Transition, from before: Lead) async throws(StorageError) -> Bool {
    guard let passer, before.desk.team != nil else { return false }
    var next = transition
    next.lead.desk.declinedBy = (before.desk.declinedBy + [passer]).uniqued()
    next.lead.desk.turn = nil
    var dealing = Dealing(runner, policy: policy, owners: owners, now: now)
    try await dealing.apply([before.desk.turn].compactMap { $0 }.map { .credit($0) })
    guard let owner = try await dealing.assign(&next), next.lead.desk.startsAt == nil else { return false }
    next.lead.desk.decision += 1
    next.lead.desk.undo = nil
    next.history.append(
      HistoryEntry(at: now, actor: "system", action: "passed", from: passer, to: owner, reason: "not claimed in time"))
    next.documents += dealing.documents
    let line = "Not claimed in time by \(passer): now with \(owner)"
    next.effects += moved(&next.lead, from: before, line, to: owner)
    transition = next
    return true
  }

  /// One live card: another team's channel gets a new one, and the old one says where it went.
  private func moved(_ lead: inout Lead, from before: Lead, _ line: String, to owner: String) -> [Effect] {
    let writer = runner.writer(for: lead, policy: policy, now: now)
    let channels = [before, lead].map { CardPlace.candidates($0, policy: policy).first }
    guard channels[0] != channels[1], let old = before.desk.card else {
      return writer.card() + writer.crmRecord() + writer.line(line, mention: owner, about: clock)
        + writer.ownerNote(owner)
    }
    lead.desk.card = nil
    // The new card mentions its owner itself.
    return writer.card() + writer.crmRecord() + writer.line(line, mention: nil, about: clock) + writer.retire(old)
      + writer.ownerNote(owner)
  }

  // MARK: The manager

  private func tellManager(_ transition: inout Transition) {
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    guard let manager = Superior.of(transition.lead, policy: policy) else {
      let line = "\(Self.title(clock.kind)): no manager or admin is configured who could be told"
      transition.effects += writer.line(line, mention: nil, about: clock)
      return
    }
    let name = "late/\(clock.kind.rawValue)/\(Int(clock.since.timeIntervalSince1970))"
    let notice = Notice(to: .person(manager), text: complaint(transition.lead), whileClock: clock)
    transition.effects += writer.notice(name, notice)
    transition.effects += writer.line("\(Self.title(clock.kind)): \(manager) has been told", mention: nil, about: clock)
    transition.history.append(
      HistoryEntry(at: now, actor: "system", action: "escalated", to: manager, reason: clock.kind.rawValue))
  }

  private static func title(_ kind: DeskClock.Kind) -> String {
    switch kind {
    case .accept: "Not claimed in time"
    case .firstTouch: "No first touch in time"
    }
  }

  private func complaint(_ lead: Lead) -> String {
    let since = Ago.words(since: lead.desk.claimedAt ?? clock.since, now: now)
    switch (clock.kind, clock.owner) {
    case (.accept, nil): return "nobody has claimed this lead, which was posted \(since)."
    case (.accept, let owner?): return "\(owner) was asked \(since) and has not claimed this lead."
    case (.firstTouch, let owner):
      return "\(owner ?? "somebody") claimed this lead \(since) and has not reached out yet."
    }
  }

  /// The card says that it is overdue.
  private func redraw(_ transition: inout Transition) {
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    transition.effects += writer.card(after: "late/\(clock.kind.rawValue)/\(Int(clock.since.timeIntervalSince1970))")
  }
}

/// Whom a lead's lateness concerns besides its owner.
enum Superior {
  /// Its team's manager, else an admin; never the owner themselves.
  static func of(_ lead: Lead, policy: Policy) -> String? {
    let routing = policy.routing
    let owner = lead.desk.owner
    let team =
      lead.desk.team.flatMap { routing.team(named: $0) }
      ?? routing.teams.first { team in team.members.contains { $0.email == owner } }
    return ([team?.manager].compactMap { $0 } + policy.playbook.admins).first { $0 != owner }
  }
}
