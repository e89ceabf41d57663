extension Explanation {
  /// One matcher in English: `employees at least 201`, `industry is one of FinTech, Banking`.
  static func phrase(_ field: ConditionField, _ matcher: Matcher) -> String {
    let name = name(of: field)
    switch matcher {
    case .equals(let literals): return name + isOneOf(literals.map(\.text))
    case .place(let countries, let regions): return name + isOneOf(countries + regions)
    case .range(let min, let max): return name + bounds(min, max)
    case .contains(let literals): return name + contains(literals.map(\.text))
    case .glob(let literals): return name + looksLike(literals.map(\.text))
    case .exists(let wanted): return name + (wanted ? " is known" : " is unknown")
    case .not(let inner): return "not (" + phrase(field, inner) + ")"
    }
  }

  /// A field as people say it.
  static func name(of field: ConditionField) -> String {
    switch field {
    case .normalized(.emailType): "kind of e-mail address"
    case .normalized(.linkedinURL): "LinkedIn page"
    case .custom(let name): name
    case .utm(let name): name
    default: field.name.replacing("_", with: " ")
    }
  }

  /// Values come from strangers and may be long.
  static func shortened(_ text: String) -> String {
    let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return flat.count > 60 ? String(flat.prefix(59)) + "…" : flat
  }

  private static func isOneOf(_ texts: [String]) -> String {
    texts.count == 1 ? " is " + list(texts) : " is one of " + list(texts)
  }

  private static func contains(_ texts: [String]) -> String {
    let quoted = texts.map { "“\($0)”" }
    return texts.count == 1 ? " contains " + list(quoted) : " contains one of " + list(quoted)
  }

  private static func looksLike(_ texts: [String]) -> String {
    texts.count == 1 ? " looks like " + list(texts) : " looks like one of " + list(texts)
  }

  private static func bounds(_ min: ExactDecimal?, _ max: ExactDecimal?) -> String {
    switch (min, max) {
    case (let min?, let max?) where min == max: " is \(min)"
    case (let min?, let max?): " from \(min) to \(max)"
    case (let min?, nil): " at least \(min)"
    case (nil, let max?): " at most \(max)"
    case (nil, nil): " is a number"
    }
  }

  /// At most twelve of them: a region may hold a whole continent.
  private static func list(_ texts: [String]) -> String {
    let shown = texts.prefix(12).joined(separator: ", ")
    return texts.count > 12 ? shown + " and \(texts.count - 12) more" : shown
  }
}
