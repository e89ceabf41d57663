/// What the facts that a sentence names hold.
struct Evidence {
  let words: Set<String>
  /// Blank-separated parts as they are written, folded.
  let chunks: Set<String>
  let quantities: [Quantity]
  /// Parts between commas and full stops.
  let clauses: [Clause]
  /// Whether what strangers wrote is in English, so that its words are those of a sentence about it. True as well where
  /// they wrote nothing.
  let isEnglish: Bool
  let country: CountryWords?

  struct Clause: Sendable {
    var words: Set<String>
    var tokens: [SentenceToken]
    var quantities: [Quantity]
    var isNegated: Bool
  }

  /// One fact, read once for all sentences.
  struct Fact: Sendable {
    let words: Set<String>
    let chunks: Set<String>
    let clauses: [Clause]

    init(_ key: String, _ text: String) {
      clauses = Evidence.clauses(of: text)
      chunks = Set(Chunk.all(in: text).map { TextFolding.fold($0.text) })
      words = clauses.reduce(into: FactWords.beside(key, text).union(Grounding.words(text))) {
        $0.formUnion($1.words)
      }
    }
  }

  /// - Parameter read: by plain key.
  init(_ brief: LeadBrief, _ keys: [String], _ read: [String: Fact]) {
    let facts = keys.compactMap { read[LeadBrief.plain($0)] }
    words = facts.reduce(into: []) { $0.formUnion($1.words) }
    chunks = facts.reduce(into: []) { $0.formUnion($1.chunks) }
    clauses = facts.flatMap(\.clauses)
    quantities = clauses.flatMap(\.quantities)
    country =
      keys.contains { LeadBrief.plain($0) == "country" } ? brief.text(of: "country").map { CountryWords($0) } : nil
    isEnglish = Self.isEnglish(keys.filter { Self.isFree(LeadBrief.plain($0)) }.compactMap { brief.text(of: $0) })
  }

  /// Whether it holds some form of the word.
  func holds(formOf word: String) -> Bool { words.contains { WordForms.areAlike($0, word) } }

  private static func isFree(_ key: String) -> Bool {
    ["message", "description", "product", "source", "tags"].contains(key) || key.hasPrefix("custom.")
  }

  private static func isEnglish(_ texts: [String]) -> Bool {
    let words = texts.flatMap { Grounding.words($0) }.filter { !$0.contains(where: \.isNumber) }
    let known = words.count { PlainWords.contains($0) }
    return words.isEmpty || known * 10 >= words.count * 6
  }

  // MARK: Clauses

  private static func clauses(of text: String) -> [Clause] {
    var clauses: [Clause] = []
    var tokens: [SentenceToken] = []
    func end() {
      if !tokens.isEmpty { clauses.append(clause(tokens)) }
      tokens = []
    }
    for (index, token) in SentenceToken.all(in: text).enumerated() {
      let isStop = token.sign.map { ".,;:!?。、！？،؛".contains($0) && index > 0 } == true
      if isStop || token.word.map(Self.contrary.contains) == true { end() } else { tokens.append(token) }
    }
    end()
    return clauses
  }

  /// "We use X but have no Y": the no is not said of both.
  private static let contrary: Set = [
    "but", "although", "however", "mais", "aber", "jedoch", "pero", "maar", "ale", "но",
  ]

  private static func clause(_ tokens: [SentenceToken]) -> Clause {
    var words = Set(tokens.compactMap(\.word))
    words.formUnion(words.flatMap { TimeWords.english(for: $0) })
    words.formUnion(PeriodReading.words(in: tokens))
    return Clause(
      words: words, tokens: tokens, quantities: Quantity.all(in: tokens), isNegated: Negation.isSaid(in: tokens))
  }
}

/// Quarters and dates, which are written in many ways.
enum PeriodReading {
  /// `q1` for Q1, the first quarter and 1. Quartal; `march` for 3月 and 2027-03-01.
  static func words(in tokens: [SentenceToken]) -> Set<String> {
    var found: Set<String> = []
    for index in tokens.indices {
      if let quarter = quarter(tokens, index) { found.insert("q\(quarter)") }
      if let month = monthByNumber(tokens, index) ?? monthOfDate(tokens, index), let name = TimeWords.month(month) {
        found.insert(name)
      }
    }
    return found
  }

  static func quarter(_ tokens: [SentenceToken], _ index: Int) -> Int? {
    let next = index + 1 < tokens.count ? tokens[index + 1] : nil
    if tokens[index].word == "q", let next, next.isAttached { return whole(next) }
    let number = whole(tokens[index]) ?? tokens[index].word.flatMap { ordinals[$0] }
    guard let number, (1...4).contains(number) else { return nil }
    let after = tokens[(index + 1)...].prefix(2).compactMap(\.word).first
    return after.map { isQuarter($0) } == true ? number : nil
  }

  private static func isQuarter(_ word: String) -> Bool {
    word == "quarter" || TimeWords.english(for: word).contains("quarter")
  }

