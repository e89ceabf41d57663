import Foundation
import Logging
import Metrics
import RevOps

/// Runs the effects of leads: those of one lead on one target one after another, everything else side by side.
final class EffectRunner: Sendable {
  struct Slot: Hashable, Sendable {
    var lead: LeadID
    var target: String
  }

  private let dependencies: PipelineDependencies
  private let committer: Committer
  private let due: DueTimes
  private let stop: StopSignal
  private let line: ChannelLine

  init(dependencies: PipelineDependencies, committer: Committer, due: DueTimes, stop: StopSignal) {
    self.dependencies = dependencies
    self.committer = committer
    self.due = due
    self.stop = stop
    line = ChannelLine(now: dependencies.now)
  }

  /// The slots of a lead in which something can be done now; what is due later is noted.
  func readySlots(of lead: LeadID) async -> Set<Slot> {
    // What was in flight when the partition's last holder died comes first, and alone.
    guard sends, committer.leases.mayBegin(in: lead.partition) else { return [] }
    let now = dependencies.now()
    guard let pending = try? await dependencies.storage.pendingEffects(of: lead) else {
      due.note(now.addingTimeInterval(Feeder.retry), in: lead.partition)
      return []
    }
    var slots: Set<Slot> = []
    for candidate in Self.heads(pending) where Self.isFree(candidate, among: pending) {
      if candidate.notBefore <= now {
        slots.insert(Slot(lead: lead, target: candidate.effect.target))
      } else {
        due.note(candidate.notBefore, in: lead.partition)
      }
    }
    return slots
  }

  /// Does what can be done in the slot. True: something was finished, so that other slots may be free now.
  func run(_ slot: Slot, alone: Bool = false) async -> Bool {
    var finished = false
    while sends, !stop.isGiven, !Task.isCancelled, let pending = await next(in: slot) {
      let ending = alone ? await runOne(pending, alone: true) : await runInTurn(pending, slot)
      guard case .finished = ending else { break }
      finished = true
    }
    return finished
  }

  private enum Ending {
    case finished
    /// It is tried again then.
    case putOff(Date)
    /// The store or the lease was lost.
    case interrupted
  }

  /// In shadow mode nothing is written to a service, also not what was decided before: that waits.
  private var sends: Bool { dependencies.mode == .live }

  // MARK: Choosing

  /// The first unfinished effect of each target.
  static func heads(_ pending: [PendingEffect]) -> [PendingEffect] {
    var seen: Set<String> = []
    return pending.sorted { ($0.effect.sequence, $0.effect.key) < ($1.effect.sequence, $1.effect.key) }
      .filter { seen.insert($0.effect.target).inserted }
  }

  static func isFree(_ candidate: PendingEffect, among pending: [PendingEffect]) -> Bool {
    let open = Set(pending.map(\.effect.key))
    return !candidate.effect.waitsFor.contains { open.contains($0) }
  }

  private func next(in slot: Slot) async -> PendingEffect? {
    guard let pending = try? await dependencies.storage.pendingEffects(of: slot.lead) else {
      due.note(dependencies.now().addingTimeInterval(Feeder.retry), in: slot.lead.partition)
      return nil
    }
    guard let head = Self.heads(pending).first(where: { $0.effect.target == slot.target }),
      Self.isFree(head, among: pending)
    else { return nil }
    guard head.notBefore <= dependencies.now() else {
      due.note(head.notBefore, in: slot.lead.partition)
      return nil
    }
    return head
  }

  // MARK: Taking turns

  /// A new card that was kept up waits for its turn in its channel.
  private func runInTurn(_ pending: PendingEffect, _ slot: Slot) async -> Ending {
    guard isKeptUp(pending), let channel = await channelOfNewCard(slot.lead) else {
      return await runOne(pending, alone: false)
    }
    let leases = committer.leases
    guard await line.enter(channel, slot.lead, while: { !stop.isGiven && leases.mayBegin(in: slot.lead.partition) })
    else {
      due.note(dependencies.now().addingTimeInterval(ChannelLine.later), in: slot.lead.partition)
      return .interrupted
    }
    // Meanwhile it may have been done, or another come before it.
    var ending = Ending.finished
    if let pending = await next(in: slot) { ending = await runOne(pending, alone: false) }
    if case .putOff(let until) = ending { line.leave(channel, askingAgain: until) } else { line.leave(channel) }
    return ending
  }

