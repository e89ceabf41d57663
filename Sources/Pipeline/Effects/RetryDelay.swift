import RevOps

/// When to try again: capped exponential backoff with full jitter (AWS Architecture Blog, "Exponential Backoff And
/// Jitter", 2015), never sooner than a service asked for.
struct RetryDelay: Sendable {
  /// Longest wait before a try that nobody asked to delay.
  static let cap: Duration = .seconds(120)
  /// The longest for a card: no longer than Slack is left alone when it does not answer, and soon one asks for all of
  /// its channel.
  static let cardCap: Duration = .seconds(15)
  static let base: Duration = .milliseconds(400)

  /// `attempts`: how many have failed, 1 or more. `random` in 0..<1.
  static func next(after error: ServiceError, attempts: Int, random: Double) -> Duration {
    let ceiling = min(cap, base * (1 << min(max(attempts, 1), 16)))
    let jittered = ceiling * random
    guard case .later(let asked) = error.retry else { return max(.milliseconds(50), jittered) }
    return asked + min(.seconds(2), asked * 0.1) * random
  }
}
