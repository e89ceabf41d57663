import Foundation
import Logging
import Metrics
import RevOps

/// Carries out what a person asked for, on the lead as it stands when its turn comes, and answers them.
struct CommandWork {
  let runner: LeadRunner
  let message: InboxMessage
  let command: DeskCommand

  private var dependencies: PipelineDependencies { runner.dependencies }

  func run() async throws -> LeadRunner.Ending {
    let actor: DeskActor
    do {
      actor = try await resolve(command.actor)
    } catch {
      // Slack is away: who acted is not known yet. The command waits, it is not lost.
      return error.retry == .never ? try await refuse(error) : .later(.seconds(2))
    }
    guard let target = try await target() else { return try await dismiss() }
    return try await runner.teams.withLock("turns") { try await decide(actor, on: target) }
  }

  /// The lead that the command means: the one its delivery joined, if it did.
  private func target() async throws -> LeadID? {
    guard let lead = try await dependencies.storage.lead(message.leadID) else { return nil }
    return lead.mergedInto ?? lead.id
  }

  private func decide(_ actor: DeskActor, on target: LeadID) async throws -> LeadRunner.Ending {
    while true {
      guard let lead = try await dependencies.storage.lead(target) else { return try await dismiss() }
      if command.action == .retry { return try await retry(lead, actor) }
      let now = dependencies.now()
      let decision = DeskRules.decide(
        command.action, by: actor, on: lead, policy: dependencies.policy(), now: now)
      var transition = try await self.transition(decision, from: lead, now: now)
      answer(decision, from: lead, now: now, into: &transition)
      var change = Committer.Change(transition)
      change.finishedMessages = [message.id]
      guard try await runner.committer.commit(change) != nil else { continue }
      runner.announce(transition)
      count(decision.changed ? "done" : "refused")
      return .finished
    }
  }

  // MARK: What follows from a decision

  private func transition(_ decision: DeskDecision, from lead: Lead, now: Date) async throws -> Transition {
    var transition = Transition(decision.lead)
    transition.history = decision.history
    guard decision.changed else { return transition }
    var rotations = try await apply(decision.turns)
    var mention = decision.mention
    if decision.needsAssignment {
      mention = try await assign(&transition, &rotations, now: now)
    }
    transition.documents += rotations.values.compactMap { $0.changed(to: $0.state) }
    let policy = dependencies.policy()
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    transition.effects = writer.card() + writer.crmRecord()
    if let line = decision.line { transition.effects += writer.line(line, mention: mention) }
    transition.effects += notes(decision, writer)
    if let card = lead.desk.card, movesAway(card, to: transition.lead, policy) {
      transition.effects += writer.retire(card)
    }
    return transition
  }

  private func notes(_ decision: DeskDecision, _ writer: EffectWriter) -> [Effect] {
    guard dependencies.crm != nil, let line = decision.line else { return [] }
    switch decision.lead.state {
    case .nurturing:
      return [writer.note("desk", line)] + writer.nurtureList() + writer.nurtureTask()
    case .closed, .disqualified:
      return decision.lead.desk.crm.contactID == nil ? [] : [writer.note("desk", line)]
    default:
      return []
    }
  }

  private func movesAway(_ card: PostedMessage, to lead: Lead, _ policy: Policy) -> Bool {
    card.kind == .triage && lead.state == .delivered && policy.playbook.notify.triageChannel != nil
  }

  /// Returned and charged turns, on the rotations as they are now.
  private func apply(_ turns: [DeskDecision.TurnChange]) async throws -> [String: RotationDocument] {
    var rotations: [String: RotationDocument] = [:]
    for change in turns {
      let turn: Desk.Turn = switch change { case .charge(let turn), .credit(let turn): turn }
      var document: RotationDocument
      if let known = rotations[turn.team] {
        document = known
      } else {
        document = try await RotationDocument.read(team: turn.team, from: dependencies.storage)
      }
      let sharers = turn.sharedBy.isEmpty ? nil : turn.sharedBy
      switch change {
      case .charge: document.state.charge(turn.member, sharedBy: sharers)
      case .credit: document.state.credit(turn.member, sharedBy: sharers)
      }
      rotations[turn.team] = document
    }
    return rotations
  }

