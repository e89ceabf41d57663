import RevOps

/// Finds rules that can never be reached, because rules before them take every lead that they could.
///
/// Earlier rules are kept by one value that they ask for, so that thousands of rules need no comparison of each with
/// each other.
struct Reachability {
  private struct Earlier {
    var name: String
    var when: Condition
    var line: Int
  }

  private struct Key: Hashable {
    var field: ConditionField
    var value: String
  }

  let report: Report
  private var keyed: [Key: [Earlier]] = [:]
  /// Those that ask for no particular value.
  private var open: [Earlier] = []

  init(report: Report) { self.report = report }

  /// Checks a rule against those before it, and remembers it.
  /// - Parameter takesAll: whether a lead that matches certainly stops here.
  mutating func add(_ name: String, _ when: Condition, _ node: ConfigNode, takesAll: Bool) {
    if when.isContradictory {
      report.error(node, "the rule `\(name)` can never match: its conditions exclude each other")
    } else if let reason = covering(when) {
      report.error(
        node, "the rule `\(name)` can never be reached: \(reason)", suggestion: "move it up, or remove it")
    }
    guard takesAll else { return }
    let earlier = Earlier(name: name, when: when, line: node.line)
    let keys = Self.keys(when)
    if keys.isEmpty { open.append(earlier) }
    for key in keys { keyed[key, default: []].append(earlier) }
  }

  private func covering(_ when: Condition) -> String? {
    let ways = Self.ways(when)
    let covers = ways.map(cover)
    guard !covers.isEmpty, !covers.contains(where: { $0 == nil }) else { return nil }
    let rules = covers.compactMap(\.self).uniqued(by: \.line)
    let names = rules.prefix(3).map { "`\($0.name)` in line \($0.line)" }.joined(separator: ", ")
    return rules.count == 1 ? "\(names) takes all of its leads" : "\(names) and others before it take all of its leads"
  }

  private func cover(_ way: Condition) -> Earlier? {
    let candidates = open + Self.everyKey(way).flatMap { keyed[$0] ?? [] }
    return candidates.first { way.implies($0.when) }
  }

  /// One condition for each value of the first list in it: each may be taken by another rule.
  private static func ways(_ when: Condition) -> [Condition] {
    switch when {
    case .any(let ways): return ways.flatMap { Self.ways($0) }
    case .field(let field, let matcher): return matcher.single.map { .field(field, $0) }
    case .all(let parts):
      guard let index = parts.firstIndex(where: { part in Self.ways(part).count > 1 }) else { return [when] }
      return Self.ways(parts[index]).map { way in
        .all(parts.enumerated().map { $0.offset == index ? way : $0.element })
      }
    case .none: return [when]
    }
  }

  /// All values under which a rule that covers this one may be kept.
  private static func everyKey(_ when: Condition) -> [Key] {
    guard case .all(let parts) = when else { return keys(when) + countries(when) }
    return parts.flatMap { keys($0) + countries($0) }
  }

  /// The countries that regions lie in.
  private static func countries(_ when: Condition) -> [Key] {
    let regions: [String] =
      switch when {
      case .field(.normalized(.region), .equals(let literals)): literals.map(\.text)
      case .field(_, .place(_, let regions)): regions
      default: []
      }
    return regions.map { Key(field: .normalized(.country), value: String($0.prefix(2))) }
  }

  /// The values, one of which a lead must have, by the first part that names any.
  private static func keys(_ when: Condition) -> [Key] {
    switch when {
    case .field(let field, .equals(let literals)): literals.map { Key(field: field, value: $0.text) }
    case .field(let field, .place(let countries, let regions)):
      (countries + regions).map { Key(field: field, value: $0) }
    case .all(let parts): parts.lazy.map { keys($0) }.first { !$0.isEmpty } ?? []
    default: []
    }
  }
}

extension Matcher {
  fileprivate var single: [Matcher] {
    switch self {
    case .equals(let literals): literals.map { .equals([$0]) }
    case .place(let countries, let regions):
      countries.map { .place(countries: [$0], regions: []) } + regions.map { .place(countries: [], regions: [$0]) }
    default: [self]
    }
  }
}

extension Array {
  fileprivate func uniqued(by key: (Element) -> Int) -> [Element] {
    var seen = Set<Int>()
    return filter { seen.insert(key($0)).inserted }
  }
}
