import RevOps

/// Finds rules that can never be reached, because rules before them take every lead that they could.
struct Reachability {
  let report: Report
  private var earlier = EarlierRules()

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
    if takesAll { earlier.add(EarlierRules.Rule(name: name, when: when, line: node.line)) }
  }

  private func covering(_ when: Condition) -> String? {
    let covers = Self.ways(when).map { way in earlier.candidates(for: way).first { way.implies($0.when) } }
    guard !covers.isEmpty, !covers.contains(where: { $0 == nil }) else { return nil }
    var seen = Set<Int>()
    let rules = covers.compactMap(\.self).filter { seen.insert($0.line).inserted }
    let names = rules.prefix(3).map { "`\($0.name)` in line \($0.line)" }.joined(separator: ", ")
    switch rules.count {
    case 1: return names + " takes all of its leads"
    case 2...3: return names + " together take all of its leads"
    default: return names + " and others before it take all of its leads"
    }
  }

  /// One condition for each value of the first list in it: each may be taken by another rule.
  private static func ways(_ when: Condition) -> [Condition] {
    switch when {
    case .any(let ways): return ways.flatMap { Self.ways($0) }
    case .field(let field, let matcher): return matcher.single.map { .field(field, $0) }
    case .all(let parts):
      guard let index = parts.firstIndex(where: { Self.ways($0).count > 1 }) else { return [when] }
      return Self.ways(parts[index]).map { way in
        .all(parts.enumerated().map { $0.offset == index ? way : $0.element })
      }
    case .none: return [when]
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
