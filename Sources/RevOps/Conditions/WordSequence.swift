/// The words of a folded text as one run of bytes, each word between two blanks, so that a phrase of whole words is
/// found by plain search.
///
/// Anything that is no letter, digit or mark separates words. In scripts that are written without spaces each character
/// counts as a word, which makes a search there one for a substring.
struct WordSequence: Sendable {
  private let bytes: [UInt8]

  init(folded text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 2)
    for scalar in text.unicodeScalars { Self.append(scalar, to: &bytes) }
    if let last = bytes.last, last != Self.blank { bytes.append(Self.blank) }
    self.bytes = bytes
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Whether `phrase` occurs in it; no phrase at all occurs nowhere.
  func contains(_ phrase: WordSequence) -> Bool {
    let (text, sought) = (bytes, phrase.bytes)
    guard !sought.isEmpty, sought.count <= text.count else { return false }
    for start in 0...(text.count - sought.count) where text[start] == Self.blank {
      var matched = 1
      while matched < sought.count, text[start + matched] == sought[matched] { matched += 1 }
      if matched == sought.count { return true }
    }
    return false
  }

  private static let blank = UInt8(ascii: " ")

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    guard isPartOfWord(scalar) else { return separate(&bytes) }
    if isSpaceless(scalar) {
      separate(&bytes)
      if bytes.isEmpty { bytes.append(blank) }
      bytes.append(contentsOf: Array(String(scalar).utf8))
      bytes.append(blank)
    } else {
      if bytes.isEmpty { bytes.append(blank) }
      if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else {
        bytes.append(contentsOf: Array(String(scalar).utf8))
      }
    }
  }

  private static func separate(_ bytes: inout [UInt8]) {
    if let last = bytes.last, last != blank { bytes.append(blank) }
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isASCIILetterOrDigit(UInt8(scalar.value)) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default:
      return false
    }
  }

  private static func isASCIILetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// Thai, Lao, Tibetan, Myanmar, Khmer; kana, bopomofo and Han with their extensions (Unicode blocks).
  private static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x312F, 0x31A0...0x31BF,
      0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x1B000...0x1B16F, 0x20000...0x323AF:
      true
    default: false
    }
  }
}
