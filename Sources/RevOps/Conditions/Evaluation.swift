/// Whether a condition holds for a lead, and if not, where it first failed.
public struct ConditionResult: Sendable, Equatable {
  public var holds: Bool
  /// The first condition that failed, as a path into the tree (`[0, 2]`; empty: the root itself); nil when it holds.
  public var failed: [Int]?
}

extension Condition {
  /// Tests the condition. Never fails: whatever is unknown makes matchers false.
  /// - Parameter score: nil while there is none.
  public func evaluate(_ facts: LeadFacts, score: ExactDecimal? = nil) -> ConditionResult {
    evaluate(FoldedFacts(facts, score: score))
  }

  func evaluate(_ facts: FoldedFacts) -> ConditionResult {
    let failed = failure(in: facts)
    return ConditionResult(holds: failed == nil, failed: failed)
  }

  private func failure(in facts: FoldedFacts) -> [Int]? {
    switch self {
    case .field(let field, let matcher):
      return matcher.holds(field, facts) ? nil : []
    case .all(let conditions):
      for (index, condition) in conditions.enumerated() {
        if let inner = condition.failure(in: facts) { return [index] + inner }
      }
      return nil
    case .any(let conditions):
      return conditions.contains { $0.failure(in: facts) == nil } ? nil : []
    case .none(let conditions):
      return conditions.firstIndex { $0.failure(in: facts) == nil }.map { [$0] }
    }
  }
}

extension Matcher {
  func holds(_ field: ConditionField, _ facts: FoldedFacts) -> Bool {
    switch self {
    case .exists(let wanted):
      return facts.values(field).isEmpty != wanted
    case .not(let matcher):
      return !matcher.holds(field, facts)
    case .place(let countries, let regions):
      return Self.lies(facts.facts.normalized, in: countries, or: regions)
    case .glob(let patterns) where field == .normalized(.domain):
      return facts.hosts.contains { host in patterns.contains { $0.pattern.matches(host.bytes) } }
    default:
      return facts.values(field).contains { matches($0) }
    }
  }

  private static func lies(_ lead: NormalizedLead, in countries: [String], or regions: [String]) -> Bool {
    if let country = lead.country, countries.contains(country) { return true }
    guard !regions.isEmpty, let region = lead.region else { return false }
    return regions.contains(region)
  }

  private func matches(_ value: FoldedValue) -> Bool {
    switch self {
    case .equals(let literals): literals.contains { $0.folded == value.folded }
    case .contains(let literals): literals.contains { value.words.contains($0.words) }
    case .glob(let literals): literals.contains { $0.pattern.matches(value.bytes) }
    case .range(let min, let max): value.number.map { Self.lies($0, min, max) } ?? false
    case .exists, .not, .place: false
    }
  }

  private static func lies(_ number: ExactDecimal, _ min: ExactDecimal?, _ max: ExactDecimal?) -> Bool {
    if let min, number < min { return false }
    if let max, max < number { return false }
    return true
  }
}
