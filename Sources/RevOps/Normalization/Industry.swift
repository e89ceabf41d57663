import CVocabulary

/// The canonical industries, and what people and data providers write for them.
public enum Industry {
  /// Canonical names, in the order of the vocabulary.
  public static var names: [String] { table.names }

  /// The canonical industry that `text` means, in any language; nil when it says none. A longer text is read by the
  /// words in it: who sells software to banks is no bank.
  public static func canonical(_ text: String) -> String? {
    let text = TextFolding.fold(text, limit: 300)
    let key = TextFolding.key(text)
    return table.byKey[key] ?? IndustryPhrase.canonical(text, table: table)
  }

  struct Table: Sendable {
    var names: [String] = []
    var byKey: [String: String] = [:]
    /// The longest name, in words: how far a phrase is looked for.
    var longest = 1
  }

  static let table = {
    var table = Table()
    for row in Vocabulary.rows(vocabulary_industries()) where row.count == 2 {
      let canonical = String(row[0])
      table.names.append(canonical)
      for name in Vocabulary.names(row[1]) {
        let key = TextFolding.key(String(name))
        if table.byKey[key] == nil { table.byKey[key] = canonical }
        table.longest = max(table.longest, key.split(separator: " ").count)
      }
    }
    return table
  }()
}