  private func isKeptUp(_ pending: PendingEffect) -> Bool {
    pending.effect.body == .card
      && dependencies.now().timeIntervalSince(pending.effect.createdAt) > ChannelLine.age
  }

  /// Nil: the card exists already, or goes to no channel.
  private func channelOfNewCard(_ lead: LeadID) async -> String? {
    guard let lead = try? await committer.lead(lead), lead.desk.card == nil else { return nil }
    guard case .channel(let name)? = CardPlace.candidates(lead, policy: dependencies.policy()).first else { return nil }
    return name
  }

  // MARK: Doing

  private func runOne(_ pending: PendingEffect, alone: Bool) async -> Ending {
    let effect = pending.effect
    guard let lease = committer.leases[effect.leadID.partition] else { return .interrupted }
    do {
      try await dependencies.storage.begin(effect: effect.key, lead: effect.leadID, alone: alone, lease: lease)
      guard let lead = try await committer.lead(effect.leadID) else { return .interrupted }
      return try await WorkPermit.$current.withValue(committer.permit(lease)) {
        let result = try await performer(for: effect).perform(pending, on: lead)
        try await settle(effect, result)
        count(effect, result.completion.rawValue)
        return .finished
      }
    } catch let error as EffectPerformer.Failure {
      return await failed(pending, error, lease)
    } catch {
      if (error as? StorageError)?.cause == .staleLease { committer.leases.drop(lease) }
      storageFailed(effect, error)
      return .interrupted
    }
  }

  private func performer(for effect: Effect) -> EffectPerformer {
    EffectPerformer(
      chat: dependencies.chat, crm: dependencies.crm, memory: dependencies.memory,
      policy: dependencies.policy(), now: dependencies.now,
      remember: { record async throws(StorageError) in
        try await self.remember(record, of: effect.leadID)
      },
      list: { [dependencies] lead, channel async throws(StorageError) in
        let now = dependencies.now()
        try await dependencies.storage.update(StaleList.key(channel: channel), from: StaleList()) {
          $0.add(lead, at: now)
        }
      })
  }

  private func remember(_ record: CRMRecord, of lead: LeadID) async throws(StorageError) {
    do {
      try await committer.update(lead) { lead in
        var transition = Transition(lead)
        let notes = lead.desk.crm.notes
        let tasks = lead.desk.crm.tasks
        transition.lead.desk.crm = record
        transition.lead.desk.crm.notes.merge(notes) { _, stored in stored }
        transition.lead.desk.crm.tasks.merge(tasks) { _, stored in stored }
        transition.effects = linkedCard(of: lead, record)
        return transition.lead == lead ? nil : Committer.Change(transition)
      }
    } catch .storage(let error) {
      throw error
    } catch {
      throw StorageError(.staleLease, "the partition was taken over")
    }
  }

  /// The card was drawn before the CRM had a record to link to: it is drawn once more.
  private func linkedCard(of lead: Lead, _ record: CRMRecord) -> [Effect] {
    guard lead.desk.crm.contactID == nil, lead.facts?.crm.contactID == nil, let contact = record.contactID,
      dependencies.crm?.recordURL(contact) != nil, hasCard(lead)
    else { return [] }
    let writer = EffectWriter(
      lead: lead, policy: dependencies.policy(), hasChat: dependencies.chat != nil, hasCRM: true,
      now: dependencies.now())
    return writer.linkedCard()
  }

  /// It has one, or one is on its way.
  private func hasCard(_ lead: Lead) -> Bool {
    let carded: Set<LeadState> = [.delivered, .inReview, .claimed, .worked]
    return lead.desk.card != nil || (carded.contains(lead.state) && !lead.intake.bulk)
  }

  private func settle(_ effect: Effect, _ result: EffectResult) async throws(Committer.Failure) {
    let covered = try await coveredCards(effect, result)
    try await committer.update(effect.leadID) { lead in
      var transition = Transition(lead)
      result.fold(&transition.lead)
      transition.history = result.history
      var change = Committer.Change(transition)
      change.finishedEffects =
        [EffectCompletion(key: effect.key, result: result.completion, reason: result.reason)] + covered
      return change
    }
  }

