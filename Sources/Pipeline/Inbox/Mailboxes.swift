import RevOps
import Synchronization

/// The work waiting for each lead in this process, each piece once. The store is the truth: what is here can be lost.
final class Mailboxes: Sendable {
  enum Item: Sendable {
    case message(PendingMessage)
    case timer(LeadTimer)
  }

  private struct State {
    var items: [LeadID: [Item]] = [:]
    /// Messages and timers that are here or being worked on.
    var known: Set<String> = []
  }

  private let state = Mutex(State())

  /// Adds what is not known yet. Gives the leads that have something new.
  func add(messages: [PendingMessage], timers: [LeadTimer]) -> Set<LeadID> {
    state.withLock { state in
      var woken: Set<LeadID> = []
      for pending in messages where state.known.insert(pending.message.id).inserted {
        state.items[pending.message.leadID, default: []].append(.message(pending))
        woken.insert(pending.message.leadID)
      }
      for timer in timers where state.known.insert(timer.key).inserted {
        state.items[timer.leadID, default: []].append(.timer(timer))
        woken.insert(timer.leadID)
      }
      return woken
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

  /// Done, or given back to the store: the same key may come again.
  func forget(_ item: Item) {
    state.withLock { state in
      switch item {
      case .message(let pending): _ = state.known.remove(pending.message.id)
      case .timer(let timer): _ = state.known.remove(timer.key)
      }
    }
  }

  var isEmpty: Bool { state.withLock { $0.known.isEmpty } }
}
