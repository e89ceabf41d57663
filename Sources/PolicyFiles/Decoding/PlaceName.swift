import Foundation
import RevOps

/// A country or a part of one as configurations write it: an ISO code or, for a country, a usual name.
enum PlaceName: Equatable {
  case country(String)
  case region(String)

  init?(_ text: String) {
    let upper = text.uppercased()
    if Country.isCode(upper) {
      self = .country(upper)
    } else if Region.isCode(upper) {
      self = .region(upper)
    } else if let code = Country.code(named: text) {
      self = .country(code)
    } else {
      return nil
    }
  }

  /// The part that leads of such a place carry; nil when it is this one. Leads know the first level of ISO 3166-2 only.
  static func firstLevel(of code: String) -> String? {
    Region.code(named: code, country: String(code.prefix(2))).flatMap { $0 == code ? nil : $0 }
  }

  static func unknown(_ text: String) -> String {
    "`\(ConfigNode.short(text))` is no country, no part of one and no name from `regions`"
  }

  static func advice(_ text: String, among names: [String]) -> String? {
    if let code = region(named: text) { return "did you mean `\(code)`?" }
    return Suggestion.nearest(to: text, in: names)
      ?? Suggestion.nearestName(to: text, in: countries.keys).flatMap { name in
        countries[name].map { "did you mean `\($0)` (\(name))?" }
      }
  }

  /// A part of some country by its name (`California`, `Bayern`).
  static func region(named text: String) -> String? {
    Country.codes.sorted().lazy.compactMap { Region.code(named: text, country: $0) }.first
  }

  /// English names of the countries, for advice only.
  private static let countries: [String: String] = {
    let english = Locale(identifier: "en_US")
    let pairs = Country.codes.compactMap { code in english.localizedString(forRegionCode: code).map { ($0, code) } }
    return Dictionary(pairs) { first, _ in first }
  }()
}
