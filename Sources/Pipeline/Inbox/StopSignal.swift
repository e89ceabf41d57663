import Synchronization

/// Says once and for all that nothing more is to be started.
final class StopSignal: Sendable {
  private let given = Mutex(false)

  func give() { given.withLock { $0 = true } }
  var isGiven: Bool { given.withLock { $0 } }
}
