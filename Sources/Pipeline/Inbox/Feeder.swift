import Foundation
import Logging
import RevOps

/// Brings a partition's waiting work from the store to the mailboxes.
struct Feeder: Sendable {
  /// Pieces of work read at once; more waits in the store.
  static let limit = 500
  /// What is due already hides what is due later; it is looked past after this long.
  static let secondLook: TimeInterval = 1

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

  /// The leads with something to do. A partition without a lease is left alone:
  /// it is read when the lease is taken.
  func feed(_ partition: Partition) async -> Fed {
    guard leases[partition] != nil else { return Fed() }
    let now = dependencies.now()
    do {
      return try await read(partition, now: now)
    } catch {
      dependencies.logger.error("the store could not be read", metadata: ["error": "\(error)"])
      due.note(now.addingTimeInterval(1), in: partition)
      return Fed()
    }
  }

  private func read(_ partition: Partition, now: Date) async throws -> Fed {
    let storage = dependencies.storage
    mailboxes.beginReading(partition)
    async let pending = storage.pendingMessages(in: partition, limit: Self.limit)
    async let dueTimers = storage.dueTimers(in: partition, now: now, limit: Self.limit)
    async let dueEffects = storage.leadsWithDueEffects(in: partition, now: now, limit: Self.limit)
    let (messages, timers, effects) = try await (pending, dueTimers, dueEffects)
    let woken = mailboxes.add(
      messages: messages, timers: timers, of: partition,
      isAll: messages.count < Self.limit && timers.count < Self.limit, now: now)
    note(try await storage.nextTimer(in: partition), in: partition, now: now)
    note(try await storage.nextEffectDue(in: partition), in: partition, now: now)
    let urgent = messages.lazy.filter(\.message.body.isCommand).map(\.message.leadID).filter(woken.contains)
    return Fed(leads: woken, urgent: Set(urgent), effects: effects)
  }

  private func note(_ next: Date?, in partition: Partition, now: Date) {
    guard let next else { return }
    due.note(next > now ? next : now.addingTimeInterval(Self.secondLook), in: partition)
  }
}

extension InboxMessage.Body {
  /// Whether somebody acted and looks at what comes of it.
  var isCommand: Bool {
    if case .command = self { true } else { false }
  }
}
