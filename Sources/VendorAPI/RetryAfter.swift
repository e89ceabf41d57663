import Foundation

/// Reads `Retry-After` (RFC 9110 §10.2.3): whole seconds or an HTTP date. Anything else is nothing, and what a service
/// asks for is bounded, so that no answer can make a worker spin or sleep for days.
public enum RetryAfter {
  public static let bounds: ClosedRange<Duration> = .seconds(1) ... .seconds(3600)

  /// Nil when the header is missing or not well-formed.
  public static func wait(in response: VendorResponse, now: Date) -> Duration? {
    response.header("Retry-After").flatMap { wait($0, now: now) }
  }

  public static func wait(_ value: String, now: Date) -> Duration? {
    if let seconds = wholeSeconds(value) { return clamp(.seconds(seconds)) }
    // Far off dates are clamped before they become an integer.
    return HTTPDate.parse(value).map { date in
      clamp(.seconds(max(0, min(date.timeIntervalSince(now), 3600))))
    }
  }

  /// Digits only: no sign, no fraction, no blank. More than fits is the upper bound.
  private static func wholeSeconds(_ value: String) -> Int? {
    guard !value.isEmpty, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return min(Int(value) ?? .max, 3600)
  }

  private static func clamp(_ duration: Duration) -> Duration {
    min(max(duration, bounds.lowerBound), bounds.upperBound)
  }
}
