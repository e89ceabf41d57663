import CVocabulary

/// The words of `titles.tsv`.
struct TitleLexicon: Sendable {
  enum Entry: Sendable, Equatable {
    case level(Seniority)
    /// `former`
    case former
    /// `to`, `for`, `office of`: what follows is whom one works for.
    case service
    /// Whoever assists a level does not have it.
    case aide
    case chief
  }

  static let shared = TitleLexicon()

  private(set) var officers: Set<String> = []
  private(set) var functions: Set<String> = []
  private(set) var aidesBehind: Set<String> = []
  private(set) var officesBehind: Set<String> = []
  private var phrases: [String: Entry] = [:]
  private var longestPhrase = 1
  private var suffixes: [(text: String, level: Seniority)] = []
  private var partsByFirst: [Unicode.Scalar: [(scalars: [Unicode.Scalar], level: Seniority)]] = [:]

  static let genitives: Set<String> = [
    "of", "de", "del", "der", "des", "du", "van", "for", "di", "do", "da", "von", "av",
  ]

  private init() {
    for row in Vocabulary.rows(vocabulary_titles()) where row.count == 3 {
      let names = Vocabulary.names(row[2]).map { PlaceName.joinedWords(TextFolding.fold(String($0))) }
      if row[1] == "part" {
        for name in Vocabulary.names(row[2]) { addPart(TextFolding.fold(String(name)), row[0]) }
      } else if row[1] == "suffix" {
        guard let level = Self.level(row[0]) else { continue }
        suffixes += names.map { ($0.joined(), level) }
      } else {
        for words in names { add(words, String(row[0])) }
      }
    }
    suffixes.sort { $0.text.utf8.count > $1.text.utf8.count }
    for key in partsByFirst.keys { partsByFirst[key]?.sort { $0.scalars.count > $1.scalars.count } }
  }

  private mutating func add(_ words: [String], _ kind: String) {
    let phrase = words.joined(separator: " ")
    switch kind {
    case "OFFICER": officers.insert(phrase)
    case "FUNCTION": functions.insert(phrase)
    case "POST": aidesBehind.insert(phrase)
    case "WEAKPOST": officesBehind.insert(phrase)
    default:
      guard let entry = Self.entry(kind) else { return }
      // What steers the reading outranks a phrase that is only no level.
      if let known = phrases[phrase], known != .level(.individual) { return }
      phrases[phrase] = entry
      longestPhrase = max(longestPhrase, words.count)
    }
  }

  private mutating func addPart(_ text: String, _ level: Substring) {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let level = Self.level(level) else { return }
    partsByFirst[first, default: []].append((scalars, level))
  }

  private static func entry(_ kind: String) -> Entry? {
    switch kind {
    case "FORMER": .former
    case "TO": .service
    case "AIDE": .aide
    case "CHIEF": .chief
    default: level(kind[...]).map { .level($0) }
    }
  }

  private static func level(_ name: Substring) -> Seniority? { Seniority(rawValue: String(name)) }

  /// The longest phrase that begins at a word.
  func longest(in words: [String], at index: Int) -> (Entry, Int)? {
    var length = min(longestPhrase, words.count - index)
    while length > 0 {
      if let entry = special(words, index, length) ?? phrases[words[index..<(index + length)].joined(separator: " ")] {
        return (entry, length)
      }
      length -= 1
    }
    return nil
  }

  /// Words that are a level only in their place.
  private func special(_ words: [String], _ index: Int, _ length: Int) -> Entry? {
    guard length == 1 else { return nil }
    switch words[index] {
    case "gm": return .level(.manager)
    case "partner", "partnerin", "associe", "associee", "socio", "socia":
      return words.count == 1 ? .level(.cLevel) : nil
    // A chief in French and Nordic titles, a cook in English.
    case "chef", "cheffe":
      let next = index + 1 < words.count ? words[index + 1] : ""
      let leads = ["de", "du", "d", "des", "for", "av"].contains(next)
      let department = index > 0 && DepartmentLexicon.shared.isDepartment(words[index - 1])
      return leads || department ? .level(.manager) : nil
    default: return nil
    }
  }

  /// The level at the end of a compound word: `vertriebsleiterin`, `salgschef`.
  func compound(_ word: String) -> Seniority? {
    guard word.utf8.count > 6 else { return nil }
    return suffixes.first { word.hasSuffix($0.text) && word.utf8.count > $0.text.utf8.count + 1 }?.level
  }

  /// Levels in text that is written without blanks between words.
  func parts(in folded: String) -> [Seniority] {
    let scalars = Array(folded.unicodeScalars)
    guard scalars.contains(where: { $0.value > 0xdff }) else { return [] }
    var found: [Seniority] = []
    var index = 0
    while index < scalars.count {
      guard let part = part(scalars, index) else {
        index += 1
        continue
      }
      let isFormer = index > 0 && ["元", "前", "原", "전"].contains(scalars[index - 1])
      if !isFormer { found.append(part.level) }
      index += part.scalars.count
    }
    return found
  }

  private func part(_ scalars: [Unicode.Scalar], _ index: Int) -> (scalars: [Unicode.Scalar], level: Seniority)? {
    partsByFirst[scalars[index]]?.first { part in
      index + part.scalars.count <= scalars.count
        && scalars[index..<(index + part.scalars.count)].elementsEqual(part.scalars)
    }
  }

  /// Whether `head WORD` is a senior tradesman (`head chef`), not who heads a department.
  static func isTrade(_ word: String) -> Bool {
    let departments: Set<String> = [
      "center", "customer", "computer", "career", "supplier", "consumer", "power", "water", "partner", "investor",
      "order", "paper", "vendor", "carrier", "user", "newsletter", "engineer", "volunteer", "dealer", "border", "air",
    ]
    let endings = [
      "er", "ist", "ian", "chef", "coach", "nurse", "cook", "clerk", "man", "woman", "guide", "guard", "boy",
    ]
    return !departments.contains(word) && endings.contains { word.hasSuffix($0) }
  }
}
