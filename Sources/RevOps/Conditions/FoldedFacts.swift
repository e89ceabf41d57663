/// A lead's facts during one evaluation. Each is folded when a matcher first asks for it, and once only, however many
/// rules look at it.
final class FoldedFacts {
  let facts: LeadFacts
  private let score: ExactDecimal?
  private var slots = [[FoldedValue]?](repeating: nil, count: ConditionField.slotCount)
  private var open: [ConditionField: [FoldedValue]] = [:]
  private(set) lazy var hosts = FullHost.candidates(facts).map { FoldedValue($0) }

  init(_ facts: LeadFacts, score: ExactDecimal?) {
    self.facts = facts
    self.score = score
  }

  /// The field's values; empty: unknown.
  func values(_ field: ConditionField) -> [FoldedValue] {
    guard let slot = field.slot else { return openValues(field) }
    if let known = slots[slot] { return known }
    let values = fold(field)
    slots[slot] = values
    return values
  }

  private func openValues(_ field: ConditionField) -> [FoldedValue] {
    if let known = open[field] { return known }
    let values = fold(field)
    open[field] = values
    return values
  }

  private func fold(_ field: ConditionField) -> [FoldedValue] {
    facts.texts(field, score: score).map { FoldedValue($0) }
  }
}

/// One value of a fact in the forms that matchers compare.
final class FoldedValue {
  let folded: String
  private(set) lazy var words = WordSequence(folded: folded)
  private(set) lazy var bytes = Array(folded.utf8)
  private(set) lazy var number = ExactDecimal(folded)

  /// Some characters fold to eighteen: a message full of them is read to twice the length that a message may have.
  init(_ text: String) { folded = TextFolding.fold(text, limit: LeadPayload.longText) }
}
