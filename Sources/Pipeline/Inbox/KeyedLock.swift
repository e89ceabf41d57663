import Synchronization

/// One holder per key at a time, the others in the order they came, those first for whom somebody waits. For steps that must not interleave within this
/// process; what several instances must agree on is settled by the store.
final class KeyedLock: Sendable {
  private struct State {
    var held: Set<String> = []
    var waiting: [String: [Waiter]] = [:]
  }

  private struct Waiter {
    var continuation: CheckedContinuation<Void, Never>
    var isUrgent: Bool
  }

  private let state = Mutex(State())

  func withLock<Value: Sendable, Failure: Error>(
    _ key: String, _ work: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    await acquire(key)
    defer { release(key) }
    return try await work()
  }

  private func acquire(_ key: String) async {
    let isUrgent = TaskPriority.isSomebodyWaiting
    await withCheckedContinuation { continuation in
      let free = state.withLock { state in
        if state.held.insert(key).inserted { return true }
        var queue = state.waiting[key] ?? []
        let place = isUrgent ? queue.firstIndex { !$0.isUrgent } ?? queue.count : queue.count
        queue.insert(Waiter(continuation: continuation, isUrgent: isUrgent), at: place)
        state.waiting[key] = queue
        return false
      }
      if free { continuation.resume() }
    }
  }

  private func release(_ key: String) {
    let next: CheckedContinuation<Void, Never>? = state.withLock { state in
      guard var queue = state.waiting[key], !queue.isEmpty else {
        state.held.remove(key)
        state.waiting[key] = nil
        return nil
      }
      let first = queue.removeFirst()
      state.waiting[key] = queue.isEmpty ? nil : queue
      return first.continuation
    }
    next?.resume()
  }
}
