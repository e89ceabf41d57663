import Synchronization

/// A monotonic clock that moves only when told to.
final class ManualTime: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration = .zero
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct State {
    var now = Instant()
    var sleepers: [(until: Instant, wake: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var now: Instant { state.withLock { $0.now } }
  var minimumResolution: Duration { .zero }
  var sleepers: Int { state.withLock { $0.sleepers.count } }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    await withCheckedContinuation { wake in
      let isPast = state.withLock { state in
        guard deadline > state.now else { return true }
        state.sleepers.append((deadline, wake))
        return false
      }
      if isPast { wake.resume() }
    }
  }

  /// Moves on where nobody sleeps.
  func move(by duration: Duration) { state.withLock { $0.now = $0.now.advanced(by: duration) } }

  /// Moves on once somebody sleeps, so that nobody can miss it.
  func advance(by duration: Duration) async throws {
    try await eventually { sleepers > 0 }
    let woken = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let now = state.now
      defer { state.sleepers.removeAll { $0.until <= now } }
      return state.sleepers.filter { $0.until <= now }.map(\.wake)
    }
    for wake in woken { wake.resume() }
  }
}

/// Lets other tasks work until something holds; gives up after 20 seconds.
func eventually(_ condition: () async -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(20)
  while await !condition() {
    guard ContinuousClock.now < deadline else { throw CancellationError() }
    try await Task.sleep(for: .milliseconds(1))
  }
}
