import CVocabulary

/// Parts of countries as ISO 3166-2 codes. Baton uses the first level (`FR-IDF`, `ES-CT`); a name or code of the second
/// (`Barcelona`, `ES-B`) is read as the first-level unit that it lies in.
public enum Region {
  /// Whether `code` is an ISO 3166-2 code of any level, written as ISO writes it.
  public static func isCode(_ code: String) -> Bool { table.codes[code] != nil }

  /// The first-level region that `name` (a name or a code, with or without its country) stands for in `country`.
  public static func code(named name: String, country: String) -> String? {
    if let whole = table.codes[name.uppercased()] { return whole.hasPrefix(country + "-") ? whole : nil }
    return code(key: PlaceName.key(name), country: country)
  }

  static func code(key: String, country: String) -> String? {
    candidates(key: key).first { $0.hasPrefix(country + "-") }
      ?? candidates(key: PlaceName.bare(key)).first { $0.hasPrefix(country + "-") }
  }

  /// Every region of the world that the name or code may stand for.
  static func candidates(key: String) -> [String] { table.byKey[key] ?? [] }

  /// The state of the US or province of Canada whose name differs in one slip of the pen, where only one is meant.
  static func code(misspelled key: String) -> String? {
    let letters = Array(key.utf8)
    guard (6...40).contains(letters.count), letters.allSatisfy({ $0 < 0x80 }) else { return nil }
    let found = Set(longNames.filter { Spelling.isOneSlip($0.name, letters) }.map(\.code))
    return found.count == 1 ? found.first : nil
  }

  private static let longNames: [(name: [UInt8], code: String)] = table.byKey.flatMap { key, codes in
    let letters = Array(key.utf8)
    guard letters.count >= 6, letters.allSatisfy({ $0 < 0x80 }) else { return [(name: [UInt8], code: String)]() }
    return codes.filter { ["US", "CA"].contains(country(of: $0)) }.map { (letters, $0) }
  }

  /// The first-level code for a code of any level.
  static func firstLevel(_ code: String) -> String? { table.codes[code] }

  /// What people call it: `Hessen` for `DE-HE`. Nil for a code that has no name of its own in the table.
  public static func name(of code: String) -> String? { table.names[code] }

  /// `US` for `US-CA`.
  static func country(of code: String) -> String { String(code.prefix(2)) }

  private struct Table {
    var codes: [String: String] = [:]
    var byKey: [String: [String]] = [:]
    /// The first of a code's names; where the table begins with parts of it, which of them is its own is not told.
    var names: [String: String] = [:]

    mutating func add(_ key: String, _ code: String) {
      if !key.isEmpty && byKey[key]?.contains(code) != true { byKey[key, default: []].append(code) }
    }
  }

  private static let table = {
    var table = Table()
    for row in Vocabulary.rows(vocabulary_regions()) where row.count == 2 {
      let code = String(row[0])
      let country = Region.country(of: code)
      table.codes[code] = code
      table.add(PlaceName.key(String(code.dropFirst(3))), code)
      if let first = Vocabulary.names(row[1]).first, !first.hasPrefix("=") { table.names[code] = String(first) }
      for name in Vocabulary.names(row[1]) {
        if name.hasPrefix("=") {
          table.codes[country + "-" + name.dropFirst()] = code
          table.add(PlaceName.key(String(name.dropFirst())), code)
        } else {
          for key in PlaceName.keys(String(name)) { table.add(key, code) }
        }
      }
    }
    return table
  }()
}
