import Synchronization

/// Runs the work behind woken keys, each key one at a time, a bounded number of keys at once.
///
/// The tasks live inside `run()`: cancelling it cancels them and it returns when the last has ended.
final class Crew<Key: Hashable & Sendable>: Sendable {
  private let state: Mutex<WakeSet<Key>>
  private let starts: AsyncStream<Key>
  private let startsContinuation: AsyncStream<Key>.Continuation
  private let work: @Sendable (Key) async -> Void

  init(limit: Int, work: @escaping @Sendable (Key) async -> Void) {
    state = Mutex(WakeSet(limit: limit))
    (starts, startsContinuation) = AsyncStream.makeStream()
    self.work = work
  }

  func wake(_ key: Key) {
    if let start = state.withLock({ $0.wake(key) }) { startsContinuation.yield(start) }
  }

  var isIdle: Bool { state.withLock { $0.isIdle } }
  var runningCount: Int { state.withLock { $0.runningCount } }
  var running: Set<Key> { state.withLock { $0.running } }

  /// Ends when cancelled, or after `stop()` when what runs has ended.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await key in starts {
        group.addTask {
          await self.work(key)
          if let next = self.state.withLock({ $0.finished(key) }) { self.startsContinuation.yield(next) }
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
