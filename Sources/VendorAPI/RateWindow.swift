/// Decides when the next call under one rate may go. Plain arithmetic: the time is passed in, as the span since some
/// fixed moment of a monotonic clock.
///
/// It remembers when the last `count` calls went, so that *no* stretch of `per` ever holds more than `count` of them.
/// A bucket that refills steadily would let almost twice as many through in the first stretch, which services that
/// count over a rolling window (HubSpot does) answer with 429.
struct RateWindow {
  private let rate: Rate?
  /// Times of the last calls, a ring once `count` are remembered.
  private var times: [Duration] = []
  private var oldest = 0
  private var pausedUntil: Duration?

  /// Without a rate only pauses hold calls back. A count below one is read as one: a bucket that never opens would
  /// be a dead service.
  init(_ rate: Rate?) {
    self.rate = rate.map { Rate(count: max(1, $0.count), per: $0.per) }
  }

  /// How long until a call may go; zero or less: now.
  func wait(at now: Duration) -> Duration { max(waitForPause(at: now), waitForRate(at: now)) }

  /// Counts a call that goes now.
  mutating func take(at now: Duration) {
    guard let rate else { return }
    if times.count < rate.count {
      times.append(now)
    } else {
      times[oldest] = now
      oldest = (oldest + 1) % rate.count
    }
  }

  /// Lets no call go for so long. A pause that ends earlier than the present one changes nothing.
  mutating func pause(for duration: Duration, at now: Duration) {
    pausedUntil = max(pausedUntil ?? now, now + duration)
  }

  /// Nothing in it can hold a call back any more: the same as a new one.
  func isFresh(at now: Duration) -> Bool {
    guard waitForPause(at: now) <= .zero else { return false }
    guard let rate, let last = latest else { return true }
    return last + rate.per <= now
  }

  private var latest: Duration? {
    guard let rate, !times.isEmpty else { return nil }
    return times.count < rate.count ? times.last : times[(oldest + rate.count - 1) % rate.count]
  }

  /// How long the present pause lasts; zero or less: there is none.
  func waitForPause(at now: Duration) -> Duration { pausedUntil.map { $0 - now } ?? .zero }

  private func waitForRate(at now: Duration) -> Duration {
    guard let rate, times.count == rate.count else { return .zero }
    return times[oldest] + rate.per - now
  }
}
