import Foundation
import RevOps
import VendorAPI

/// Lets all instances together keep to what each service allows.
struct SharedLimits: Sendable {
  let limiters: any Limiters
  let now: @Sendable () -> Date

  /// How long a call has to wait for its turn among all instances. While the store is away each keeps to the rates by
  /// itself.
  var wait: @Sendable (RateLimiter.Bucket, Rate) async -> Duration {
    { bucket, rate in
      let name = bucket.scope.map { "\(bucket.rate)/\($0)" } ?? bucket.rate
      let wait = try? await limiters.reserve(name, count: rate.count, per: rate.per, now: now())
      return wait ?? .zero
    }
  }
}
