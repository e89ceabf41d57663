import CVocabulary
import Foundation

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
  /// What stands between the ends of a range.
  static let range = list("range")

  /// Of companies: `gmbh`, `co ltd`.
  static let legalForms = list("legal form")
  /// The same where no blank is written between form and name, as they are written.
  static let gluedLegalForms = Set(
    Vocabulary.rows(vocabulary_words()).filter { $0.count == 2 && $0[0] == "legal form glued" }
      .flatMap { Vocabulary.names($0[1]) }.map { $0.precomposedStringWithCompatibilityMapping })

  private static func list(_ kind: String) -> Set<String> {
    var list: Set<String> = []
    for row in Vocabulary.rows(vocabulary_words()) where row.count == 2 && row[0] == kind {
      for name in Vocabulary.names(row[1]) { list.insert(TextFolding.key(String(name))) }
    }
    return list
  }
}
