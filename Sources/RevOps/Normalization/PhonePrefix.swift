import CVocabulary

/// The country of a telephone number, where it is written with its international prefix.
enum PhonePrefix {
  /// `+49 30 …`, `0049…`, `(+44) 20…`, `tel:+1-604-…`; nil for national numbers, toll-free ones and too few digits.
  static func country(_ phone: String) -> String? {
    guard let digits = international(TextFolding.fold(phone, limit: 60)), digits.count >= 7 else { return nil }
    if digits.hasPrefix("1") { return northAmerican(digits.dropFirst()) }
    for length in stride(from: min(7, digits.count), through: 1, by: -1) {
      if let country = prefixes[String(digits.prefix(length))] { return country }
    }
    return nil
  }

  /// The digits behind `+`, `00` or `011` (the prefix dialled in North America).
  private static func international(_ phone: String) -> Substring? {
    let start = phone.drop { !$0.isNumber && $0 != "+" }
    let digits = start.unicodeScalars.lazy.filter { (0x30...0x39).contains($0.value) }.prefix(20).map(Character.init)
    let number = String(digits)[...]
    if start.hasPrefix("+") { return number.hasPrefix("00") ? number.dropFirst(2) : number }
    if number.hasPrefix("00") { return number.dropFirst(2) }
    return number.hasPrefix("011") && number.count >= 12 ? number.dropFirst(3) : nil
  }

  private static func northAmerican(_ national: Substring) -> String? {
    guard national.count == 10, let code = Int(national.prefix(3)), code > 200 else { return nil }
    let country = areaCodes[String(national.prefix(3))] ?? "US"
    return country == "-" ? nil : country
  }

  private static let prefixes = byName(vocabulary_dialling())
  private static let areaCodes = byName(vocabulary_nanp())

  private static func byName(_ table: VocabularyText) -> [String: String] {
    var countries: [String: String] = [:]
    for row in Vocabulary.rows(table) where row.count == 2 {
      for name in Vocabulary.names(row[1]) { countries[String(name)] = String(row[0]) }
    }
    return countries
  }
}
