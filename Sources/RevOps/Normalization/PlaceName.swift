import Foundation

/// How names of places are compared: folded words, without dots (`U.S.A.` is `usa`), with and without umlauts spelled
/// out.
enum PlaceName {
  /// The key of what somebody wrote. No place's name is longer than what is read.
  static func key(_ text: String) -> String {
    let spelled = spellingOutFlags(text)
    let key = joinedWords(TextFolding.fold(spelled, limit: 120)).joined(separator: " ")
    return shortName(spelled, key) ?? key
  }

  /// Codes are plain letters. `Mỹ`, `Bỉ` and `Áo` are names (Vietnamese for the USA, Belgium, Austria) and keep their
  /// marks, or they would be the codes MY, BI and AO.
  private static func shortName(_ text: String, _ key: String) -> String? {
    guard key.utf8.count == 2, key.utf8.allSatisfy({ (0x61...0x7a).contains($0) }) else { return nil }
    let marked = text.precomposedStringWithCompatibilityMapping.lowercased()
    guard let name = TextFolding.words(marked).first, name.count == 2, !name.utf8.allSatisfy({ $0 < 0x80 }) else {
      return nil
    }
    return String(name)
  }

  /// Emoji flags are two letters of a code (Unicode's regional indicators).
  static func spellingOutFlags(_ text: String) -> String {
    let flags: ClosedRange<UInt32> = 0x1f1e6...0x1f1ff
    guard text.unicodeScalars.contains(where: { flags.contains($0.value) }) else { return text }
    var spelled = String.UnicodeScalarView()
    var lastWasFlag = false
    for scalar in text.unicodeScalars {
      let isFlag = flags.contains(scalar.value)
      if isFlag != lastWasFlag { spelled.append(" ") }
      spelled.append(isFlag ? Unicode.Scalar(UInt8(0x61 + scalar.value - flags.lowerBound)) : scalar)
      lastWasFlag = isFlag
    }
    return String(spelled)
  }

  /// Words with runs of single letters as one: `u s a` → `usa`, `r d` → `rd`.
  static func joinedWords(_ folded: String) -> [String] {
    var words: [String] = []
    var lastWasLetter = false
    for word in TextFolding.words(folded) {
      let isLetter = word.utf8.count == 1 && word.first?.isLetter == true
      if isLetter && lastWasLetter {
        words[words.count - 1] += word
      } else {
        words.append(String(word))
      }
      lastWasLetter = isLetter
    }
    return words
  }

  /// Every key under which a name of a table is found: `Österreich` also as `oesterreich`.
  static func keys(_ name: String) -> [String] {
    let plain = key(name)
    guard let spelled = spellingOutUmlauts(name).map(key), spelled != plain else { return [plain] }
    return [plain, spelled]
  }

  /// `the republic of malta` → `malta`: what is left without the words that say what kind of place it is.
  static func bare(_ key: String) -> String {
    var words = key.split(separator: " ")
    while words.count > 1, let first = words.first, filler.contains(first) { words.removeFirst() }
    while words.count > 1, let last = words.last,
      trailing.contains(last) || last.count == 1 && last.first?.isLetter == true
    {
      words.removeLast()
    }
    return words.joined(separator: " ")
  }

  private static let filler: Set<Substring> = [
    "the", "republic", "republica", "republique", "republik", "kingdom", "federal", "federation", "state", "province",
    "provincia", "region", "county", "canton", "kanton", "land", "bundesland", "estado", "prefecture", "department",
    "departement", "kt", "hansestadt", "freistaat", "principality", "commonwealth", "sultanate", "emirate", "of", "de",
    "du", "di", "do", "da", "la",
    "country", "city", "in", "greater", "metro", "metropolitan",
  ]
  private static let trailing: Set<Substring> = [
    "province", "state", "county", "region", "prefecture", "republic", "oblast", "voivodeship", "district", "city",
    "area", "metro", "metropolitan", "canton", "lan", "fylke", "ken", "pradesh state",
  ]

  /// Nil when there is none.
  private static func spellingOutUmlauts(_ name: String) -> String? {
    guard name.unicodeScalars.contains(where: { umlauts[$0] != nil }) else { return nil }
    var spelled = ""
    for scalar in name.unicodeScalars { spelled += umlauts[scalar] ?? String(Character(scalar)) }
    return spelled
  }

  private static let umlauts: [Unicode.Scalar: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe",
  ]
}
