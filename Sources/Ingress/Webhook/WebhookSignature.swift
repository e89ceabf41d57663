import Crypto
import Foundation

/// The symmetric scheme of Standard Webhooks (standardwebhooks.com, version 1): HMAC-SHA256 over `ID.TIMESTAMP.BODY`,
/// in `webhook-signature` as a list of `v1,BASE64` with blanks between.
struct WebhookSignature {
  /// Seconds by which a timestamp may differ from now, both ways.
  static let tolerance = 300.0
  /// Signatures of one request that are looked at; a rotation needs two.
  static let most = 16

  let id: String
  let timestamp: String
  let signatures: [[UInt8]]

  /// Nil when a header is missing, sent twice, or not of its form.
  init?(_ request: IncomingRequest) {
    guard let id = request.only("webhook-id"), let timestamp = request.only("webhook-timestamp"),
      let list = request.only("webhook-signature"), !id.isEmpty
    else { return nil }
    let parts = list.split(separator: " ")
    guard !parts.isEmpty, parts.count <= Self.most else { return nil }
    self.id = id
    self.timestamp = timestamp
    signatures = parts.compactMap(Self.code)
  }

  /// Other versions (`v1a` is asymmetric) are passed over.
  private static func code(_ part: Substring) -> [UInt8]? {
    let halves = part.split(separator: ",", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0] == "v1", let code = Data(base64Encoded: String(halves[1])), code.count == 32
    else { return nil }
    return Array(code)
  }

  /// The scope of the secret that signed this body; nil: none of them did, or not now. Every secret is tried with every
  /// signature, so that the time taken tells neither which matched nor what was wrong.
  func signer(of body: [UInt8], among secrets: [WebhookSecret], now: Date) -> String? {
    var found: String?
    for secret in secrets {
      var hmac = HMAC<SHA256>(key: SymmetricKey(data: secret.key))
      hmac.update(data: Data("\(id).\(timestamp).".utf8))
      hmac.update(data: body)
      let expected = hmac.finalize()
      // Comparing an authentication code takes constant time.
      let matches = signatures.reduce(false) { $1 == expected || $0 }
      if matches && found == nil { found = secret.scope }
    }
    return isTimely(now) ? found : nil
  }

  /// Whole seconds in ASCII digits only; 15 of them cannot overflow.
  private func isTimely(_ now: Date) -> Bool {
    guard (1...15).contains(timestamp.utf8.count), timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let seconds = Int(timestamp)
    else { return false }
    return abs(now.timeIntervalSince1970 - Double(seconds)) <= Self.tolerance
  }
}

private func == (left: [UInt8], right: HMAC<SHA256>.MAC) -> Bool { right == left }
