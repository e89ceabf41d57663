import Foundation

/// Where an interaction can be answered, five times within 30 minutes. Whoever has it can post as the app: it never
/// shows itself in a log.
public struct ResponseURL: Sendable, Hashable, Codable, CustomStringConvertible, CustomReflectable {
  /// Why an address is not called, although it came in a signed payload.
  public enum Refusal: Error, Sendable, Equatable {
    case malformed
    case notHTTPS
    case foreignHost
  }

  /// The address itself, for storing.
  public let address: String

  public init(_ address: String) { self.address = address }

  public var description: String { "(response_url)" }
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// The address to call: https on Slack's host for them, or the very origin of the API, which is what stand-ins use.
  public func callable(apiURL: String) throws(Refusal) -> String {
    guard let target = Origin(strict: address) else { throw .malformed }
    if let api = Origin(strict: apiURL), api == target { return address }
    guard target.scheme == "https" else { throw .notHTTPS }
    guard target.host == "hooks.slack.com", target.port == 443 else { throw .foreignHost }
    return address
  }
}

/// Scheme, host and port of an address about which no two parsers can disagree.
private struct Origin: Equatable {
  var scheme: String
  var host: String
  var port: Int

  /// Nil for anything but plain ASCII without spaces, backslashes, user names or fragments.
  init?(strict url: String) {
    let isPlain = url.utf8.allSatisfy { (0x21...0x7E).contains($0) && !#"\@#"<>^`{|}"#.utf8.contains($0) }
    guard isPlain, let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), url.lowercased().hasPrefix(scheme + "://"),
      parts.user == nil, parts.password == nil, let host = parts.host?.lowercased(), !host.isEmpty
    else { return nil }
    self.scheme = scheme
    self.host = host
    port = parts.port ?? (scheme == "https" ? 443 : 80)
  }
}
