import Foundation
import Logging
import RevOps

/// Finishes what was in flight when the process died: one lead at a time, so that the one that kills the process is
/// known. What has died three times while it ran alone is parked.
struct Recovery: Sendable {
  static let deathsAllowed = 3

  let dependencies: PipelineDependencies
  let leases: LeaseBook
  let runner: LeadRunner
  let effects: EffectRunner

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
    for message in pending where message.wasRunning && !Task.isCancelled {
      if message.deathsAlone >= Self.deathsAllowed {
        try await park(message)
      } else {
        _ = await runner.handle(.message(message), alone: true)
      }
    }
  }

  private func park(_ pending: PendingMessage) async throws {
    let message = pending.message
    let at = dependencies.now()
    let reason = "processing died \(pending.deathsAlone) times while running alone"
    dependencies.logger.critical("a lead was parked", metadata: ["lead_id": "\(message.leadID)"])
    var lead = try await dependencies.storage.lead(message.leadID)
    if lead == nil, case .submission(let intake) = message.body { lead = Lead(id: message.leadID, intake: intake) }
    guard let lead else { return }
    var transition = Transition(lead)
    transition.lead.state = .parked
    transition.lead.errors.append(reason)
    transition.history = [HistoryEntry(at: at, actor: "system", action: "parked", reason: reason)]
    var change = Committer.Change(transition)
    change.finishedMessages = [message.id]
    _ = try await runner.committer.commit(change)
  }

  private func recoverEffects(in partition: Partition) async throws {
    let leads = try await dependencies.storage.leadsWithDueEffects(
      in: partition, now: .distantFuture, limit: 10_000)
    for lead in leads where !Task.isCancelled {
      let died = try await dependencies.storage.pendingEffects(of: lead).filter(\.wasRunning)
      for pending in died {
        if pending.deathsAlone >= Self.deathsAllowed {
          try await refuse(pending)
        } else {
          _ = await effects.run(EffectRunner.Slot(lead: lead, target: pending.effect.target), alone: true)
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
