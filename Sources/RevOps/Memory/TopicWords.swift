/// The words of a text that say what it is about.
enum TopicWords {
  /// Nobody's topic needs more, and a longer text costs no more time.
  private static let most = 200
  /// Characters of one text that are read.
  private static let limit = 4_000
  /// Shorter words are mostly grammar.
  private static let shortest = 4

  /// Distinct, folded, sorted. Addresses, links and whatever holds a digit (telephone numbers) are left out.
  static func of(_ texts: [String]) -> [String] {
    var words: Set<String> = []
    for text in texts {
      for token in text.prefix(limit).split(whereSeparator: \.isWhitespace) where !isAddress(token) {
        for word in TextFolding.words(TextFolding.fold(String(token))) where isTopic(word) {
          if words.count == most { return words.sorted() }
          words.insert(String(word))
        }
      }
    }
    return words.sorted()
  }

  private static func isAddress(_ token: Substring) -> Bool { token.contains("@") || token.contains("://") }

  private static func isTopic(_ word: Substring) -> Bool {
    word.count >= shortest && word.unicodeScalars.allSatisfy { !("0"..."9").contains($0) }
      && !common.contains(String(word))
  }

  /// What stands in every enquiry.
  private static let common: Set<String> = [
    "about", "also", "anfrage", "been", "bitte", "bonjour", "business", "could", "danke", "dear", "does", "eine",
    "from",
    "gern", "gerne", "grusse", "hallo", "have", "hello", "help", "interested", "into", "just", "know", "like",
    "looking",
    "meine", "merci", "more", "much", "need", "nicht", "oder", "over", "please", "possible", "regards", "some", "sind",
    "thank", "thanks", "that", "their", "them", "there", "they", "this", "unsere", "very", "wants", "were", "what",
    "when", "will", "with", "would", "your", "company", "companies",
  ]
}
