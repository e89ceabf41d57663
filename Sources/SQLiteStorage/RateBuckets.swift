import Foundation

/// Token buckets as the generic cell rate algorithm: of a bucket only the moment is kept at which it will be full again.
///
/// They live in memory: one instance works on this store, and a bucket that is full after a restart lets at most one
/// burst through too early, which the services' own limits bear.
struct RateBuckets: Sendable {
  private var fullAt: [String: Date] = [:]

  /// Takes one of `count` tokens that refill evenly over `period`: how long to wait until it is there.
  mutating func reserve(_ bucket: String, count: Int, per period: Duration, now: Date) -> Duration {
    guard count > 0 else { return .zero }
    let seconds = period.seconds
    let full = max(fullAt[bucket] ?? now, now).addingTimeInterval(seconds / Double(count))
    fullAt[bucket] = full
    let wait = full.timeIntervalSince(now) - seconds
    // Half a microsecond is what sums of doubles may be off; it is no wait.
    return wait > 5e-7 ? .seconds(wait) : .zero
  }
}