  /// Waiting edits of the card that are older than what has just been drawn.
  private func coveredCards(_ effect: Effect, _ result: EffectResult) async throws(Committer.Failure)
    -> [EffectCompletion]
  {
    guard let drawn = result.drawnVersion, effect.body == .card else { return [] }
    let pending: [PendingEffect]
    do { pending = try await dependencies.storage.pendingEffects(of: effect.leadID) } catch { throw .storage(error) }
    return pending.filter { $0.effect.body == .card && $0.effect.key != effect.key && $0.effect.sequence <= drawn }
      .map { EffectCompletion(key: $0.effect.key, result: .superseded, reason: "a newer edit shows it") }
  }

  // MARK: Failing

  private func failed(_ pending: PendingEffect, _ failure: EffectPerformer.Failure, _ lease: Lease) async -> Ending {
    switch failure {
    case .storage(let error):
      storageFailed(pending.effect, error)
      return .interrupted
    case .service(let error):
      return error.retry == .never
        ? await refuse(pending.effect, error) : await putOff(pending, error, lease)
    }
  }

  private func refuse(_ effect: Effect, _ error: ServiceError) async -> Ending {
    let reason = "\(error.service): \(error.code ?? error.detail)"
    let at = dependencies.now()
    log(effect, .error, "effect refused", error)
    do {
      try await committer.update(effect.leadID) { lead in
        var transition = Transition(lead)
        let name = effect.body.name
        transition.lead.errors.append("\(name): \(reason)")
        transition.history = [HistoryEntry(at: at, actor: "system", action: "refused", to: name, reason: reason)]
        var change = Committer.Change(transition)
        change.finishedEffects = [EffectCompletion(key: effect.key, result: .refused, reason: reason)]
        return change
      }
      count(effect, "refused")
      return .finished
    } catch {
      storageFailed(effect, error)
      return .interrupted
    }
  }

  private func putOff(_ pending: PendingEffect, _ error: ServiceError, _ lease: Lease) async -> Ending {
    let effect = pending.effect
    var delay = RetryDelay.next(after: error, attempts: pending.attempts + 1, random: dependencies.random())
    if effect.body == .card, case .now = error.retry { delay = min(delay, RetryDelay.cardCap) }
    let until = dependencies.now().addingTimeInterval(delay.inSeconds)
    log(effect, .notice, "effect put off", error)
    count(effect, "put_off")
    do {
      try await dependencies.storage.putOff(
        effect: effect.key, lead: effect.leadID, until: until,
        outcomeUnknown: pending.outcomeUnknown || error.outcomeUnknown,
        error: "\(error.service): \(error.code ?? error.detail)", lease: lease)
      due.note(until, in: effect.leadID.partition)
    } catch {
      if error.cause == .staleLease { committer.leases.drop(lease) }
      storageFailed(effect, error)
      return .interrupted
    }
    return .putOff(until)
  }

  private func storageFailed(_ effect: Effect, _ error: any Error) {
    due.note(dependencies.now().addingTimeInterval(Feeder.retry), in: effect.leadID.partition)
    dependencies.logger.error(
      "the store failed during an effect",
      metadata: ["lead_id": "\(effect.leadID)", "effect": "\(effect.body.name)", "error": "\(error)"])
  }

  private func log(_ effect: Effect, _ level: Logger.Level, _ message: Logger.Message, _ error: ServiceError) {
    dependencies.logger.log(
      level: level, message,
      metadata: [
        "lead_id": "\(effect.leadID)", "effect": "\(effect.body.name)", "service": "\(error.service)",
        "code": "\(error.code ?? "-")", "detail": "\(error.detail)",
      ])
  }

  private func count(_ effect: Effect, _ result: String) {
    Counter(label: "baton_effects_total", dimensions: [("effect", effect.body.name), ("result", result)]).increment()
  }
}

extension Effect.Body {
  /// For logs, metrics and dead letters.
  var name: String {
    switch self {
    case .card: "card"
    case .retireCard: "retire_card"
    case .threadLine: "thread_line"
    case .answer: "answer"
    case .direct: "direct_message"
    case .reminder: "reminder"
    case .notice: "notice"
    case .crmRecord: "crm_record"
    case .crmNote: "crm_note"
    case .crmTask: "crm_task"
    case .crmList: "crm_list"
    case .crmSequence: "crm_sequence"
    case .remember: "memory"
    }
  }
}

extension Duration {
  var inSeconds: TimeInterval { TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18 }
}
