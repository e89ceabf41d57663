import Synchronization

/// Runs the work behind woken keys, each key one at a time, a bounded number of keys at once.
///
/// What somebody waits for goes before what only has to be done: its tasks have a higher priority, and whatever they
/// wake has it too.
///
/// The tasks live inside `run()`: cancelling it cancels them and it returns when the last has ended.
final class Crew<Key: Hashable & Sendable>: Sendable {
  private let state: Mutex<WakeSet<Key>>
  private let starts: AsyncStream<WakeSet<Key>.Start>
  private let startsContinuation: AsyncStream<WakeSet<Key>.Start>.Continuation
  private let work: @Sendable (Key) async -> Void

  init(limit: Int, work: @escaping @Sendable (Key) async -> Void) {
    state = Mutex(WakeSet(limit: limit))
    (starts, startsContinuation) = AsyncStream.makeStream()
    self.work = work
  }

  /// - Parameter urgent: unless said otherwise, whether the waking task is itself work that somebody waits for.
  func wake(_ key: Key, urgent: Bool = TaskPriority.isSomebodyWaiting) {
    if let start = state.withLock({ $0.wake(key, urgent: urgent) }) { begin(start) }
  }

  /// Told to stop just now, nobody begins it any more: without this it would count as running for ever.
  private func begin(_ start: WakeSet<Key>.Start) {
    if case .terminated = startsContinuation.yield(start) { state.withLock { _ = $0.finished(start.key) } }
  }

  var isIdle: Bool { state.withLock { $0.isIdle } }
  var runningCount: Int { state.withLock { $0.runningCount } }
  var running: Set<Key> { state.withLock { $0.running } }

  /// Ends when cancelled, or after `stop()` when what runs has ended.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await start in starts {
        group.addTask(priority: start.isUrgent ? .high : .utility) {
          await self.work(start.key)
          if let next = self.state.withLock({ $0.finished(start.key) }) { self.begin(next) }
        }
      }
    }
  }

  /// Starts nothing more.
  func stop() {
    state.withLock { $0.stop() }
    startsContinuation.finish()
  }
}

extension TaskPriority {
  /// Whether the current task does what somebody waits for.
  static var isSomebodyWaiting: Bool { Task.currentPriority >= .high }
}
