import Crypto
import Foundation

enum KeyedHash {
  /// HMAC-SHA256 in 64 hexadecimal digits.
  static func hex(_ text: String, key: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(key.utf8)))
    return code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
