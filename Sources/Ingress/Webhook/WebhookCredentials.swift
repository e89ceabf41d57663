import Crypto
import Foundation

/// A secret of Standard Webhooks: `whsec_` and base64.
public struct WebhookSecret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  let key: [UInt8]
  /// Names the credential in delivery keys without giving it away.
  let scope: String

  /// Nil for anything but `whsec_` with at least 12 bytes in base64.
  public init?(_ text: String) {
    let prefix = "whsec_"
    guard text.hasPrefix(prefix), let key = Data(base64Encoded: String(text.dropFirst(prefix.count))), key.count >= 12
    else { return nil }
    self.key = Array(key)
    scope = CredentialScope.name(of: text)
  }

  public var description: String { "(webhook secret)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Who may deliver leads. Several of a kind are active while one is rotated.
public struct WebhookCredentials: Sendable, CustomStringConvertible, CustomReflectable {
  public var secrets: [WebhookSecret]
  /// Bearer tokens for forms that can't sign.
  public var tokens: [String]

  public init(secrets: [WebhookSecret] = [], tokens: [String] = []) {
    self.secrets = secrets
    self.tokens = tokens.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { secrets.isEmpty && tokens.isEmpty }

  /// The scope of the token that was presented; every token is compared, so that time tells nothing.
  func scope(ofToken presented: String) -> String? {
    tokens.filter { BearerToken.matches(presented, $0) }.first.map(CredentialScope.name)
  }

  public var description: String { "(webhook credentials)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

enum CredentialScope {
  /// The first 12 hexadecimal digits of the credential's SHA-256: 48 bits tell credentials apart and reveal none.
  static func name(of credential: String) -> String { String(Digest256.hex(credential.utf8).prefix(12)) }
}
