import Crypto
import Foundation

/// Checks `Authorization: Bearer`.
enum BearerToken {
  /// The token of a request that has exactly one; the scheme is compared without case (RFC 9110 §11.1).
  static func presented(by request: IncomingRequest) -> String? {
    guard let header = request.only("authorization") else { return nil }
    let parts = header.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return parts[1]
  }

  /// Takes the same time for every wrong token: digests of equal length are compared, in constant time.
  static func matches(_ presented: String, _ expected: String) -> Bool {
    SHA256.hash(data: Data(presented.utf8)) == SHA256.hash(data: Data(expected.utf8))
  }
}

/// Hexadecimal digests.
enum Digest256 {
  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    SHA256.hash(data: Data(bytes)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
