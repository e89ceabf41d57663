import Crypto
import Foundation
import RevOps

/// The version of a configuration: what it means, not how it is written. Comments, quotes and the order of settings
/// don't change it; the order of rules does.
enum Fingerprint {
  /// Over the policy as JSON with sorted keys.
  static func version(_ routing: RoutingPolicy, _ scoring: ScoringPolicy, _ playbook: Playbook) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let policy = Policy(version: "", routing: routing, scoring: scoring, playbook: playbook)
    // Every part is a plain value, so encoding cannot fail; if it ever did, no two such policies would be told apart.
    guard let content = try? encoder.encode(policy) else { return "" }
    return version(content)
  }

  /// The first 16 hexadecimal digits of a content's SHA-256.
  static func version(_ content: Data) -> String {
    SHA256.hash(data: content).prefix(8).map { Self.hex($0) }.joined()
  }

  private static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }
}
