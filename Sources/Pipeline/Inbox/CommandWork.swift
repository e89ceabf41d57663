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
      return error.retry == .never ? try await refuse(error) : .later(Self.delay(asked: error))
    }
    guard let target = try await target() else { return try await dismiss() }
    if case .follow(let news) = command.action, try await isOutdated(news, target) { return try await readAgain(news) }
    if command.action == .retry { return try await retry(target, actor) }
    if command.action == .revisit { return try await RevisitWork(runner: runner, message: message).run(target) }
    if command.action == .handOver {
      try await runner.offer(target)
      return try await dismiss()
    }
    // Asked before the turns are locked, so that a slow CRM holds up nobody else's turn.
    let owners = command.action.mayAssign ? await dependencies.activeOwners() : nil
    let before = try await runner.committer.lead(target)?.desk.owner
    let ending = try await runner.teams.withLock("turns") { try await decide(actor, on: target, owners: owners) }
    if let before { await offerRoom(of: before, after: target) }
    return ending
  }

  /// Who has one lead less may take one that waits.
  private func offerRoom(of owner: String, after target: LeadID) async {
    guard let lead = try? await runner.committer.lead(target), lead.desk.owner != owner || lead.isOver else { return }
    for team in dependencies.policy().routing.teams where team.members.contains(where: { $0.email == owner }) {
      await runner.offerWaiting(of: team.name)
    }
  }

  private static func delay(asked error: ServiceError) -> Duration {
    if case .later(let delay) = error.retry { max(delay, .milliseconds(500)) } else { .seconds(2) }
  }

  /// The lead that the command means: the one its delivery joined, if it did.
  private func target() async throws -> LeadID? {
    guard let lead = try await runner.committer.lead(message.leadID) else { return nil }
    return lead.mergedInto ?? lead.id
  }

  private func decide(
    _ actor: DeskActor, on target: LeadID, owners: Set<String>?
  ) async throws -> LeadRunner.Ending {
    while true {
      guard let lead = try await runner.committer.lead(target) else { return try await dismiss() }
      let now = dependencies.now()
      let decision = DeskRules.decide(
        command.action, by: actor, on: lead, policy: dependencies.policy(), now: now)
      var transition = try await self.transition(decision, by: actor, from: lead, owners: owners, now: now)
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

  private func transition(
    _ decision: DeskDecision, by actor: DeskActor, from lead: Lead, owners: Set<String>?, now: Date
  ) async throws -> Transition {
    var transition = Transition(decision.lead)
    transition.history = decision.history
    guard decision.changed else { return transition }
    let policy = dependencies.policy()
    var dealing = Dealing(runner, policy: policy, owners: owners, now: now)
    try await dealing.apply(decision.turns)
    var mention = decision.mention
    if decision.needsAssignment { mention = try await dealing.assign(&transition) }
    transition.documents = try await dealing.documents + accepted(by: actor)
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    let retired = lead.desk.card.flatMap { movesAway($0, to: transition.lead, policy) ? $0 : nil }
    if let startsAt = transition.lead.desk.startsAt, decision.needsAssignment || decision.mention != nil {
      transition.timers = [writer.timer(.shiftStart, due: startsAt)]
      mention = nil
    }
    // Nobody is told of their own click.
    if mention == actor.email { mention = nil }
    if let mention { transition.effects += writer.ownerNote(mention) }
    // A new card mentions its owner itself.
    if retired != nil { mention = nil }
    transition.effects += command.action == .snooze ? writer.card(after: "snooze/\(message.id)") : writer.card()
    transition.effects += writer.crmRecord()
    if command.action == .qualify { transition.effects += writer.highPriorityNote() }
    if let line = decision.line { transition.effects += writer.line(line, mention: mention) }
    transition.effects += notes(decision, writer) + Remembrance.effects(of: decision, on: lead, writer)
    if let retired { transition.effects += writer.retire(retired) }
    return transition
  }

  /// Who takes up a lead lets none pass: the count begins anew.
  private func accepted(by actor: DeskActor) async throws -> [DocumentChange] {
    guard let email = actor.email, command.action.isAcceptance else { return [] }
    var roster = try await Roster.open(in: dependencies.storage)
    guard roster.reps[email]?.passedInARow != nil else { return [] }
    roster.reps[email]?.passedInARow = nil
    return [try roster.change()]
  }

  private func notes(_ decision: DeskDecision, _ writer: EffectWriter) -> [Effect] {
    // What comes from the CRM is not told to it.
    guard dependencies.crm != nil, command.actor != .crm, let line = decision.line else { return [] }
    switch decision.lead.state {
    case .nurturing:
      return [writer.note("desk", line)] + writer.nurtureList() + writer.nurtureTask() + writer.nurtureSequence()
    case .closed:
      // A contact that is still to be written gets its note after it.
      return [writer.note("desk", line)]
    case .disqualified:
      return decision.lead.desk.crm.contactID == nil ? [] : [writer.note("desk", line)]
    default:
      return []
    }
  }

  private func movesAway(_ card: PostedMessage, to lead: Lead, _ policy: Policy) -> Bool {
    card.kind == .triage && lead.state == .delivered && policy.playbook.notify.triageChannel != nil
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
    case .crm: return .crm
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
    guard let lead = try await runner.committer.lead(message.leadID) else { return try await dismiss() }
    var transition = Transition(lead)
    let text = "Slack doesn't tell Baton who you are, so nothing was changed."
    answer(.refused(lead, text), from: lead, now: dependencies.now(), into: &transition)
    return try await end(transition)
  }

  private func dismiss() async throws -> LeadRunner.Ending {
    guard let lease = runner.committer.leases[message.leadID.partition] else { return .later(.seconds(1)) }
    var commit = LeadCommit(lease: lease)
    commit.finishedMessages = [message.id]
    count("dismissed")
    return try await dependencies.storage.commit(commit) == .committed ? .finished : .later(.seconds(1))
  }

  // MARK: What the CRM tells

  private func isOutdated(_ news: CRMNews, _ target: LeadID) async throws -> Bool {
    guard let lead = try await runner.committer.lead(target) else { return false }
    return !news.isCurrent(on: lead)
  }

  /// Somebody was faster on this side: which of the two holds now, the record itself has to say.
  private func readAgain(_ news: CRMNews) async throws -> LeadRunner.Ending {
    guard case .contact(let contact) = news else { return try await dismiss() }
    try await HintBox(dependencies, due: runner.due)
      .put(CRMEvent(.contact, contact.contactID), named: "again/\(message.id)")
    return try await dismiss()
  }

  // MARK: Retry

  /// Goes on from what failed: refused effects are due again, a parked lead goes through its next stage.
  private func retry(_ target: LeadID, _ actor: DeskActor) async throws -> LeadRunner.Ending {
    guard let lease = runner.committer.leases[target.partition] else { return .later(.seconds(1)) }
    guard let lead = try await runner.committer.lead(target) else { return try await dismiss() }
    let now = dependencies.now()
    if let refusal = Permissions.refusal(of: .retry, to: actor, on: lead, policy: dependencies.policy()) {
      var transition = Transition(lead)
      answer(.refused(lead, refusal), from: lead, now: now, into: &transition)
      return try await end(transition)
    }
    _ = try await dependencies.storage.revive(lead: target, now: now, lease: lease)
    let revived = try await runner.committer.update(target) { lead in revival(of: lead, by: actor, now: now) }
    runner.effectsChanged(target)
    guard Stage.following(revived.progress) != nil else { return .finished }
    return try await SubmissionWork(runner: runner, message: message, intake: revived.intake).run()
  }

  /// The message ends here unless stages remain, with the last of which it ends then.
  private func revival(of lead: Lead, by actor: DeskActor, now: Date) -> Committer.Change {
    let isThrough = Stage.following(lead.progress) == nil
    var transition = Transition(lead)
    transition.lead.errors = []
    if lead.state == .parked {
      transition.lead.state = isThrough ? lead.path.map(DeliverStage.state) ?? .processing : .processing
    }
    transition.history = [HistoryEntry(at: now, actor: actor.auditName, action: "retried")]
    if let reply = command.reply {
      let writer = runner.writer(for: lead, policy: dependencies.policy(), now: now)
      transition.effects = writer.answer("Going on from what failed.", to: reply, message: message.id)
    }
    var change = Committer.Change(transition)
    change.finishedMessages = isThrough ? [message.id] : []
    return change
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
  /// Whether carrying it out may give the lead to somebody by the rules.
  var mayAssign: Bool {
    switch self {
    case .release, .qualify: true
    default: false
    }
  }

  /// Whether somebody takes up the lead by it.
  var isAcceptance: Bool {
    switch self {
    case .claim, .reachedOut, .logOutcome: true
    default: false
    }
  }

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
    case .snooze: "snooze"
    case .revisit: "revisit"
    case .handOver: "hand_over"
    case .follow: "follow"
    }
  }
}

extension Lead {
  /// Nobody has to do anything about it: it counts for no capacity.
  fileprivate var isOver: Bool { ![.delivered, .claimed, .worked, .inReview].contains(state) }

  /// Another routing decision on the same facts and score.
  mutating func reroute(_ decision: RoutingDecision, _ basis: RoutingBasis) {
    guard var routed else { return }
    routed.routing = decision
    routed.basis = basis
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
