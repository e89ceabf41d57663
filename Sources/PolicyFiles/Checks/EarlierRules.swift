import RevOps

/// The rules so far, findable by what they ask for, so that thousands of rules need no comparison of each with each.
///
/// A rule is kept under the values of one of its parts, the one that the fewest others are kept under. A later rule that
/// it covers asks for one of these values, too.
struct EarlierRules {
  struct Rule {
    var name: String
    var when: Condition
    var line: Int
  }

  private struct Key: Hashable {
    var field: ConditionField
    /// A value, or the first word of a phrase.
    var value: String
    var isWord = false
  }

  private var keyed: [Key: [Rule]] = [:]
  /// Those that ask for no particular value.
  private var open: [Rule] = []

  mutating func add(_ rule: Rule) {
    let choices = Self.parts(rule.when).map(Self.keys).filter { !$0.isEmpty }
    let best = choices.min { load($0) < load($1) }
    guard let best else { return open.append(rule) }
    for key in best { keyed[key, default: []].append(rule) }
  }

  /// All rules that may cover the condition; it need not be said which do.
  func candidates(for when: Condition) -> some Sequence<Rule> {
    let keys = Set(Self.parts(when).flatMap { Self.keys($0) + Self.implied($0) })
    return [open, keys.flatMap { keyed[$0] ?? [] }].joined()
  }

  private func load(_ keys: [Key]) -> Int { keys.reduce(0) { $0 + (keyed[$1]?.count ?? 0) } }

  private static func parts(_ when: Condition) -> [Condition] {
    if case .all(let parts) = when { parts } else { [when] }
  }

  /// The values, one of which a lead must have.
  private static func keys(_ part: Condition) -> [Key] {
    switch part {
    case .field(let field, .equals(let literals)): literals.map { Key(field: field, value: fold($0)) }
    case .field(let field, .place(let countries, let regions)):
      (countries + regions).map { Key(field: field, value: $0) }
    case .field(let field, .contains(let phrases)):
      phrases.map { Key(field: field, value: words($0).first ?? "", isWord: true) }
    default: []
    }
  }

  /// Further values that follow from these: a region's country, and the words of a value.
  private static func implied(_ part: Condition) -> [Key] {
    switch part {
    case .field(.normalized(.region), .equals(let literals)): literals.map { country($0.text) }
    case .field(_, .place(_, let regions)): regions.map(country)
    case .field(let field, .equals(let literals)), .field(let field, .contains(let literals)):
      literals.flatMap(words).map { Key(field: field, value: $0, isWord: true) }
    default: []
    }
  }

  private static func country(_ region: String) -> Key {
    Key(field: .normalized(.country), value: String(region.prefix(2)))
  }

  private static func fold(_ literal: Literal) -> String { TextFolding.fold(literal.text) }

  private static func words(_ literal: Literal) -> [String] { TextFolding.words(fold(literal)).map(String.init) }
}
