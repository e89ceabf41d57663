/// Whether one condition can only hold where another does. It finds the rules that an earlier one leaves nothing for.
///
/// A `true` is certain; a `false` means only that it is not obvious.
extension Condition {
  public func implies(_ other: Condition) -> Bool {
    switch (self, other) {
    case (_, .all(let wanted)):
      return wanted.allSatisfy { self.implies($0) }
    case (.any(let ways), _):
      return !ways.isEmpty && ways.allSatisfy { $0.implies(other) }
    case (.none(let excluded), .none(let wanted)):
      return wanted.allSatisfy { unwanted in excluded.contains { unwanted.implies($0) } }
    case (.all(let given), .any(let ways)):
      return ways.contains { self.implies($0) } || given.contains { $0.implies(other) }
    case (.all(let given), _):
      return given.contains { $0.implies(other) }
    case (_, .any(let ways)):
      return ways.contains { self.implies($0) }
    case (.field(let field, let matcher), .field(let otherField, let otherMatcher)):
      return field == otherField
        ? matcher.implies(otherMatcher) : Self.regionImpliesCountry(field, matcher, otherField, otherMatcher)
    case (.field, .none), (.none, .field):
      return false
    }
  }

  /// Whether a single rule's own parts exclude each other (`min` above `max`), so that it can never hold.
  public var isContradictory: Bool {
    switch self {
    case .field(_, .range(let min?, let max?)): max < min
    case .field: false
    case .all(let parts): parts.contains(where: \.isContradictory)
    case .any(let ways): ways.allSatisfy(\.isContradictory)
    case .none(let excluded): excluded.contains { $0 == .all([]) }
    }
  }

  /// A lead's region always lies in its country.
  private static func regionImpliesCountry(
    _ field: ConditionField, _ matcher: Matcher, _ otherField: ConditionField, _ other: Matcher
  ) -> Bool {
    guard field == .normalized(.region), otherField == .normalized(.country), case .equals(let regions) = matcher,
      case .place(let countries, let ownRegions) = other
    else { return false }
    return !regions.isEmpty
      && regions.allSatisfy { ownRegions.contains($0.text) || countries.contains(String($0.text.prefix(2))) }
  }
}

extension Matcher {
  /// Both on the same field.
  func implies(_ other: Matcher) -> Bool {
    switch (self, other) {
    case (.exists(let left), .exists(let right)):
      return left == right
    case (.not(let left), .not(let right)):
      return right.implies(left)
    case (.not(.exists(let left)), .exists(let right)):
      return left != right
    case (.exists(false), .not(let right)):
      return right.needsValue
    case (_, .exists(true)):
      return needsValue
    case (.equals(let left), _):
      return !left.isEmpty && left.allSatisfy { other.certainlyMatches($0) }
    case (.place(let countries, let regions), .place(let otherCountries, let otherRegions)):
      return countries.allSatisfy(otherCountries.contains)
        && regions.allSatisfy { otherRegions.contains($0) || otherCountries.contains(String($0.prefix(2))) }
    case (.range(let min, let max), .range(let otherMin, let otherMax)):
      return Self.isAtLeast(min, otherMin) && Self.isAtMost(max, otherMax)
    case (.contains(let left), .contains(let right)):
      return left.allSatisfy { phrase in right.contains { phrase.words.contains($0.words) } }
    case (.glob(let left), .glob(let right)):
      return left.allSatisfy { pattern in right.contains { $0.means(pattern) || $0.folded == "*" } }
    default:
      return false
    }
  }

  /// False when the matcher can hold for an unknown value.
  private var needsValue: Bool {
    switch self {
    case .exists(let flag): flag
    case .not: false
    default: true
    }
  }

  private func certainlyMatches(_ literal: Literal) -> Bool {
    switch self {
    case .equals(let literals): literals.contains { $0.means(literal) }
    case .contains(let phrases): phrases.contains { literal.words.contains($0.words) }
    case .glob(let patterns): patterns.contains { $0.pattern.matches(Array(literal.folded.utf8)) }
    case .range(let min, let max):
      ExactDecimal(literal.text).map { Self.isAtLeast($0, min) && Self.isAtMost($0, max) } ?? false
    case .place, .exists, .not: false
    }
  }

  private static func isAtLeast(_ bound: ExactDecimal?, _ wanted: ExactDecimal?) -> Bool {
    guard let wanted else { return true }
    return bound.map { wanted <= $0 } ?? false
  }

  private static func isAtMost(_ bound: ExactDecimal?, _ wanted: ExactDecimal?) -> Bool {
    guard let wanted else { return true }
    return bound.map { $0 <= wanted } ?? false
  }
}
