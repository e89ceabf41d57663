import Foundation
import Logging
import Metrics
import RevOps
import Synchronization

/// Does the work that waits in a lead's mailbox, one piece after another: submissions through the stages, people's
/// commands, timers.
final class LeadRunner: Sendable {
  let dependencies: PipelineDependencies
  let committer: Committer
  let due: DueTimes
  /// Told after each commit: the lead may have effects to run.
  let effectsChanged: @Sendable (LeadID) -> Void
  private let kept = Mutex<Set<String>>([])
  /// Hints of the CRM that are being looked into.
  private let hints = Mutex(0)
  /// The CRM is asked about so many at once: were it to hang, all the others would still find a place to work.
  private static let mostHints = 64
  let people = KeyedLock()
  let teams = KeyedLock()
  let lookUps: PaidLookUps
  let late = SideWork()

  init(
    dependencies: PipelineDependencies, committer: Committer, due: DueTimes,
    effectsChanged: @escaping @Sendable (LeadID) -> Void
  ) {
    self.dependencies = dependencies
    self.committer = committer
    self.due = due
    self.effectsChanged = effectsChanged
    lookUps = PaidLookUps(cache: dependencies.storage, limiters: dependencies.storage, now: dependencies.now)
  }

  func enrichStage(_ policy: Policy) -> EnrichStage {
    EnrichStage(
      sources: dependencies.sources, lookUps: lookUps, crm: dependencies.crm, normalize: dependencies.normalize,
      policy: policy)
  }

  /// What became of a piece of work.
  enum Ending: Sendable, Equatable {
    case finished
    /// The store or a needed service was away: the work stays in the store and comes again after `delay`.
    case later(Duration)
  }

  func handle(_ item: Mailboxes.Item, alone: Bool = false) async -> Ending {
    let ending: Ending
    switch item {
    case .message(let pending): ending = await handle(pending, alone: alone)
    case .timer(let timer): ending = await handle(timer)
    }
    if case .later(let delay) = ending {
      due.note(dependencies.now().addingTimeInterval(delay.inSeconds), in: item.lead.partition)
    }
    return ending
  }

  private func handle(_ pending: PendingMessage, alone: Bool) async -> Ending {
    guard case .crmEvent = pending.message.body else { return await begin(pending, alone: alone) }
    let mayEnter = hints.withLock { count -> Bool in
      guard count < Self.mostHints else { return false }
      count += 1
      return true
    }
    guard mayEnter else { return .later(.seconds(2 + 2 * dependencies.random())) }
    defer { hints.withLock { $0 -= 1 } }
    return await begin(pending, alone: alone)
  }

  private func begin(_ pending: PendingMessage, alone: Bool) async -> Ending {
    let message = pending.message
    guard let lease = committer.leases[message.leadID.partition] else { return .later(.seconds(1)) }
    do {
      try await dependencies.storage.begin(message: message.id, alone: alone, lease: lease)
      let ending = try await WorkPermit.$current.withValue(committer.permit(lease)) { try await carryOut(message) }
      if ending != .finished { try await dependencies.storage.rest(message: message.id, lease: lease) }
      return ending
    } catch {
      // An error is no death: without this a clean restart would take the message for one that killed the process. If
      // the store is away for it too, the message is only handled with more care than it needs.
      try? await dependencies.storage.rest(message: message.id, lease: lease)
      if (error as? StorageError)?.cause == .staleLease { committer.leases.drop(lease) }
      return failed(message.leadID, error)
    }
  }

  private func carryOut(_ message: InboxMessage) async throws -> Ending {
    switch message.body {
    case .submission(let intake):
      return try await SubmissionWork(runner: self, message: message, intake: intake).run()
    case .command(let command):
      return try await CommandWork(runner: self, message: message, command: command).run()
    case .crmEvent(let event):
      return try await CRMEventWork(runner: self, message: message, event: event).run()
    }
  }

  private func handle(_ timer: LeadTimer) async -> Ending {
    guard let lease = committer.leases[timer.leadID.partition] else { return .later(.seconds(1)) }
    do {
      try await WorkPermit.$current.withValue(committer.permit(lease)) {
        try await TimerWork(runner: self, timer: timer).run()
      }
      return .finished
    } catch {
      return failed(timer.leadID, error)
    }
  }

  private func failed(_ lead: LeadID, _ error: any Error) -> Ending {
    if error is CancellationError { return .later(.zero) }
    dependencies.logger.error(
      "work on a lead was interrupted", metadata: ["lead_id": "\(lead)", "error": "\(error)"])
    return .later(Self.retry)
  }

  /// When work that the store interrupted is begun again.
  private static let retry: Duration = .milliseconds(500)

  /// Nil: no language model is configured.
  func languageDesk(_ policy: Policy) -> LanguageDesk? {
    dependencies.language.map {
      LanguageDesk(
        model: $0, playbook: policy.playbook.llm, limiters: dependencies.storage, now: dependencies.now,
        logger: dependencies.logger)
    }
  }

  var recallStage: RecallStage {
    RecallStage(
      memory: dependencies.memory, limit: dependencies.policy().playbook.similar, logger: dependencies.logger)
  }

  /// Keeps the configuration that is about to decide, once for each version.
  func keep(_ policy: Policy) async throws(StorageError) {
    if kept.withLock({ $0.contains(policy.version) }) { return }
    try await dependencies.storage.keep(policy: policy)
    kept.withLock { _ = $0.insert(policy.version) }
  }

  /// Wakes what a stored transition has set in motion.
  func announce(_ transition: Transition) {
    if !transition.effects.isEmpty { effectsChanged(transition.lead.id) }
    for timer in transition.timers { due.note(timer.due, in: timer.leadID.partition) }
  }

  /// Somebody of the team may have room: the lead that has waited longest is looked at next. Whoever is missed here comes
  /// by their timer.
  func offerWaiting(of team: String) async {
    guard let id = committer.waiting.oldest(of: team) else { return }
    do { try await offer(id) } catch {
      dependencies.logger.debug("a waiting lead waits for its timer", metadata: ["error": "\(error)"])
    }
  }

  /// Has a lead that waits for room looked at next; of one that doesn't wait any more nothing is done.
  func offer(_ id: LeadID) async throws(Committer.Failure) {
    let now = dependencies.now()
    try await committer.update(id) { lead in
      let kind = LeadTimer.Kind.handOver
      guard let set = lead.desk.alarms?[kind.rawValue], set > now else { return nil }
      var transition = Transition(lead)
      transition.lead.desk.alarms?[kind.rawValue] = now
      transition.timers = [LeadTimer(kind, of: id, due: now)]
      return Committer.Change(transition)
    }
    due.note(now, in: id.partition)
  }

  func writer(for lead: Lead, policy: Policy, now: Date) -> EffectWriter {
    EffectWriter(
      lead: lead, policy: policy, hasChat: dependencies.chat != nil, hasCRM: dependencies.crm != nil, now: now)
  }
}