  /// Gives the lead to somebody by the rules. Gives the new owner, to be mentioned.
  private func assign(
    _ transition: inout Transition, _ rotations: inout [String: RotationDocument], now: Date
  ) async throws -> String? {
    guard let facts = transition.lead.facts, let routed = transition.lead.routed else { return nil }
    let policy = dependencies.policy()
    let owners = await dependencies.crm?.activeOwners()
    let stage = RouteStage(
      policy: policy, storage: dependencies.storage, activeOwners: owners, rotations: rotations)
    let result = try await stage(
      facts, score: routed.scored.score.score, path: .qualify, declined: Set(transition.lead.desk.declinedBy), now: now)
    let decision = result.answer.decision
    // An account owner who gave it back is not asked again: the lead is the channel's.
    let owner = decision.owner.flatMap { transition.lead.desk.declinedBy.contains($0) ? nil : $0 }
    transition.lead.reroute(decision)
    transition.lead.desk.team = decision.team ?? transition.lead.desk.team
    transition.lead.desk.owner = owner
    transition.lead.desk.turn = result.answer.turn
    transition.lead.desk.assignedAt = owner == nil ? nil : now
    transition.lead.desk.startsAt = owner == nil ? nil : result.answer.startsAt
    if let change = result.rotation, let turn = result.answer.turn {
      rotations[turn.team] = nil
      transition.documents.append(change)
    }
    if let owner {
      transition.history.append(
        HistoryEntry(at: now, actor: "system", action: "assigned", to: owner, reason: decision.reason))
    }
    return owner
  }

  // MARK: Answers

  private func answer(_ decision: DeskDecision, from lead: Lead, now: Date, into transition: inout Transition) {
    guard let text = decision.answer, let reply = command.reply else { return }
    let writer = runner.writer(for: lead, policy: dependencies.policy(), now: now)
    transition.effects += writer.answer(text, to: reply, message: message.id)
  }

  private func resolve(_ actor: Actor) async throws(ServiceError) -> DeskActor {
    switch actor {
    case .admin, .system: return .operator
    case .person(let email):
      guard let chat = dependencies.chat, let person = try await chat.personByEmail(email) else {
        return DeskActor(email: email, name: email, isFullMember: true)
      }
      return DeskActor(person)
    case .chatUser(let id):
      guard let chat = dependencies.chat else { throw .notConfigured("slack") }
      return DeskActor(try await chat.person(id))
    }
  }

  /// Slack does not know who acted: nothing is done in their name.
  private func refuse(_ error: ServiceError) async throws -> LeadRunner.Ending {
    dependencies.logger.warning(
      "a command of an unknown person was refused",
      metadata: ["lead_id": "\(message.leadID)", "code": "\(error.code ?? "-")"])
    return try await dismiss()
  }

  private func dismiss() async throws -> LeadRunner.Ending {
    guard let lease = runner.committer.leases[message.leadID.partition] else { return .later(.seconds(1)) }
    var commit = LeadCommit(lease: lease)
    commit.finishedMessages = [message.id]
    count("dismissed")
    return try await dependencies.storage.commit(commit) == .committed ? .finished : .later(.seconds(1))
  }

  // MARK: Retry

  /// Goes on from what failed: refused effects are due again, a parked lead goes through its next stage.
  private func retry(_ lead: Lead, _ actor: DeskActor) async throws -> LeadRunner.Ending {
    guard let lease = runner.committer.leases[lead.id.partition] else { return .later(.seconds(1)) }
    let now = dependencies.now()
    if let refusal = Permissions.refusal(of: .retry, to: actor, on: lead, policy: dependencies.policy()) {
      var transition = Transition(lead)
      answer(.refused(lead, refusal), from: lead, now: now, into: &transition)
      return try await end(transition)
    }
    _ = try await dependencies.storage.revive(lead: lead.id, now: now, lease: lease)
    var transition = Transition(lead)
    transition.lead.errors = []
    transition.history = [HistoryEntry(at: now, actor: actor.auditName, action: "retried")]
    if lead.state == .parked { transition.lead.state = .processing }
    guard Stage.following(lead.progress) != nil else {
      let ending = try await end(transition)
      runner.effectsChanged(lead.id)
      return ending
    }
    guard try await runner.committer.commit(Committer.Change(transition)) != nil else { return .later(.milliseconds(50)) }
    return try await SubmissionWork(runner: runner, message: message, intake: lead.intake).run()
  }

  private func end(_ transition: Transition) async throws -> LeadRunner.Ending {
    var change = Committer.Change(transition)
    change.finishedMessages = [message.id]
    guard try await runner.committer.commit(change) != nil else { return .later(.milliseconds(50)) }
    runner.announce(transition)
    return .finished
  }

  private func count(_ result: String) {
    Counter(label: "baton_commands_total", dimensions: [("action", command.action.name), ("result", result)])
      .increment()
  }
}

extension DeskCommand.Action {
  /// For metrics and logs.
  var name: String {
    switch self {
    case .claim: "claim"
    case .release: "release"
    case .reassign: "reassign"
    case .nurture: "nurture"
    case .logOutcome: "outcome"
    case .reachedOut: "reached_out"
    case .undo: "undo"
    case .qualify: "qualify"
    case .disqualify: "disqualify"
    case .retry: "retry"
    }
  }
}

extension Lead {
  /// Another routing decision on the same facts and score.
  mutating func reroute(_ decision: RoutingDecision) {
    guard var routed else { return }
    routed.routing = decision
    switch progress {
    case .delivered(var lead):
      lead.routed = routed
      progress = .delivered(lead)
    case .summarized(var lead):
      lead.routed = routed
      progress = .summarized(lead)
    default:
      progress = .routed(routed)
    }
  }
}
