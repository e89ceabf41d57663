import Foundation
import Logging
import RevOps

/// Brings a partition's waiting work from the store to the mailboxes.
struct Feeder: Sendable {
  /// Pieces of a partition's work that are in hand at once; more waits in the store.
  static let limit = 64
  /// When a store that was away is asked again.
  static let retry: TimeInterval = 0.5

  let dependencies: PipelineDependencies
  let leases: LeaseBook
  let mailboxes: Mailboxes
  let due: DueTimes

  struct Fed {
    /// With new messages or timers.
    var leads: Set<LeadID> = []
    /// Those of them that somebody has just done something with.
    var urgent: Set<LeadID> = []
    /// With effects to run.
    var effects: [LeadID] = []
  }

  /// What of a partition is read.
  enum Cause {
    /// Something came: messages.
    case arrival
    /// Its time has come, or nothing is known of it yet: everything.
    case time
  }

  /// The leads with something to do. A partition without a lease is left alone: it is read when the lease is taken.
  func feed(_ partition: Partition, _ cause: Cause) async -> Fed {
    guard leases.mayBegin(in: partition) else { return Fed() }
    // A click is read at once, whatever is in hand.
    if cause == .arrival, !TaskPriority.isSomebodyWaiting, mailboxes.isFull(partition) { return Fed() }
    let now = dependencies.now()
    do {
      switch cause {
      case .arrival: return try await readMessages(partition, now: now)
      case .time: return try await readAll(partition, now: now)
      }
    } catch {
      dependencies.logger.error("the store could not be read", metadata: ["error": "\(error)"])
      due.note(now.addingTimeInterval(Self.retry), in: partition)
      return Fed()
    }
  }

  private func readMessages(_ partition: Partition, now: Date) async throws -> Fed {
    mailboxes.beginReading(partition)
    let messages = try await dependencies.storage.pendingMessages(in: partition, limit: Self.limit)
    return add(messages, [], of: partition, now: now)
  }

  private func readAll(_ partition: Partition, now: Date) async throws -> Fed {
    let storage = dependencies.storage
    mailboxes.beginReading(partition)
    async let pending = storage.pendingMessages(in: partition, limit: Self.limit)
    async let dueTimers = storage.dueTimers(in: partition, now: now, limit: Self.limit)
    async let dueEffects = storage.leadsWithDueEffects(in: partition, now: now, limit: Self.limit)
    async let nextTimer = storage.nextTimer(in: partition, after: now)
    async let nextEffect = storage.nextEffectDue(in: partition, after: now)
    let (messages, timers, effects) = try await (pending, dueTimers, dueEffects)
    // All is read before anything is put into a mailbox: what is there counts as known and is woken only now.
    let times = try await [nextTimer, nextEffect]
    var fed = add(messages, timers, of: partition, hasMoreTimers: timers.count == Self.limit, now: now)
    fed.effects = effects
    // More is due than was read: by then some of this is done. Timers follow as those in hand end.
    if effects.count == Self.limit { due.note(now.addingTimeInterval(Self.retry), in: partition) }
    // Each partition has one due time: what rests longer than what brought us here would be forgotten.
    for case let date? in times + [mailboxes.nextRest(in: partition)] { due.note(date, in: partition) }
    return fed
  }

  private func add(
    _ messages: [PendingMessage], _ timers: [LeadTimer], of partition: Partition, hasMoreTimers: Bool? = nil, now: Date
  ) -> Fed {
    let woken = mailboxes.add(
      messages: messages, timers: timers, of: partition, isAll: messages.count < Self.limit,
      hasMoreTimers: hasMoreTimers, now: now)
    let urgent = messages.lazy.filter(\.message.isCommand).map(\.message.leadID).filter(woken.contains)
    return Fed(leads: woken, urgent: Set(urgent))
  }
}
