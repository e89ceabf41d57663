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
    return table.byKey[key] ?? table.byKey[PlaceName.bare(key)] ?? CountryNames.code(key: key)
      ?? CountryNames.code(key: PlaceName.bare(key))
  }

  /// Whether `key` is a code rather than a name: codes are more easily taken for something else.
  static func isCodeKey(_ key: String) -> Bool { key.utf8.count == 2 && isCode(key.uppercased()) }

  private struct Table {
    var codes: Set<String> = []
    var byKey: [String: String] = [:]
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
    return table
  }()
}

/// Names of countries in the languages of the Unicode locale data, which Foundation carries. Read only when our own
/// table does not know a name, once: about a tenth of a second.
enum CountryNames {
  static func code(key: String) -> String? { byKey[key] }

  /// Languages in which people fill in forms; where a name means different countries in two, the earlier one counts.
  private static let languages = [
    "en", "de", "fr", "es", "pt", "it", "nl", "ja", "zh", "zh-Hant", "ko", "ru", "sv", "da", "nb", "nn", "fi", "pl",
    "cs",
    "sk", "hu", "ro", "bg", "el", "tr", "uk", "sr", "sr-Latn", "hr", "sl", "bs", "mk", "sq", "lt", "lv", "et", "is",
    "ga",
    "cy", "ca", "eu", "gl", "ar", "he", "fa", "ur", "hi", "bn", "ta", "te", "mr", "gu", "kn", "ml", "pa", "si", "ne",
    "th", "vi", "id", "ms", "fil", "km", "lo", "my", "ka", "hy", "az", "kk", "uz", "ky", "mn", "be", "sw", "am", "af",
    "zu", "lb", "mt", "rm", "pt-PT", "de-AT", "de-CH", "fr-CA", "es-MX",
  ]

  private static let byKey = {
    var byKey: [String: String] = [:]
    for language in languages {
      let locale = Locale(identifier: language)
      for code in Country.codes {
        guard let name = locale.localizedString(forRegionCode: code) else { continue }
        for key in PlaceName.keys(name) where key.utf8.count > 3 && byKey[key] == nil { byKey[key] = code }
      }
    }
    return byKey
  }()
}
