import Foundation

/// A company's name without its legal form: `ACME, Inc.`, `Acme GmbH & Co. KG` and `acme` are one.
public struct CompanyName: Sendable, Equatable {
  /// What the name is compared by: folded, single blanks between words. Never empty unless the name has no letter.
  public let key: String
  /// The words that remain, as written: what a search looks for.
  public let words: [String]

  public init(_ name: String) {
    // A name is a line; more is no name.
    let name = Self.unglued(String(name.prefix(300)))
    let written = name.unicodeScalars.split { !TextFolding.isWordScalar($0) }.map { String($0) }
    let core = Self.core(of: written.map { TextFolding.key($0) })
    words = Array(written[core])
    key = written[core].map { TextFolding.key($0) }.joined(separator: " ")
  }

  /// Whether the two are written the same, their legal forms left aside.
  public func isSame(as other: CompanyName) -> Bool { !key.isEmpty && key == other.key }

  /// Leaves out legal forms at both ends, again and again, but never all there is.
  private static func core(of words: [String]) -> Range<Int> {
    var core = words.startIndex..<words.endIndex
    while let shorter = without(words, core) { core = shorter }
    if core.count > 1, words[core.lowerBound] == "the" { core = core.dropFirst() }
    return core
  }

  private static func without(_ words: [String], _ core: Range<Int>) -> Range<Int>? {
    for length in stride(from: min(longest, core.count - 1), to: 0, by: -1) {
      if forms.contains(words[core.suffix(length)].joined(separator: " ")) { return core.dropLast(length) }
      // Before the name only what can't be a word of one.
      let head = words[core.prefix(length)].joined(separator: " ")
      if leading.contains(head) { return core.dropFirst(length) }
    }
    return nil
  }

  /// Without the forms of scripts that put no blanks between words.
  private static func unglued(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 >= 0x80 }) else { return name }
    var rest = name.precomposedStringWithCompatibilityMapping
    for form in glued {
      for trimmed in [
        rest.hasPrefix(form) ? rest.dropFirst(form.count) : nil,
        rest.hasSuffix(form) ? rest.dropLast(form.count) : nil,
      ].compactMap({ $0 })
      where trimmed.contains(where: \.isLetter) { rest = String(trimmed) }
    }
    return rest
  }

  private static let forms = WordList.legalForms
  private static let longest = forms.map { $0.split(separator: " ").count }.max() ?? 1
  /// Forms that stand before a name: in Cyrillic scripts and their transcription, the Baltic, Indonesia and Vietnam.
  private static let leading: Set<String> = [
    "ооо", "зао", "оао", "пао", "ао", "ип", "тов", "тоо", "прат", "пат", "ooo", "zao", "oao", "pao", "tov", "pt", "uab",
    "sia", "cong ty tnhh", "cong ty co phan",
  ]
  /// Longest first, so that nothing of a longer one remains.
  private static let glued = WordList.gluedLegalForms.sorted { ($0.count, $0) > ($1.count, $1) }
}
