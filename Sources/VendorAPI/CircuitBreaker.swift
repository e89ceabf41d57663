import Synchronization

/// Lets a service rest that has stopped answering: after several failures in a row no call is made for a while, then one
/// to see whether it is back. Whoever waits for it learns so at once instead of after a time-out, and a service that
/// comes up is not met by everything that has gathered (M. Nygard, "Release It!", 2007, ch. 5).
///
/// A failure is no answer, a 5xx, or an answer that nobody could wait for. A refusal (4xx) is an answer.
public final class CircuitBreaker: Sendable {
  public struct Settings: Sendable {
    /// Failures in a row until it rests. Fewer would let one bad record rest a service that works.
    public var failures = 5
    /// The first rest; each failed look doubles it.
    public var firstRest: Duration = .seconds(2)
    public var longestRest: Duration = .seconds(15)
    /// A call that was given up after so long counts as failed; one that was given up sooner says nothing.
    public var patience: Duration = .seconds(3)

    public init() {}
  }

  /// What a caller may do.
  enum Admission: Equatable {
    case go
    /// The one call that finds out whether the service is back.
    case look
    case rest(Duration)
  }

  private enum State {
    case closed(failures: Int)
    case open(until: Duration, rest: Duration)
    case looking(rest: Duration)
  }

  private let settings: Settings
  private let now: @Sendable () -> Duration
  private let state = Mutex(State.closed(failures: 0))

  /// - Parameter clock: must be monotonic.
  public init<C: Clock>(_ settings: Settings = Settings(), clock: C = ContinuousClock()) where C.Duration == Duration {
    self.settings = settings
    let start = clock.now
    now = { start.duration(to: clock.now) }
  }

  /// Whether calls are held back now.
  public var isOpen: Bool {
    state.withLock { if case .closed = $0 { false } else { true } }
  }

  func admit() -> Admission {
    state.withLock { state in
      switch state {
      case .closed: return .go
      case .looking(let rest): return .rest(rest)
      case .open(let until, let rest):
        let left = until - now()
        guard left <= .zero else { return .rest(left) }
        state = .looking(rest: rest)
        return .look
      }
    }
  }

  /// The service answered, whatever it said. True: it is back.
  func answered() -> Bool {
    state.withLock { state in
      defer { state = .closed(failures: 0) }
      if case .closed = state { return false }
      return true
    }
  }

  /// True: it begins to rest.
  func failed(_ admission: Admission) -> Bool {
    state.withLock { state in
      switch state {
      case .closed(let failures) where failures + 1 < settings.failures:
        state = .closed(failures: failures + 1)
        return false
      case .closed:
        state = .open(until: now() + settings.firstRest, rest: settings.firstRest)
        return true
      case .looking(let rest) where admission == .look:
        let longer = min(rest * 2, settings.longestRest)
        state = .open(until: now() + longer, rest: longer)
        return false
      // Begun before it rested: nothing new.
      case .looking, .open:
        return false
      }
    }
  }

  /// The call ended before anything could be learned. The next one may look.
  func learnedNothing(_ admission: Admission) {
    guard admission == .look else { return }
    state.withLock { state in
      if case .looking(let rest) = state { state = .open(until: now(), rest: rest) }
    }
  }

  /// Whether a call that ended so, after so long, counts as failed; nil: it says nothing.
  func isFailure(_ error: TransportError, after time: Duration) -> Bool? {
    switch error.cause {
    case .couldNotResolve, .couldNotConnect, .tlsFailed, .timedOut, .interrupted: true
    case .cancelled: time >= settings.patience ? true : nil
    case .answerTooLarge: false
    case .invalidRequest, .shutDown, .resting: nil
    }
  }
}
