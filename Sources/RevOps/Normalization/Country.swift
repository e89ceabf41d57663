import CVocabulary
import Foundation

/// Countries as ISO 3166-1 alpha-2 codes (and `XK`, Kosovo).
public enum Country {
  /// Every code.
  public static var codes: Set<String> { table.codes }

  /// Whether `code` is one, written as ISO writes it (`GB`, not `uk`).
  public static func isCode(_ code: String) -> Bool { table.codes.contains(code) }

  /// The country of a usual name or code, in any language and case: `Deutschland`, `U.K.`, `deu`, `日本`; nil when it
  /// names none. A name that is also that of a part of another country means the country (`Georgia`).
  public static func code(named name: String) -> String? { code(key: PlaceName.key(name)) }

  static func code(key: String) -> String? {
    if key.isEmpty { return nil }
    let bare = PlaceName.bare(key)
    return table.byKey[key] ?? table.byKey[bare] ?? CountryNames.code(key: key) ?? CountryNames.code(key: bare)
  }

  /// The country whose name differs in one slip of the pen: one letter more, less, other, or two swapped. Only of
  /// longer names, and only where no two countries are meant as well.
  static func code(misspelled key: String) -> String? {
    let letters = Array(key.utf8)
    guard letters.count >= 7, letters.count <= 40, letters.allSatisfy({ $0 < 0x80 }) else { return nil }
    var found: String?
    for (name, code) in table.longNames where abs(name.count - letters.count) <= 1 && Spelling.isOneSlip(name, letters)
    {
      if let found, found != code { return nil }
      found = code
    }
    return found
  }

  /// Whether `key` is a code rather than a name: codes are more easily taken for something else.
  static func isCodeKey(_ key: String) -> Bool { key.utf8.count == 2 && isCode(key.uppercased()) }

  private struct Table {
    var codes: Set<String> = []
    var byKey: [String: String] = [:]
    var longNames: [(name: [UInt8], code: String)] = []
  }

  private static let table = {
    var table = Table()
    for row in Vocabulary.rows(vocabulary_countries()) where row.count == 3 {
      let code = String(row[0])
      table.codes.insert(code)
      for name in [row[0], row[1]] + Vocabulary.names(row[2]) {
        for key in PlaceName.keys(String(name)) where table.byKey[key] == nil { table.byKey[key] = code }
      }
    }
    let long = table.byKey.filter { $0.key.utf8.count >= 7 && $0.key.utf8.allSatisfy { $0 < 0x80 } }
    table.longNames = long.map { (Array($0.key.utf8), $0.value) }
    return table
  }()
}

/// Names of countries in the languages of the Unicode locale data, which Foundation carries. Read only when our own
/// table does not know a name, once: some tenths of a second.
enum CountryNames {
  static func code(key: String) -> String? { byKey[key] }

  /// Languages in which people fill in forms; where a name means different countries in two, the earlier one counts.
  private static let languages =
    """
    en de fr es pt it nl ja zh zh-Hant ko ru sv da nb fi pl cs sk hu ro bg el tr uk sr sr-Latn hr sl mk sq lt lv \
    et is ga cy ca eu gl ar he fa ur hi bn ta te mr gu kn ml pa si ne th vi id ms fil km lo my ka hy az kk uz mn \
    be sw am af mt pt-PT
    """.split(separator: " ")

  /// Countries that share their short name with another: only the whole name is theirs.
  private static let sharing: Set<String> = ["CD", "CG", "KP", "KR", "MF", "SX", "VG", "VI", "SS", "SD"]

  /// `Myanmar (Birmania)` is known by each of its names.
  private static func keys(_ name: String, of code: String) -> [String] {
    let parts = sharing.contains(code) ? [] : name.split { "()（）".contains($0) }.map(String.init)
    return ([name] + (parts.count > 1 ? parts : [])).flatMap { PlaceName.keys($0) }
  }

  /// Rather than a code.
  private static func isName(_ key: String) -> Bool { key.utf8.count > 3 || key.utf8.contains { $0 >= 0x80 } }

  private static let byKey = {
    var byKey: [String: String] = [:]
    for language in languages {
      let locale = Locale(identifier: String(language))
      for code in Country.codes {
        guard let name = locale.localizedString(forRegionCode: code) else { continue }
        for key in keys(name, of: code) where isName(key) && byKey[key] == nil { byKey[key] = code }
      }
    }
    return byKey
  }()
}

/// Slips of the pen.
enum Spelling {
  /// Whether two words differ by one letter added, left out or replaced, or two neighbours swapped.
  static func isOneSlip(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let (short, long) = one.count <= other.count ? (one, other) : (other, one)
    guard long.count - short.count <= 1 else { return false }
    let start = short.indices.first { short[$0] != long[$0] } ?? short.endIndex
    let rest = short[start...]
    if long.count > short.count { return rest.elementsEqual(long[(start + 1)...]) }
    if start == short.count { return false }
    if short[(start + 1)...].elementsEqual(long[(start + 1)...]) { return true }
    guard start + 1 < short.count, short[start] == long[start + 1], short[start + 1] == long[start] else {
      return false
    }
    return short[(start + 2)...].elementsEqual(long[(start + 2)...])
  }
}
