/// How long to wait before trying again: any time between nothing and a ceiling that doubles with each attempt.
///
/// The whole span is random ("full jitter") so that callers who failed together do not come back together.
public struct Backoff: Sendable, Equatable {
  /// The ceiling after the first failure.
  public var base: Duration
  public var cap: Duration

  public init(base: Duration = .milliseconds(250), cap: Duration = .seconds(60)) {
    self.base = base
    self.cap = cap
  }

  /// The longest wait after so many failures (1 is the first).
  public func ceiling(afterFailures count: Int) -> Duration {
    var ceiling = base
    var left = count - 1
    while left > 0 && ceiling < cap && ceiling > .zero {
      ceiling *= 2
      left -= 1
    }
    return min(ceiling, cap)
  }

  public func delay(afterFailures count: Int, using random: inout some RandomNumberGenerator) -> Duration {
    ceiling(afterFailures: count) * Double.random(in: 0...1, using: &random)
  }
}