  private static let ordinals = [
    "first": 1, "second": 2, "third": 3, "fourth": 4, "erstes": 1, "ersten": 1, "zweites": 2, "zweiten": 2,
    "drittes": 3, "dritten": 3, "viertes": 4, "vierten": 4, "premier": 1, "deuxieme": 2, "troisieme": 3,
    "quatrieme": 4, "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "primo": 1, "secondo": 2, "terzo": 3,
    "quarto": 4, "primeiro": 1, "terceiro": 3,
  ]

  private static func monthByNumber(_ tokens: [SentenceToken], _ index: Int) -> Int? {
    guard let number = whole(tokens[index]), index + 1 < tokens.count, tokens[index + 1].isAttached,
      let word = tokens[index + 1].word, word.hasPrefix("月") || word.hasPrefix("월")
    else { return nil }
    return number
  }

  /// 2027-02-01 and 01.02.2027; with slashes nobody knows which is the month.
  private static func monthOfDate(_ tokens: [SentenceToken], _ index: Int) -> Int? {
    guard index + 4 < tokens.count, tokens[index + 1].sign == tokens[index + 3].sign,
      let sign = tokens[index + 1].sign, let first = whole(tokens[index]), let middle = whole(tokens[index + 2]),
      let last = whole(tokens[index + 4])
    else { return nil }
    if sign == "-", first >= 1_900, last <= 31 { return middle }
    return sign == "." && last >= 1_900 && first <= 31 ? middle : nil
  }

  private static func whole(_ token: SentenceToken) -> Int? { token.number.flatMap { Int($0.description) } }
}

/// Words that say no.
enum Negation {
  static func isSaid(in tokens: [SentenceToken]) -> Bool {
    tokens.indices.contains { index in
      guard let word = tokens[index].word else { return false }
      if words.contains(word) { return true }
      // don't
      if word == "t", index > 1, tokens[index - 2].word?.hasSuffix("n") == true { return true }
      return unspaced.contains { word.contains($0) }
    }
  }

  private static let words: Set = [
    "not", "no", "never", "none", "without", "nor", "neither", "cannot", "nobody", "nothing", "nicht", "kein", "keine",
    "keinen", "keiner", "ohne", "nie", "weder", "pas", "sans", "jamais", "aucun", "aucune", "sin", "nunca", "ningun",
    "ninguna", "non", "senza", "nao", "sem", "niet", "geen", "zonder", "nooit", "inte", "ikke", "utan", "uden", "bez",
    "не", "без", "нет", "لا", "لم", "ليس", "בלי", "לא",
  ]
  private static let unspaced = ["ない", "ません", "なし", "不", "没", "無", "없", "안 "]
}

/// A country's name and what is said of those who are there.
struct CountryWords {
  private let names: [String]
  private let others: Set<String>

  init(_ name: String) {
    names = Grounding.words(name)
    others = Self.adjectives[TextFolding.fold(name)] ?? []
  }

  /// `German` for Germany, `Canadian` for Canada, `Dutch` for the Netherlands.
  func isSaid(by word: String) -> Bool {
    if others.contains(word) { return true }
    return names.contains { name in
      let root = name.hasSuffix("a") || name.hasSuffix("y") || name.hasSuffix("e") ? String(name.dropLast()) : name
      guard root.count >= 4, word.hasPrefix(root) else { return false }
      return Self.endings.contains(String(word.dropFirst(root.count)))
    }
  }

  private static let endings: Set = ["n", "an", "ian", "ean", "ese", "ish", "i", "ic", "", "ns", "ans", "ians", "nian"]

  private static let adjectives: [String: Set<String>] = [
    "united states": ["us", "usa", "american", "u.s", "states"], "united kingdom": ["uk", "british", "u.k"],
    "netherlands": ["dutch", "holland"], "france": ["french"], "spain": ["spanish"], "switzerland": ["swiss"],
    "denmark": ["danish"], "sweden": ["swedish"], "norway": ["norwegian"], "finland": ["finnish"],
    "ireland": ["irish"], "greece": ["greek"], "poland": ["polish"], "china": ["chinese"],
    "turkiye": ["turkish", "turkey"],
    "turkey": ["turkish"], "czechia": ["czech"], "portugal": ["portuguese"], "germany": ["german"],
    "belgium": ["belgian"], "wales": ["welsh"], "new zealand": ["zealand"], "thailand": ["thai"],
    "philippines": ["filipino", "philippine"], "peru": ["peruvian"], "iceland": ["icelandic"], "israel": ["israeli"],
    "cyprus": ["cypriot"], "luxembourg": ["luxembourgish"], "lebanon": ["lebanese"], "iraq": ["iraqi"],
    "pakistan": ["pakistani"], "united arab emirates": ["emirati", "uae"], "saudi arabia": ["saudi"],
    "hong kong": ["hong", "kong"], "south africa": ["african"], "slovakia": ["slovak"], "slovenia": ["slovene"],
    "croatia": ["croat"], "serbia": ["serb"], "vietnam": ["vietnamese"], "taiwan": ["taiwanese"],
    "hungary": ["hungarian"], "italy": ["italian"], "argentina": ["argentine"], "chile": ["chilean"],
    "mexico": ["mexican"], "brazil": ["brazilian"], "egypt": ["egyptian"], "canada": ["canadian"],
  ]
}
