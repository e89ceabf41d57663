import RevOps
import SlackAPI

/// What somebody wants of `/lead`.
enum LeadRequest: Equatable {
  case help
  case mine
  case queue
  /// A lead's id, or somebody's e-mail address.
  case why(String)
  /// What is known of the new lead already.
  case new(String)
  /// `7d`, `2w`; empty: a week.
  case stats(String)
  /// `until friday`, `tomorrow 13:00`; empty: until they are back.
  case away(String)
  case back
  /// `10`, or `@jonas 10`.
  case cap(String)
  case retry(String)
  case search(String)

  struct Command: Equatable {
    var word: String
    /// What to type.
    var usage: String
    /// What it gives.
    var gives: String

    init(_ usage: String, _ gives: String) {
      word = String(usage.prefix { $0 != " " })
      self.usage = "/lead " + usage
      self.gives = gives
    }
  }

  static let commands: [Command] = [
    Command("new ada@acme.com", "a form for a lead that came by phone or in person"),
    Command("mine", "your open leads"),
    Command("queue", "leads to be reviewed or claimed, the oldest first"),
    Command("why ada@acme.com", "why a lead was scored and routed as it was"),
    Command("stats 7d", "how many leads came, and how soon they were taken up"),
    Command("away until friday", "no new leads for you until then"),
    Command("back", "new leads for you again"),
    Command("cap 10", "how many open leads you take, or off; managers put a name before the number"),
    Command("retry ada@acme.com", "goes on with what failed"),
    Command("help", "this list"),
  ]
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
    case "new": .new(rest)
    case "stats": .stats(rest)
    case "away": .away(rest)
    case "back": .back
    case "cap": .cap(rest)
    case "retry": .retry(rest)
    default: nil
    }
  }

  /// The command that a word was probably meant as: at most two letters off, and no more than half of it.
  static func closest(to text: String) -> String? {
    guard let word = text.lowercased().split(separator: " ").first, word.count <= 12,
      !word.contains(where: { "@.".contains($0) })
    else { return nil }
    let distances = commands.map { ($0.word, Spelling.distance(String(word), $0.word)) }
    guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= 2, best.1 * 2 <= best.0.count else { return nil }
    return best.0
  }
}

/// How far two words are apart.
enum Spelling {
  /// The least number of letters to insert, delete, change or swap with their neighbour (optimal string alignment).
  static func distance(_ left: String, _ right: String) -> Int { distance(Array(left), Array(right)) }

  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let change = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = last
      last = current
    }
    return last[right.count]
  }
}
