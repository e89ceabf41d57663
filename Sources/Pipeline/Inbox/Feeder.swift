import Foundation
import Logging
import RevOps

/// Brings a partition's waiting work from the store to the mailboxes.
struct Feeder: Sendable {
  /// Messages in hand per partition; more waits in the store.
  static let limit = 500

  let dependencies: PipelineDependencies
  let mailboxes: Mailboxes
  let due: DueTimes

  /// The leads with new messages or timers, and those with effects to run.
  func feed(_ partition: Partition) async -> (leads: Set<LeadID>, effects: [LeadID]) {
    let now = dependencies.now()
    let storage = dependencies.storage
    do {
      async let messages = storage.pendingMessages(in: partition, limit: Self.limit)
      async let timers = storage.dueTimers(in: partition, now: now, limit: Self.limit)
      async let effects = storage.leadsWithDueEffects(in: partition, now: now, limit: Self.limit)
      let woken = try await mailboxes.add(messages: messages, timers: timers)
      if let next = try await storage.nextTimer(in: partition), next > now { due.note(next, in: partition) }
      if let next = try await storage.nextEffectDue(in: partition), next > now { due.note(next, in: partition) }
      return (woken, try await effects)
    } catch {
      dependencies.logger.error("the store could not be read", metadata: ["error": "\(error)"])
      due.note(now.addingTimeInterval(1), in: partition)
      return ([], [])
    }
  }
}
