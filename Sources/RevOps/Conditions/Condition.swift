/// One `when:` of a rule: a tree of matchers. The same language serves scoring and routing.
///
/// Regions and lists of the configuration are resolved when the configuration is read: what is left here is final.
public indirect enum Condition: Codable, Sendable, Equatable {
  /// The field's matcher holds.
  case field(ConditionField, Matcher)
  /// Every one holds; an empty one always does.
  case all([Condition])
  /// At least one holds.
  case any([Condition])
  /// None holds.
  case none([Condition])
}

/// A test of one field. An unknown value makes every matcher false except `exists(false)`, so that its `not` is true.
public indirect enum Matcher: Codable, Sendable, Equatable {
  /// Equal to any, after folding (NFKC, case, diacritics).
  case equals([Literal])
  /// `country` only: the lead's country is one of these, or its region one of those (ISO 3166-1, ISO 3166-2).
  case place(countries: [String], regions: [String])
  /// Inclusive bounds; exact decimals.
  case range(min: ExactDecimal?, max: ExactDecimal?)
  /// Whole words, folded.
  case contains([Literal])
  /// `*` and `?`, folded, on the whole value.
  case glob([Literal])
  case exists(Bool)
  case not(Matcher)
}
