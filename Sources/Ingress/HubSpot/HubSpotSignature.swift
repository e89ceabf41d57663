import Crypto
import Foundation

/// HubSpot's signature, version 3: HMAC-SHA256 over method, whole address, body and timestamp, in base64 (HubSpot,
/// "Validating requests"). Versions 1 and 2, which come beside it, leave out the time and are never looked at.
struct HubSpotSignature {
  /// Milliseconds by which a timestamp may differ from now, both ways.
  static let tolerance = 300_000.0

  let code: [UInt8]
  /// As the header has it: a number read and written again may look otherwise.
  let timestamp: String

  /// Nil when a header is missing, sent twice, or not of its form.
  init?(_ request: IncomingRequest) {
    guard let signature = request.only("x-hubspot-signature-v3"),
      let timestamp = request.only("x-hubspot-request-timestamp"),
      let code = Data(base64Encoded: signature), code.count == 32
    else { return nil }
    self.code = Array(code)
    self.timestamp = timestamp
  }

  func holds(method: String, address: String, body: [UInt8], secret: String, now: Date) -> Bool {
    var hmac = HMAC<SHA256>(key: SymmetricKey(data: Data(secret.utf8)))
    hmac.update(data: Data((method + Self.decoded(address)).utf8))
    hmac.update(data: body)
    hmac.update(data: Data(timestamp.utf8))
    // Comparing an authentication code takes constant time.
    let matches = hmac.finalize() == code
    return matches && isTimely(now)
  }

  /// Digits only; 15 of them cannot overflow.
  private func isTimely(_ now: Date) -> Bool {
    guard (1...15).contains(timestamp.utf8.count), timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let milliseconds = Double(timestamp)
    else { return false }
    return abs(now.timeIntervalSince1970 * 1_000 - milliseconds) <= Self.tolerance
  }

  /// Those that HubSpot decodes before it signs; every other escape stays.
  private static let escapes: [String: Character] = [
    "3A": ":", "2F": "/", "3F": "?", "40": "@", "21": "!", "24": "$", "27": "'", "28": "(", "29": ")", "2A": "*",
    "2C": ",", "3B": ";",
  ]

  /// One pass: what a decoded sign makes of its neighbours is not decoded again.
  static func decoded(_ address: String) -> String {
    var result = ""
    var rest = address[...]
    while let sign = rest.first {
      let code = rest.dropFirst().prefix(2).uppercased()
      if sign == "%", let plain = escapes[code] {
        result.append(plain)
        rest = rest.dropFirst(3)
      } else {
        result.append(sign)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
