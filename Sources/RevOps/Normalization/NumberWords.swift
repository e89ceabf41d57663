import Foundation

/// Numbers in words: `five hundred`, `fünfzig`, `五十`. The spellings are the Unicode locale data's, which Foundation
/// carries; they are made once, when a text without a digit is first read as a number.
enum NumberWords {
  /// The text with every number in words as digits; unchanged where it has digits already or no such word.
  static func asDigits(in folded: String) -> String {
    guard !folded.isEmpty, !folded.unicodeScalars.contains(where: { (0x30...0x39).contains($0.value) }) else {
      return folded
    }
    let words = TextFolding.words(folded).map(String.init)
    // A person who writes a number out writes little else.
    guard words.count <= 14 else { return folded }
    var read: [String] = []
    var position = 0
    var found = false
    while position < words.count {
      if let (number, length) = longest(words[position...]) {
        read.append(String(number))
        position += length
        found = true
      } else {
        read.append(words[position])
        position += 1
      }
    }
    return found ? read.joined(separator: " ") : folded
  }

  /// Of one folded word.
  static func value(of word: String) -> Int? { table[word] }

  private static func longest(_ words: ArraySlice<String>) -> (Int, Int)? {
    for length in stride(from: min(longestPhrase, words.count), to: 0, by: -1) {
      if let number = table[words.prefix(length).joined(separator: " ")] { return (number, length) }
    }
    return nil
  }

  private static let longestPhrase = 4
  /// Numbers in one language that join two numbers in another: `to` is two in Danish.
  private static let links: Set = ["to", "a", "e", "y", "i", "en", "et", "do", "al"]

  static let languages = [
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr", "ru", "uk", "el",
    "ja",
    "zh", "ko", "ar", "he", "id", "vi",
  ]

  /// 1 to 100, then hundreds, then thousands.
  private static let numbers =
    Array(1...100) + stride(from: 150, through: 950, by: 50) + [
      1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000, 15_000, 20_000, 50_000,
      100_000,
    ]

  private static let table = {
    var table: [String: Int] = [
      "hundred": 100, "a hundred": 100, "hundert": 100, "honderd": 100, "hundra": 100, "hundre": 100, "hundrede": 100,
      "thousand": 1_000, "a thousand": 1_000, "tausend": 1_000, "duizend": 1_000, "tusen": 1_000, "a dozen": 12,
      "dozen": 12, "ein dutzend": 12, "une douzaine": 12, "una docena": 12, "zwo": 2, "fuenfzig": 50, "fuenf": 5,
      "zwoelf": 12, "fuenfhundert": 500, "cien": 100, "cento": 100, "sto": 100, "yuz": 100, "bin": 1_000,
      "half a dozen": 6,
    ]
    for language in languages {
      let formatter = NumberFormatter()
      formatter.locale = Locale(identifier: language)
      formatter.numberStyle = .spellOut
      for number in numbers {
        guard let spelled = formatter.string(from: NSNumber(value: number)) else { continue }
        // Some languages hyphenate softly inside the word.
        let key = TextFolding.key(spelled.replacing("\u{AD}", with: ""))
        if language == "en" { table[key.replacing("hundred ", with: "hundred and ")] = number }
        guard key.split(separator: " ").count <= longestPhrase, table[key] == nil, !links.contains(key) else {
          continue
        }
        table[key] = number
      }
    }
    return table
  }()
}
