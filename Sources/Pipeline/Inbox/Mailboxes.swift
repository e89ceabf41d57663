import Foundation
import RevOps
import Synchronization

/// The work waiting for each lead in this process, each piece once. The store is the truth: what is here can be lost.
final class Mailboxes: Sendable {
  enum Item: Sendable {
    case message(PendingMessage)
    case timer(LeadTimer)
  }

  fileprivate struct State {
    var items: [LeadID: [Item]] = [:]
    /// Messages and timers that are here or being worked on.
    var known: Set<String> = []
    var inHand: [Partition: Int] = [:]
    /// Partitions of which more waits in the store than was read: more messages, more timers that are due.
    var truncated: Set<Partition> = []
    var timed: Set<Partition> = []
    /// What ended while its partition was being read: the reader may still have seen it in the store.
    var endedWhileReading: [Partition: Set<String>] = [:]
    /// Leads whose work was given back to the store, with the time at which it may begin again.
    var resting: [LeadID: Date] = [:]
  }

  /// Read again when fewer than this many pieces of a truncated partition are in hand.
  private let refillBelow: Int
  private let state = Mutex(State())

  /// - Parameter limit: how many pieces of a partition are read at once.
  init(limit: Int = Feeder.limit) { refillBelow = limit / 2 }

  /// Called before the store is read for `add`.
  func beginReading(_ partition: Partition) {
    state.withLock { $0.endedWhileReading[partition] = [] }
  }

  /// Adds what was read since `beginReading` and is not known yet. Gives the leads that have something new.
  ///
  /// - Parameters:
  ///   - isAll: false if the store has more messages than were read.
  ///   - hasMoreTimers: whether the store has more timers that are due than were read; nil: they were not read.
  func add(
    messages: [PendingMessage], timers: [LeadTimer], of partition: Partition, isAll: Bool,
    hasMoreTimers: Bool? = nil, now: Date
  ) -> Set<LeadID> {
    state.withLock { state in
      let ended = state.endedWhileReading.removeValue(forKey: partition) ?? []
      var woken: Set<LeadID> = []
      for item in messages.map(Item.message) + timers.map(Item.timer) where !ended.contains(item.key) {
        if state.take(item, now: now) { woken.insert(item.lead) }
      }
      // What may begin again and is not there any more was done elsewhere.
      if isAll { state.resting = state.resting.filter { $0.key.partition != partition || $0.value > now } }
      if isAll { state.truncated.remove(partition) } else { state.truncated.insert(partition) }
      if let hasMoreTimers {
        if hasMoreTimers { state.timed.insert(partition) } else { state.timed.remove(partition) }
      }
      return woken
    }
  }

  /// Enough of the partition is in hand: it is read again when less is.
  func isFull(_ partition: Partition) -> Bool {
    state.withLock { state in
      guard state.inHand[partition, default: 0] >= refillBelow else { return false }
      state.truncated.insert(partition)
      return true
    }
  }

  func next(for lead: LeadID) -> Item? {
    state.withLock { state in
      guard var queue = state.items[lead], !queue.isEmpty else { return nil }
      let first = queue.removeFirst()
      state.items[lead] = queue.isEmpty ? nil : queue
      return first
    }
  }

  /// The work ended with a commit that took it out of the store. Gives what of the partition should be read again.
  func finished(_ item: Item) -> Feeder.Cause? {
    state.withLock { state in
      state.forget(item)
      state.endedWhileReading[item.lead.partition]?.insert(item.key)
      return state.takeRefill(item.lead.partition, below: refillBelow)
    }
  }

  /// The work stays in the store, and with it all that waits behind it for the same lead, so that the order is kept:
  /// none of it begins again before `date`.
  func putBack(_ item: Item, until date: Date) {
    state.withLock { state in
      state.forget(item)
      for waiting in state.items.removeValue(forKey: item.lead) ?? [] { state.forget(waiting) }
      state.resting[item.lead] = date
    }
  }

  /// When the first of what was given back to the store may begin again; nil: nothing rests.
  func nextRest(in partition: Partition) -> Date? {
    state.withLock { state in state.resting.filter { $0.key.partition == partition }.values.min() }
  }

  /// Forgets what waits in a partition that another instance is to have; what runs ends by itself.
  func empty(_ partition: Partition) {
    state.withLock { state in
      for (lead, items) in state.items where lead.partition == partition {
        state.items[lead] = nil
        for item in items { state.forget(item) }
      }
      state.truncated.remove(partition)
      state.timed.remove(partition)
    }
  }

  var isEmpty: Bool { state.withLock { $0.known.isEmpty } }
}

extension Mailboxes.State {
  fileprivate mutating func take(_ item: Mailboxes.Item, now: Date) -> Bool {
    let lead = item.lead
    if let date = resting[lead] {
      if date > now { return false }
      resting[lead] = nil
    }
    guard known.insert(item.key).inserted else { return false }
    items[lead, default: []].append(item)
    inHand[lead.partition, default: 0] += 1
    return true
  }

  fileprivate mutating func forget(_ item: Mailboxes.Item) {
    guard known.remove(item.key) != nil else { return }
    inHand[item.lead.partition, default: 1] -= 1
  }

  fileprivate mutating func takeRefill(_ partition: Partition, below limit: Int) -> Feeder.Cause? {
    guard inHand[partition, default: 0] < limit else { return nil }
    if timed.remove(partition) != nil { return .time }
    return truncated.remove(partition) != nil ? .arrival : nil
  }
}

extension Mailboxes.Item {
  var lead: LeadID {
    switch self {
    case .message(let pending): pending.message.leadID
    case .timer(let timer): timer.leadID
    }
  }

  /// Unique among all messages and timers: a timer's key begins with its lead's id, a message's id is a ULID.
  var key: String {
    switch self {
    case .message(let pending): pending.message.id
    case .timer(let timer): timer.key
    }
  }
}
