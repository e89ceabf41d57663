import Foundation
import Logging
import RevOps

/// Finishes what was in flight when the process died: one lead at a time, so that the one that kills the process is
/// known. What has died three times while it ran alone is parked.
struct Recovery: Sendable {
  static let deathsAllowed = 3
  /// What only waits for a service after this long is put back: it goes on beside the others.
  static let patience: Duration = .seconds(2)

  let dependencies: PipelineDependencies
  let leases: LeaseBook
  let runner: LeadRunner
  let effects: EffectRunner
  let stop: StopSignal

  func run(_ partitions: [Partition]) async {
    for partition in partitions {
      do {
        try await recoverMessages(in: partition)
        try await recoverEffects(in: partition)
      } catch {
        dependencies.logger.error("recovery was interrupted", metadata: ["error": "\(error)"])
      }
    }
  }

  private func recoverMessages(in partition: Partition) async throws {
    let pending = try await dependencies.storage.pendingMessages(in: partition, limit: Feeder.limit)
    for message in pending where message.wasRunning && !isOver {
      if message.deathsAlone >= Self.deathsAllowed {
        try await giveUp(message)
      } else {
        await patiently { _ = await runner.handle(.message(message), alone: true) }
      }
    }
  }

  private var isOver: Bool { Task.isCancelled || stop.isGiven }

  /// Cancels the work when its time is up, and waits until it has ended, so that nothing runs twice.
  private func patiently(_ work: @escaping @Sendable () async -> Void) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await work() }
      group.addTask { try? await Task.sleep(for: Self.patience) }
      await group.next()
      group.cancelAll()
    }
  }

  private func giveUp(_ pending: PendingMessage) async throws {
    let message = pending.message
    let reason = "processing died \(pending.deathsAlone) times while running alone"
    dependencies.logger.critical("work was parked", metadata: ["lead_id": "\(message.leadID)"])
    let lead = try await dependencies.storage.lead(message.leadID)
    switch message.body {
    case .submission(let intake): try await park(lead ?? Lead(id: message.leadID, intake: intake), message, reason)
    case .command(let command): try await drop(command.action.name, message, lead, reason)
    case .crmEvent(let event): try await drop(event.kind.rawValue, message, lead, reason)
    }
  }

  private func park(_ lead: Lead, _ message: InboxMessage, _ reason: String) async throws {
    var transition = Transition(lead)
    transition.lead.state = .parked
    transition.lead.errors.append(reason)
    transition.history = [
      HistoryEntry(at: dependencies.now(), actor: "system", action: "parked", reason: reason)
    ]
    try await finish(message, transition)
  }

  /// The lead goes on without what the person wanted: its state is somebody's work and stays.
  private func drop(_ name: String, _ message: InboxMessage, _ lead: Lead?, _ reason: String) async throws {
    guard let lead else {
      guard let lease = leases[message.leadID.partition] else { return }
      var commit = LeadCommit(lease: lease)
      commit.finishedMessages = [message.id]
      _ = try await dependencies.storage.commit(commit)
      return
    }
    var transition = Transition(lead)
    transition.lead.errors.append("\(name): \(reason)")
    transition.history = [
      HistoryEntry(at: dependencies.now(), actor: "system", action: "given_up", to: name, reason: reason)
    ]
    try await finish(message, transition)
  }

  private func finish(_ message: InboxMessage, _ transition: Transition) async throws {
    var change = Committer.Change(transition)
    change.finishedMessages = [message.id]
    // Nobody else works on it now: nothing else can have changed the lead.
    _ = try await runner.committer.commit(change)
  }

  private func recoverEffects(in partition: Partition) async throws {
    let leads = try await dependencies.storage.leadsWithDueEffects(
      in: partition, now: .distantFuture, limit: 10_000)
    for lead in leads where !isOver {
      let died = try await dependencies.storage.pendingEffects(of: lead).filter(\.wasRunning)
      for pending in died {
        if pending.deathsAlone >= Self.deathsAllowed {
          try await refuse(pending)
        } else {
          let slot = EffectRunner.Slot(lead: lead, target: pending.effect.target)
          await patiently { _ = await effects.run(slot, alone: true) }
        }
      }
    }
  }

  private func refuse(_ pending: PendingEffect) async throws {
    let reason = "the process died \(pending.deathsAlone) times while doing it alone"
    try await runner.committer.update(pending.effect.leadID) { lead in
      var transition = Transition(lead)
      transition.lead.errors.append("\(pending.effect.body.name): \(reason)")
      var change = Committer.Change(transition)
      change.finishedEffects = [EffectCompletion(key: pending.effect.key, result: .refused, reason: reason)]
      return change
    }
  }
}
