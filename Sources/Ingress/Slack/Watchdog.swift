import Synchronization

/// Gives an answer in time: the work's own, or a substitute while the work goes on.
enum Watchdog {
  /// The work is not cancelled when it is late: what it stores must be stored.
  static func answer<Value: Sendable>(
    within time: Duration, work: @escaping @Sendable () async -> Value, late: @escaping @Sendable () -> Value
  ) async -> Value {
    let once = Once<Value>()
    return await withCheckedContinuation { caller in
      once.set(caller)
      let clock = Task {
        // Cancelled as soon as the work is done: then there is nothing left to answer.
        guard (try? await Task.sleep(for: time)) != nil else { return }
        once.resume(late)
      }
      Task {
        let value = await work()
        clock.cancel()
        once.resume { value }
      }
    }
  }
}

/// A continuation that the first of several resumes.
private final class Once<Value: Sendable>: Sendable {
  private let caller = Mutex<CheckedContinuation<Value, Never>?>(nil)

  func set(_ continuation: CheckedContinuation<Value, Never>) { caller.withLock { $0 = continuation } }

  func resume(_ value: () -> Value) {
    let waiting = caller.withLock { caller in
      defer { caller = nil }
      return caller
    }
    if let waiting { waiting.resume(returning: value()) }
  }
}
