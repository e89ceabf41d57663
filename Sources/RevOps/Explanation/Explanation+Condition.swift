extension Explanation {
  /// The condition in English: `country is one of DE, AT, CH and employees at least 201`.
  public static func condition(_ condition: Condition) -> String {
    switch condition {
    case .field(let field, let matcher): phrase(field, matcher)
    case .all(let parts) where parts.isEmpty: "always"
    case .all(let parts): parts.map(nested).joined(separator: " and ")
    case .any(let ways): ways.map(nested).joined(separator: " or ")
    case .none(let excluded): "none of: " + excluded.map(nested).joined(separator: "; ")
    }
  }

  /// The part of a condition that failed, with what is known of the lead: `employees at least 201, but employees is 40`.
  /// - Parameter path: as in a trace; one that doesn't fit the condition stands for the whole of it.
  public static func failure(
    of condition: Condition, at path: [Int], facts: LeadFacts?, score: ExactDecimal? = nil
  ) -> String {
    let part = self.part(of: condition, at: path[...])
    let wanted = part.unwanted ? "not (" + self.condition(part.condition) + ")" : self.condition(part.condition)
    guard let facts else { return wanted }
    let known = fields(of: part.condition).map { value(of: $0, facts, score) }
    return known.isEmpty ? wanted : wanted + ", but " + known.joined(separator: ", ")
  }

  /// `employees is 40`, `country is unknown`.
  static func value(of field: ConditionField, _ facts: LeadFacts, _ score: ExactDecimal?) -> String {
    let texts = facts.texts(field, score: score)
    guard !texts.isEmpty else { return name(of: field) + " is unknown" }
    return name(of: field) + " is " + texts.map(shortened).joined(separator: ", ") + source(of: field, facts)
  }

  /// ` (apollo)`; nothing for what the lead's own words say by themselves or what follows from another fact.
  private static func source(of field: ConditionField, _ facts: LeadFacts) -> String {
    guard case .normalized(let fact) = field, let source = facts.sources[fact], source != .derived else { return "" }
    return " (\(source.rawValue))"
  }

  private static func nested(_ condition: Condition) -> String {
    switch condition {
    case .field: self.condition(condition)
    case .all(let parts) where parts.count < 2: self.condition(condition)
    case .any(let parts) where parts.count < 2: self.condition(condition)
    default: "(" + self.condition(condition) + ")"
    }
  }

  private static func part(
    of condition: Condition, at path: ArraySlice<Int>
  ) -> (condition: Condition, unwanted: Bool) {
    guard let index = path.first else { return (condition, false) }
    switch condition {
    case .all(let parts) where parts.indices.contains(index): return part(of: parts[index], at: path.dropFirst())
    case .any(let parts) where parts.indices.contains(index): return part(of: parts[index], at: path.dropFirst())
    case .none(let parts) where parts.indices.contains(index): return (parts[index], true)
    default: return (condition, false)
    }
  }

  private static func fields(of condition: Condition) -> [ConditionField] {
    func all(_ condition: Condition) -> [ConditionField] {
      switch condition {
      case .field(let field, let matcher): places(field, matcher)
      case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(all)
      }
    }
    var seen = Set<ConditionField>()
    return all(condition).filter { seen.insert($0).inserted }
  }

  /// A place with regions looks at two fields.
  private static func places(_ field: ConditionField, _ matcher: Matcher) -> [ConditionField] {
    switch matcher {
    case .place(_, let regions) where !regions.isEmpty: [field, .normalized(.region)]
    case .not(let inner): places(field, inner)
    default: [field]
    }
  }
}
