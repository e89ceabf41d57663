import CVocabulary

/// The country that a host's top-level domain stands for.
enum DomainCountry {
  /// Nil for generic domains and for country codes that are sold to everybody (`.io`), unless the name stands under a
  /// second level that the registry keeps for its country (`.com.co`).
  static func country(_ ascii: String) -> String? {
    let labels = ascii.split(separator: ".")
    guard let last = labels.last.map(String.init) else { return nil }
    if let country = table.places[last] { return country }
    let code = last.uppercased()
    guard Country.isCode(code) else { return nil }
    guard table.vanity.contains(last) else { return code }
    return labels.count > 2 && secondLevel.contains(labels[labels.count - 2]) && isSuffix(labels) ? code : nil
  }

  private static let secondLevel: Set<Substring> = ["com", "net", "org", "edu", "gov", "gob", "mil", "ac", "nom", "co"]

  private static func isSuffix(_ labels: [Substring]) -> Bool {
    Domain.publicSuffix(labels.joined(separator: "."))?.contains(".") == true
  }

  private struct Table {
    var vanity: Set<String> = []
    var places: [String: String] = [:]
  }

  private static let table = {
    var table = Table()
    for row in Vocabulary.rows(vocabulary_tlds()) where row.count == 3 {
      for name in Vocabulary.names(row[2]) {
        if row[0] == "vanity" {
          table.vanity.insert(String(name))
        } else {
          table.places[String(name)] = String(row[1])
        }
      }
    }
    return table
  }()
}
