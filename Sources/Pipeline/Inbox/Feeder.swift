import Foundation
import Logging
import RevOps

/// Brings a partition's waiting work from the store to the mailboxes.
struct Feeder: Sendable {
  /// Pieces of work read at once; more waits in the store.
  static let limit = 500
  /// What is due already hides what is due later; it is looked past after this long.
  static let secondLook: TimeInterval = 1
  /// When a store that was away is asked again.
  static let retry: TimeInterval = 0.5

  let dependencies: PipelineDependencies
  let leases: LeaseBook
  let mailboxes: Mailboxes
  let due: DueTimes

  /// The leads with new messages or timers, and those with effects to run. A partition without a lease is left alone:
  /// it is read when the lease is taken.
  func feed(_ partition: Partition) async -> (leads: Set<LeadID>, effects: [LeadID]) {
    guard leases.mayBegin(in: partition) else { return ([], []) }
    let now = dependencies.now()
    do {
      return try await read(partition, now: now)
    } catch {
      dependencies.logger.error("the store could not be read", metadata: ["error": "\(error)"])
      due.note(now.addingTimeInterval(Self.retry), in: partition)
      return ([], [])
    }
  }

  private func read(
    _ partition: Partition, now: Date
  ) async throws -> (leads: Set<LeadID>, effects: [LeadID]) {
    let storage = dependencies.storage
    mailboxes.beginReading(partition)
    async let pending = storage.pendingMessages(in: partition, limit: Self.limit)
    async let dueTimers = storage.dueTimers(in: partition, now: now, limit: Self.limit)
    async let dueEffects = storage.leadsWithDueEffects(in: partition, now: now, limit: Self.limit)
    async let nextTimer = storage.nextTimer(in: partition)
    async let nextEffect = storage.nextEffectDue(in: partition)
    let (messages, timers, effects) = try await (pending, dueTimers, dueEffects)
    // All is read before anything is put into a mailbox: what is there counts as known and is woken only now.
    let times = try await [nextTimer, nextEffect]
    let woken = mailboxes.add(
      messages: messages, timers: timers, of: partition,
      isAll: messages.count < Self.limit && timers.count < Self.limit, now: now)
    // Each partition has one due time: what rests longer than what brought us here would be forgotten.
    note(mailboxes.nextRest(in: partition), in: partition, now: now)
    for next in times { note(next, in: partition, now: now) }
    return (woken, effects)
  }

  private func note(_ next: Date?, in partition: Partition, now: Date) {
    guard let next else { return }
    due.note(next > now ? next : now.addingTimeInterval(Self.secondLook), in: partition)
  }
}
