import RevOps
import SlackAPI

/// What somebody wants of `/lead`.
enum LeadRequest: Equatable {
  case help
  case mine
  case queue
  /// A lead's id, or somebody's e-mail address.
  case why(String)
  case search(String)
  /// A command of another version of Baton.
  case unavailable(String)

  /// What this version does, with what to type and what it gives.
  static let commands: [(word: String, usage: String, gives: String)] = [
    ("mine", "/lead mine", "your open leads"),
    ("queue", "/lead queue", "leads to be reviewed or claimed"),
    ("why", "/lead why ada@acme.com", "why a lead was scored and routed as it was"),
    ("help", "/lead help", "this list"),
  ]
  private static let otherWords: Set = ["new", "stats", "away", "back", "cap", "retry"]
  private static let quotes = "\"“”„«»"

  /// The first word is a command if it is one of the known words; anything else, or text in quotes, is a search.
  init(_ text: String) {
    let text = SlackText.singleLine(text)
    guard let first = text.first else {
      self = .help
      return
    }
    if Self.quotes.contains(first) {
      self = .search(SlackText.singleLine(text.filter { !Self.quotes.contains($0) }))
      return
    }
    let parts = text.split(separator: " ", maxSplits: 1)
    self = Self.command(parts[0].lowercased(), parts.count > 1 ? String(parts[1]) : "") ?? .search(text)
  }

  private static func command(_ word: String, _ rest: String) -> LeadRequest? {
    switch word {
    case "help": .help
    case "mine": .mine
    case "queue": .queue
    case "why": .why(rest)
    default: otherWords.contains(word) ? .unavailable(word) : nil
    }
  }

  /// The command that a word was probably meant as: at most two letters off, and no more than a third of it.
  static func closest(to text: String) -> String? {
    let word = text.lowercased()
    guard !word.isEmpty, word.count <= 12, !word.contains(" ") else { return nil }
    let distances = commands.map { ($0.word, Spelling.distance(word, $0.word)) }
    guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= 2, best.1 * 2 <= best.0.count else { return nil }
    return best.0
  }
}

/// How far two words are apart.
enum Spelling {
  /// The least number of letters to insert, delete or change (Levenshtein).
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let change = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
