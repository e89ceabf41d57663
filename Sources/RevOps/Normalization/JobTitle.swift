/// What a job title says of seniority and department.
public enum JobTitle {
  /// The highest level that the title itself has; `individual` where it names a trade but no level, nil where it says
  /// nothing. Whom one works for (`assistant to the CEO`), what one was (`former CTO`) and what one wants to be are no
  /// levels.
  public static func seniority(_ title: String) -> Seniority? { TitleReading(title).seniority }

  /// The department; `other` for a trade of none, nil where the title names no trade.
  public static func department(_ title: String) -> Department? { DepartmentReading.department(title) }
}

/// One reading of a title, segment by segment.
struct TitleReading {
  /// Levels, the highest first.
  static let ranking: [Seniority] = [
    .founder, .cLevel, .vp, .head, .director, .manager, .senior, .individual, .intern,
  ]
  private let lexicon = TitleLexicon.shared
  private let segments: [TitleSegment]
  private let hasWords: Bool
  private let unspaced: String

  init(_ title: String) {
    unspaced = TextFolding.fold(title, limit: 300)
    segments = TitleSegment.split(unspaced)
    hasWords = segments.contains { segment in segment.words.contains { $0.contains(where: \.isLetter) } }
  }

  var seniority: Seniority? {
    guard hasWords else { return nil }
    var walker = TitleWalker(lexicon: lexicon)
    var levels: [TitleWalker.Level?] = []
    for segment in segments {
      let level = walker.level(of: segment)
      // `CEO (retired)`
      if walker.onlySaidFormer, !levels.isEmpty { levels[levels.count - 1] = .level(.individual) }
      levels.append(level)
    }
    if let manager = generalManager(levels) { levels = levels.map { $0 == .generalManager ? manager : $0 } }
    var found = levels.compactMap { $0?.seniority }
    found += lexicon.parts(in: unspaced)
    return Self.highest(found) ?? .individual
  }

  /// A general manager leads the company, unless the title goes on with what is managed (`General Manager, EMEA`).
  private func generalManager(_ levels: [TitleWalker.Level?]) -> TitleWalker.Level? {
    guard levels.contains(.generalManager) else { return nil }
    return .level(levels.allSatisfy { $0 != nil } ? .cLevel : .manager)
  }

  /// Somebody who learns a trade is a learner whatever the trade's level, unless they lead elsewhere.
  static func highest(_ found: [Seniority]) -> Seniority? {
    let best = ranking.first { found.contains($0) }
    guard found.contains(.intern), let best else { return best }
    return [.founder, .cLevel, .vp, .head, .director].contains(best) ? best : .intern
  }
}

/// Words between separators, and what separated them from those before.
struct TitleSegment {
  enum Link {
    /// `&`, `and`, `/`, `+`: more of the same.
    case and
    /// `,`, ` - `, brackets: an explanation.
    case aside
  }

  var link: Link
  var words: [String]

  static func split(_ folded: String) -> [TitleSegment] {
    var segments: [TitleSegment] = []
    var text = ""
    var link = Link.aside
    func close(_ next: Link) {
      for (index, words) in conjuncts(of: text).enumerated() where !words.isEmpty {
        segments.append(TitleSegment(link: index == 0 ? link : .and, words: words))
      }
      text = ""
      link = next
    }
    var previous: Character = " "
    for character in folded {
      let spacedDash = "-–—".contains(character) && previous == " "
      if "&+/".contains(character) && !isAbbreviation(text) {
        close(.and)
      } else if spacedDash || ",;|()[]–—•·:".contains(character) {
        close(.aside)
      } else {
        text.append(character == "&" || character == "/" ? " " : character)
      }
      previous = character
    }
    close(.aside)
    return segments
  }

  /// `r&d`, `p&l`: an ampersand after a single letter joins.
  private static func isAbbreviation(_ text: String) -> Bool {
    guard let last = text.last, last.isLetter else { return false }
    let before = text.dropLast().last
    return before == nil || before == " "
  }

  private static let conjunctions: Set<String> = [
    "and", "und", "et", "y", "e", "og", "och", "oraz", "и", "та", "va", "ve",
  ]

  private static func conjuncts(of text: String) -> [[String]] {
    let words = PlaceName.joinedWords(text)
    return words.split(omittingEmptySubsequences: false) { conjunctions.contains($0) }.map(Array.init)
  }
}

