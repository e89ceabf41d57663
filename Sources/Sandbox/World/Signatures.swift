import Crypto
import Foundation

/// The signatures that Slack, HubSpot and a web form put on what they send.
public enum Signatures {
  /// Slack's v0: HMAC-SHA256 over `v0:timestamp:body`, in lower-case hex (docs.slack.dev, "verifying requests").
  public static func slack(secret: String, timestamp: String, body: Data) -> String {
    var signed = Data("v0:\(timestamp):".utf8)
    signed.append(body)
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Data(secret.utf8)))
    return "v0=" + code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// HubSpot's v3: HMAC-SHA256 over method, address, body and timestamp, in base64.
  public static func hubSpot(secret: String, method: String, address: String, timestamp: String, body: Data) -> String {
    var signed = Data((method + address).utf8)
    signed.append(body)
    signed.append(Data(timestamp.utf8))
    return base64(signed, key: Data(secret.utf8))
  }

  /// Standard Webhooks v1: HMAC-SHA256 over `id.timestamp.body`, keyed with the base64 behind `whsec_`.
  ///
  /// - Returns: nil where the secret is none of that form.
  public static func standardWebhook(secret: String, id: String, timestamp: String, body: Data) -> String? {
    guard secret.hasPrefix("whsec_"), let key = Data(base64Encoded: String(secret.dropFirst(6))) else { return nil }
    var signed = Data("\(id).\(timestamp).".utf8)
    signed.append(body)
    return "v1," + base64(signed, key: key)
  }

  private static func base64(_ message: Data, key: Data) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))
    return Data(code).base64EncodedString()
  }
}
