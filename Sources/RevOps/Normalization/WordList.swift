import CVocabulary

/// The lists of `words.tsv`, folded.
enum WordList {
  /// Form values that say nothing.
  static let nothing = list("nothing")
  static let role = Set(list("role").map { $0.replacing(" ", with: "") })
  static let headcount = list("headcount")
  static let about = list("about")
  /// One person, in words.
  static let alone = list("alone")
  static let thousand = list("thousand")

  private static func list(_ kind: String) -> Set<String> {
    var list: Set<String> = []
    for row in Vocabulary.rows(vocabulary_words()) where row.count == 2 && row[0] == kind {
      for name in Vocabulary.names(row[1]) { list.insert(TextFolding.key(String(name))) }
    }
    return list
  }
}
