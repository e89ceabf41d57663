/// Reads an industry out of a text that is no known name as a whole.
enum IndustryPhrase {
  /// Segments (`Transportation / Trucking`) are read in order, the first that says something decides; within one, what
  /// is sold comes before whom it is sold to (`software for banks`), and what software is about says nothing of the
  /// seller.
  static func canonical(_ text: String, table: Industry.Table) -> String? {
    for segment in segments(text) {
      let words = beforeBuyer(TextFolding.words(TextFolding.fold(segment)))
      if words.isEmpty { continue }
      if let whole = table.byKey[words.joined(separator: " ")] { return whole }
      if let read = phrases(in: words, table: table) { return read }
    }
    return nil
  }

  private static func segments(_ text: String) -> [String] {
    text.split { "/,;|()&+–—:\n".contains($0) }.map(String.init)
  }

  private static let buyers: Set<Substring> = [
    "for", "fur", "pour", "para", "per", "voor", "for", "dla", "для", "to", "till", "til",
  ]

  private static func beforeBuyer(_ words: [Substring]) -> [Substring] {
    guard let index = words.firstIndex(where: buyers.contains), index > 0 else { return words }
    return Array(words[..<index])
  }

  /// The last and longest known name in an English noun phrase is its head (`insurance consulting`); software anywhere
  /// is software.
  private static func phrases(in words: [Substring], table: Industry.Table) -> String? {
    var found: [String] = []
    var index = 0
    while index < words.count {
      var length = min(table.longest, words.count - index)
      var name: String?
      while length > 0 {
        name = table.byKey[words[index..<(index + length)].joined(separator: " ")]
        if name != nil { break }
        length -= 1
      }
      if let name, length > 1 || words[index].utf8.count > 2 {
        found.append(name)
        index += length
      } else {
        index += 1
      }
    }
    if found.contains("SaaS") { return "SaaS" }
    // Who manufactures something is of that industry.
    return found.last { $0 != "Manufacturing" } ?? found.last
  }
}