/// Finds the levels in one segment after the other, and remembers what keeps later ones from counting.
struct TitleWalker {
  enum Level: Equatable {
    case level(Seniority)
    case generalManager

    var seniority: Seniority? { if case .level(let level) = self { level } else { nil } }
  }

  let lexicon: TitleLexicon
  private var serves = false
  private var isFormer = false
  private var isAide = false
  private var isFirst = true
  /// The last segment took back what came before it.
  private(set) var onlySaidFormer = false

  init(lexicon: TitleLexicon) { self.lexicon = lexicon }

  /// The level that a segment has; nil when it has none.
  mutating func level(of segment: TitleSegment) -> Level? {
    if segment.link == .aside {
      serves = false
      isFormer = false
    } else {
      isAide = false
    }
    let words = segment.words
    defer { isFirst = false }
    onlySaidFormer = words.count == 1 && lexicon.longest(in: words, at: 0)?.0 == .former
    // A managing director's title begins so; a physician's degree comes last.
    if words.first == "md", isFirst { return .level(.cLevel) }
    if ["general manager", "gm"].contains(words.joined(separator: " ")), !isBlocked { return .generalManager }
    var found: [Seniority] = []
    var index = 0
    while index < words.count { index += step(words, index, &found) }
    return TitleReading.highest(found).map { .level($0) }
  }

  private var isBlocked: Bool { serves || isFormer || isAide }

  /// Reads what begins at a word; answers how many words that took.
  private mutating func step(_ words: [String], _ index: Int, _ found: inout [Seniority]) -> Int {
    guard let (entry, length) = lexicon.longest(in: words, at: index) else {
      if let level = lexicon.compound(words[index]), !isBlocked { found.append(level) }
      return 1
    }
    switch entry {
    case .former:
      isFormer = true
      // `CEO emeritus`
      if index + length == words.count, !found.isEmpty { found = [.individual] }
    case .service: serves = true
    case .aide:
      isAide = true
      found.append(.individual)
    case .chief:
      if !isBlocked { found.append(chief(words, index)) }
    case .level(.individual): found.append(.individual)
    case .level(.intern): learner(words, index, &found)
    case .level(let level): add(level, words, index, length, &found)
    }
    return length
  }

  private func add(
    _ level: Seniority, _ words: [String], _ index: Int, _ length: Int, _ found: inout [Seniority]
  ) {
    let end = index + length
    if isBlocked || isFollowedByAide(words, end, level) { return }
    if words[index] == "head", length == 1, end < words.count, TitleLexicon.isTrade(words[end]) { return }
    if words[index..<end].joined(separator: " ") == "general manager", end < words.count {
      found.append(.manager)
    } else {
      found.append(level)
    }
  }

  /// `Marketing manager intern` learns; `director of students` directs.
  private func learner(_ words: [String], _ index: Int, _ found: inout [Seniority]) {
    if isFormer || isAide { return }
    let leads = found.contains { ![.senior, .individual, .intern].contains($0) }
    if leads && words[..<index].contains(where: TitleLexicon.genitives.contains) { return }
    found = [.intern]
  }

  /// `chief … officer`, or `chief` and a function of the company (`chief people & culture`); the chief of a trade
  /// (`chief engineer`) is its most senior.
  private func chief(_ words: [String], _ index: Int) -> Seniority {
    let rest = words[(index + 1)...].prefix(6)
    if let officer = rest.firstIndex(where: lexicon.officers.contains) {
      return isFollowedByAide(words, officer + 1, .cLevel) ? .individual : .cLevel
    }
    guard let first = rest.first, let last = rest.last else { return .individual }
    if TitleLexicon.isTrade(last) { return .senior }
    return lexicon.functions.contains(first) && !isFollowedByAide(words, index + 2, .cLevel) ? .cLevel : .individual
  }

  private func isFollowedByAide(_ words: [String], _ end: Int, _ level: Seniority) -> Bool {
    let next = words[min(end, words.count)...]
    // `the founder's office`: what is somebody's is not the level.
    if next.first == "s" { return next.count > 1 }
    guard let word = next.first else { return false }
    let isTop = level == .cLevel || level == .founder
    return lexicon.aidesBehind.contains(word) || isTop && lexicon.officesBehind.contains(word)
  }
}
