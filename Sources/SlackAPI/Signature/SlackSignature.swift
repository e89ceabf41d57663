import Crypto
import Foundation

/// Slack's request signature, version `v0`: HMAC-SHA256 over `v0:TIMESTAMP:BODY`, keyed with the app's signing secret.
///
/// Source: docs.slack.dev, authentication/verifying-requests-from-slack.
public enum SlackSignature {
  public enum Verdict: Sendable, Equatable {
    case valid
    case rejected(Reason)
  }

  /// For counters and logs only: the caller's answer is the same for all of them.
  public enum Reason: String, Sendable, CaseIterable {
    case noSecret
    case missingTimestamp
    case malformedTimestamp
    case staleTimestamp
    case missingSignature
    case malformedSignature
    case wrongSignature
  }

  /// Seconds by which a timestamp may differ from now, both ways: a stamp from the future would stay replayable.
  public static let tolerance = 300

  /// Judges a request by its two headers and the bytes of its body as received.
  ///
  /// Several secrets are active while one is rotated; all are tried, always, so that the time taken tells neither
  /// which one matched nor which check failed. An empty secret never matches anything.
  public static func verify(
    secrets: [String], timestamp: String?, signature: String?, body: some DataProtocol, now: Date
  ) -> Verdict {
    let claimed = signature.flatMap(digest(from:))
    let authentic = isAuthentic(
      claimed ?? [UInt8](repeating: 0, count: 32), secrets: secrets, timestamp: timestamp ?? "", body: body)
    guard secrets.contains(where: { !$0.isEmpty }) else { return .rejected(.noSecret) }
    if let fault = fault(inTimestamp: timestamp, now: now) { return .rejected(fault) }
    guard signature != nil else { return .rejected(.missingSignature) }
    guard claimed != nil else { return .rejected(.malformedSignature) }
    return authentic ? .valid : .rejected(.wrongSignature)
  }

  private static func isAuthentic(
    _ claimed: [UInt8], secrets: [String], timestamp: String, body: some DataProtocol
  ) -> Bool {
    var found = false
    for secret in secrets where !secret.isEmpty {
      var hmac = HMAC<SHA256>(key: SymmetricKey(data: Data(secret.utf8)))
      hmac.update(data: Data("v0:\(timestamp):".utf8))
      hmac.update(data: body)
      // The comparison of two authentication codes takes constant time.
      let matches = hmac.finalize() == claimed
      found = found || matches
    }
    return found
  }

  /// Whole seconds in ASCII digits only: no sign, no space, no fraction, no digits of other scripts.
  private static func fault(inTimestamp text: String?, now: Date) -> Reason? {
    guard let text, !text.isEmpty else { return .missingTimestamp }
    // Fifteen digits reach the year 31,690,708 and can't overflow.
    guard text.utf8.count <= 15, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int(text) else {
      return .malformedTimestamp
    }
    return abs(now.timeIntervalSince1970 - Double(seconds)) <= Double(tolerance) ? nil : .staleTimestamp
  }

  /// The 32 bytes of `v0=` and exactly 64 lower-case hexadecimal digits.
  private static func digest(from signature: String) -> [UInt8]? {
    guard signature.hasPrefix("v0="), signature.utf8.count == 67 else { return nil }
    let digits = signature.utf8.dropFirst(3).map(value(ofHexDigit:))
    guard !digits.contains(nil) else { return nil }
    let nibbles = digits.compactMap { $0 }
    return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
  }

  private static func value(ofHexDigit byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
