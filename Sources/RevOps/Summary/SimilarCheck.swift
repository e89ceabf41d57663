/// Sentences about past accounts: what became of one is not said of another, and no reason is made up.
struct SimilarCheck {
  let brief: LeadBrief
  let evidence: Evidence

  private struct Account {
    var names: [[String]]
    var outcome: String
    var words: Set<String>
  }

  private enum Event {
    case account(Int)
    case outcome(String)
  }

  /// - Parameter words: folded, in their order.
  func objection(to words: [String]) -> Grounding.Objection? {
    let accounts = brief.similar.map(Self.account)
    let parts = parts(of: words, accounts)
    guard parts.contains(where: { if case .outcome = $0.event { true } else { false } }) else { return nil }
    let named = parts.contains { if case .account = $0.event { true } else { false } }
    return named ? told(parts, accounts) : unnamed(words, accounts)
  }

  private static func account(_ object: JSONObject) -> Account {
    let name = object["account"]?.string ?? ""
    let full = Grounding.words(name)
    let first = full.first.map { [$0] } ?? []
    let isHost = name.contains(".") && (first.first?.count ?? 0) >= 4
    let text = object.members.compactMap(\.value.string).joined(separator: " ")
    return Account(
      names: isHost ? [full, first] : [full], outcome: object["outcome"]?.string ?? "",
      words: Set(Grounding.words(text)))
  }

  // MARK: Accounts and outcomes in a sentence

  private struct Part {
    var event: Event
    /// The words from here to the next event.
    var words: [String]
  }

  private func parts(of words: [String], _ accounts: [Account]) -> [Part] {
    var parts: [Part] = []
    var index = 0
    while index < words.count {
      let rest = words[index...]
      if let (account, length) = Self.account(at: rest, accounts) {
        parts.append(Part(event: .account(account), words: []))
        index += length
      } else if let (outcome, length) = Self.outcome(at: rest) {
        parts.append(Part(event: .outcome(outcome), words: []))
        index += length
      } else {
        // What stands before all of them is no reason.
        if !parts.isEmpty { parts[parts.count - 1].words.append(words[index]) }
        index += 1
      }
    }
    return parts
  }

  private static func account(at rest: ArraySlice<String>, _ accounts: [Account]) -> (Int, Int)? {
    for (index, account) in accounts.enumerated() {
      for name in account.names where !name.isEmpty && rest.starts(with: name) { return (index, name.count) }
    }
    return nil
  }

  private static func outcome(at rest: ArraySlice<String>) -> (String, Int)? {
    guard let word = rest.first else { return nil }
    if word == "meeting", rest.dropFirst().first == "booked" { return ("meeting booked", 2) }
    return outcomes[word].map { ($0, 1) }
  }

  private static let outcomes = [
    "won": "won", "win": "won", "wins": "won", "bought": "won", "lost": "lost", "lose": "lost", "loss": "lost",
    "disqualified": "disqualified", "nurtured": "nurtured", "claimed": "claimed", "booked": "meeting booked",
  ]

  // MARK: Against the facts

  private func told(_ parts: [Part], _ accounts: [Account]) -> Grounding.Objection? {
    let statements = Self.statements(parts)
    for statement in statements {
      for index in statement.accounts where accounts[index].outcome != statement.outcome { return .similar }
      let known = statement.accounts.reduce(into: evidenceWithoutSimilar) { $0.formUnion(accounts[$1].words) }
      if statement.words.contains(where: { !Self.glue.contains($0) && !known.contains($0) }) { return .similar }
    }
    return nil
  }

  private struct Statement {
    var accounts: [Int] = []
    var outcome = ""
    var words: [String] = []
  }

  /// "A and B were won" tells of both, and so does "won A and B"; what is named last without an outcome shares the last.
  private static func statements(_ parts: [Part]) -> [Statement] {
    var statements: [Statement] = []
    var open = Statement()
    let outcomeFirst = if case .outcome = parts.first?.event { true } else { false }
    for part in parts {
      switch part.event {
      case .outcome(let outcome):
        if outcomeFirst, !open.outcome.isEmpty {
          statements.append(open)
          open = Statement()
        }
        open.outcome = outcome
        open.words += part.words
      case .account(let account):
        if !outcomeFirst, !open.outcome.isEmpty {
          statements.append(open)
          open = Statement()
        }
        open.accounts.append(account)
        open.words += part.words
      }
    }
    if open.outcome.isEmpty { open.outcome = statements.last?.outcome ?? "" }
    return statements + [open]
  }

  /// "A similar account was lost": one of them. "Similar accounts were lost": all of them.
  private func unnamed(_ words: [String], _ accounts: [Account]) -> Grounding.Objection? {
    let told = Set(words.compactMap { Self.outcomes[$0] })
    let isOne = zip(words, words.dropFirst()).contains { ["a", "an", "one"].contains($0) && Self.single.contains($1) }
    let meant = accounts.filter { told.contains($0.outcome) }
    let holds = isOne ? told.isSubset(of: Set(accounts.map(\.outcome))) : meant.count == accounts.count
    let known = meant.reduce(into: evidenceWithoutSimilar) { $0.formUnion($1.words) }
    let isMadeUp = words.contains { Self.outcomes[$0] == nil && !Self.glue.contains($0) && !known.contains($0) }
    return holds && !isMadeUp ? nil : .similar
  }

  private static let single: Set = [
    "similar", "comparable", "past", "previous", "earlier", "account", "company", "of", "was", "ended", "related",
  ]

  /// The words of the other facts that the sentence names.
  private var evidenceWithoutSimilar: Set<String> {
    let similar = Set(brief.similar.flatMap { $0.members.compactMap(\.value.string).flatMap { Grounding.words($0) } })
    return evidence.words.subtracting(similar)
  }

  private static let glue = PlainWords.function.union([
    "similar", "like", "alike", "comparable", "account", "accounts", "company", "companies", "past", "previous",
    "earlier", "one", "other", "others", "both", "all", "too", "ended", "ending", "closed", "became", "went", "because",
    "due", "over", "same", "size", "industry", "region", "country", "reason", "cited", "main", "deal", "deals", "two",
    "three", "most", "closest", "however", "whereas", "only", "being", "resembles", "resembling", "opportunity", "near",
    "related", "lead", "after", "before", "each", "were", "next", "mention", "ask", "address", "raise", "thanks",
    "through", "mainly", "mostly", "since", "given",
  ])
}
