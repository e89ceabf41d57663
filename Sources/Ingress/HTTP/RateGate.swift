import Foundation
import Synchronization

/// Token buckets for deliveries: one for everybody, one for each address and credential.
final class RateGate: Sendable {
  private struct Bucket {
    var tokens: Double
    var at: Date
  }

  /// Sources remembered at once; beyond it those that are full again are forgotten, so that addresses cannot fill memory.
  private static let most = 10_000

  private let limits: IngressLimits
  private let buckets = Mutex<[String: Bucket]>([:])

  init(_ limits: IngressLimits) { self.limits = limits }

  /// Takes a token from the common bucket and the peer's; refuses with the seconds after which there is one.
  func admit(peer: String, now: Date) throws(Problem) {
    try take("all", limits.allLeads, now)
    try take("peer " + peer, limits.leadsOfOne, now)
  }

  func admit(credential: String, now: Date) throws(Problem) {
    try take("credential " + credential, limits.leadsOfOne, now)
  }

  private func take(_ name: String, _ rate: IngressLimits.Rate, _ now: Date) throws(Problem) {
    let wait: Double = buckets.withLock { buckets in
      if buckets.count >= Self.most { Self.forgetFull(&buckets, rate, now) }
      var bucket = buckets[name] ?? Bucket(tokens: rate.burst, at: now)
      let elapsed = max(0, now.timeIntervalSince(bucket.at))
      bucket.tokens = min(rate.burst, bucket.tokens + elapsed * rate.perSecond)
      bucket.at = max(bucket.at, now)
      let wait = bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / rate.perSecond
      if wait == 0 { bucket.tokens -= 1 }
      buckets[name] = bucket
      return wait
    }
    if wait > 0 { throw .tooMany(retryAfter: Int(wait.rounded(.up))) }
  }

  private static func forgetFull(_ buckets: inout [String: Bucket], _ rate: IngressLimits.Rate, _ now: Date) {
    buckets = buckets.filter { $0.value.tokens + now.timeIntervalSince($0.value.at) * rate.perSecond < rate.burst }
  }
}
