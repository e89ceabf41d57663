import Foundation

/// How Baton compares text: compatibility forms unified (NFKC), case folded, diacritics removed. `ﬁ`, `Straße`,
/// `ÉCLAIR` and `İstanbul` become `fi`, `strasse`, `eclair` and `istanbul`. Linear in the length of the text.
public enum TextFolding {
  /// The folded form of `text`; folding twice changes nothing.
  public static func fold(_ text: String) -> String {
    fold(text, scalars: .max)
  }

  private static func fold(_ text: String, scalars limit: Int) -> String {
    if let plain = foldASCII(text) { return plain }
    var folded = String.UnicodeScalarView()
    var left = limit
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars where !isDiacritic(scalar) {
      append(scalar, to: &folded)
      left -= 1
      if left == 0 { break }
    }
    return String(folded).precomposedStringWithCanonicalMapping
  }

  /// The folded form of the beginning of a text, at most `limit` characters and twice as many scalars: some characters
  /// fold to many.
  static func fold(_ text: String, limit: Int) -> String {
    let folded = fold(String(text.prefix(limit)), scalars: 2 * limit)
    return String(String.UnicodeScalarView(folded.unicodeScalars.prefix(2 * limit)))
  }

  /// The words of a folded text: whatever is no letter, digit or mark of one separates them.
  public static func words(_ folded: String) -> [Substring] {
    folded.unicodeScalars.split { !isWordScalar($0) }.map(Substring.init)
  }

  /// The words of `text`, folded, with single blanks between them: the key under which names are looked up.
  static func key(_ text: String) -> String { words(fold(text)).joined(separator: " ") }

  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x61...0x7a, 0x41...0x5a: true
    case 0..<0x80: false
    default: isWordCategory(scalar.properties.generalCategory)
    }
  }

  private static func isWordCategory(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }

  private static func foldASCII(_ text: String) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte >= 0x80 { return nil }
      bytes.append(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Marks that vary the spelling of one letter. Vowel signs of Indic and kana voicing marks are letters to their
  /// readers and stay.
  private static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0300...0x036f, 0x1ab0...0x1aff, 0x1dc0...0x1dff, 0x20d0...0x20ff, 0xfe20...0xfe2f: true  // Latin, Greek, …
    case 0x0591...0x05bd, 0x05bf, 0x05c1...0x05c2, 0x05c4...0x05c5, 0x05c7: true  // Hebrew points
    case 0x0610...0x061a, 0x0640, 0x064b...0x065f, 0x0670: true  // Arabic vowels and tatweel
    default: false
    }
  }

  /// Letters that Unicode does not decompose but people write without their stroke or as two.
  private static let spelledOut: [Unicode.Scalar: String] = [
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ħ": "h", "Ħ": "h", "ı": "i", "ς": "σ",
  ]

  private static func append(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
    if let spelling = spelledOut[scalar] {
      folded.append(contentsOf: spelling.unicodeScalars)
    } else if scalar.value < 0x80 || scalar.properties.changesWhenLowercased {
      folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars.filter { !isDiacritic($0) })
    } else {
      folded.append(scalar)
    }
  }
}
