import Foundation

/// A text as it may be read by software though people would not read it so: letters of other alphabets that look alike,
/// letters set apart, base64, ROT13, character references. Linear in the length.
enum DisguisedText {
  /// The text itself comes first.
  static func readings(of text: String) -> [String] {
    var readings = [text, rotated(text)]
    let plain = HTMLEntities.decode(text)
    if plain != text { readings.append(plain) }
    let latin = String(String.UnicodeScalarView(text.unicodeScalars.map { lookAlikes[$0] ?? $0 }))
    if latin != text { readings.append(latin) }
    if let joined = joined(text) { readings.append(joined) }
    return readings + encoded(in: text)
  }

  private static func rotated(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0x41...0x5a: Unicode.Scalar(UInt8((scalar.value - 0x41 + 13) % 26 + 0x41))
          case 0x61...0x7a: Unicode.Scalar(UInt8((scalar.value - 0x61 + 13) % 26 + 0x61))
          default: scalar
          }
        }))
  }

  /// Cyrillic and Greek letters that nobody can tell from Latin ones.
  private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s", "ј": "j", "ԁ": "d",
    "һ": "h", "ո": "n", "ӏ": "l", "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P",
    "С": "C", "Т": "T", "Х": "X", "І": "I", "Ѕ": "S", "ο": "o", "α": "a", "ν": "v", "ι": "i", "ρ": "p", "Ι": "I",
    "Ο": "O", "Α": "A", "Ε": "E", "Ν": "N", "Τ": "T", "Ρ": "P", "ɡ": "g", "ı": "i",
  ]

  /// `i g n o r e`; nil: nothing is written so.
  private static func joined(_ text: String) -> String? {
    let pieces = text.split { $0.isWhitespace || ".-_*|".contains($0) }
    var joined = ""
    var run = 0
    var longest = 0
    for piece in pieces {
      run = piece.count == 1 ? run + 1 : 0
      longest = max(longest, run)
      if run <= 1 { joined += " " }
      joined += piece
    }
    return longest >= 8 ? joined : nil
  }

  private static func encoded(in text: String) -> [String] {
    let isDigit = { (character: Character) in
      character.isASCII && (character.isLetter || character.isNumber || "+/-_=".contains(character))
    }
    return text.split { !isDigit($0) }.filter { $0.count >= 20 }.prefix(20).compactMap { piece in
      let plain = piece.replacing("-", with: "+").replacing("_", with: "/").prefix { $0 != "=" }
      let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
      return Data(base64Encoded: String(padded)).flatMap { String(validating: $0, as: UTF8.self) }
    }
  }
}
