import CVocabulary

/// Common English words. In lower case there is nothing else that tells a word from the name of a company or a person:
/// what is neither here nor in the facts is taken for a name.
enum PlainWords {
  /// - Parameter word: folded.
  static func contains(_ word: String) -> Bool {
    word.count == 1 || words.contains(word) || shorter(word).contains { words.contains($0) }
  }

  private static let words = Set(
    Vocabulary.rows(vocabulary_english()).filter { $0.count == 2 }
      .flatMap { Vocabulary.names($0[1]).map(String.init) })

  /// What a word may be a form of: `studies`, `planned`, `quickly`, `reopening`.
  private static func shorter(_ word: String) -> [String] {
    var found: [String] = []
    for ending in endings where word.hasSuffix(ending.long) && word.count > ending.long.count + 2 {
      let root = word.dropLast(ending.long.count)
      found += ending.short.map { root + $0 }
      if root.count > 2, root.last == root.dropLast().last { found.append(String(root.dropLast())) }
    }
    for start in ["re", "un", "non", "multi", "co"] where word.hasPrefix(start) && word.count > start.count + 3 {
      let rest = String(word.dropFirst(start.count))
      found.append(rest)
      found += endings.filter { rest.hasSuffix($0.long) }.flatMap { ending in
        ending.short.map { rest.dropLast(ending.long.count) + $0 }
      }
    }
    return found
  }

  private static let endings: [(long: String, short: [String])] = [
    ("s", [""]), ("es", [""]), ("ies", ["y"]), ("ed", ["", "e"]), ("ied", ["y"]), ("ing", ["", "e"]),
    ("er", ["", "e"]),
    ("ers", ["", "e"]), ("ly", [""]), ("ness", [""]), ("able", ["", "e"]), ("ment", [""]), ("less", [""]),
  ]

  /// Words that say nothing by themselves: a sentence that shares no other with its facts does not rest on them.
  static let function: Set<String> = [
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "is", "are",
    "was", "were", "be", "been", "has", "have", "had", "it", "its", "they", "their", "them", "he", "she", "his", "her",
    "who", "which", "that", "this", "these", "there", "here", "we", "us", "our", "you", "your", "will", "would", "can",
    "could", "may", "also", "already", "not", "no", "more", "than", "some", "any", "all", "do", "does", "did", "so",
    "about", "s", "t", "if", "up", "out", "now", "then", "what", "when", "how", "after", "before", "until", "while",
  ]
}

/// Whether two words are forms of one.
enum WordForms {
  /// `decide` and `decision`, `replacing` and `replacement`: on the generous side.
  static func areAlike(_ first: String, _ second: String) -> Bool {
    if first == second { return true }
    let least = max(4, min(first.count, second.count) - 3)
    return first.count >= least && second.count >= least && first.prefix(least) == second.prefix(least)
  }
}
