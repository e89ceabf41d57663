import RevOps

/// A value for a field in the form in which leads hold it; a name that no lead can ever have is an error.
struct CanonicalValue {
  let report: Report
  let names: Names
  let field: ConditionField

  func literals(_ text: String, _ node: ConfigNode) -> [Literal]? {
    switch field {
    case .normalized(.industry): industry(text, node)
    case .normalized(.seniority): one(Seniority.allCases.map(\.rawValue), text, node)
    case .normalized(.department): one(Department.allCases.map(\.rawValue), text, node)
    case .normalized(.emailType): one(EmailType.allCases.map(\.rawValue), text, node)
    case .accountStage: one(AccountStage.allCases.map(\.rawValue), text, node)
    case .normalized(.region): region(text, node)
    case _ where field.kind == .number: number(text, node)
    default: [Literal(text)]
    }
  }

  private func one(_ allowed: [String], _ text: String, _ node: ConfigNode) -> [Literal]? {
    if let name = allowed.first(where: { TextFolding.fold($0) == TextFolding.fold(text) }) { return [Literal(name)] }
    return unknown(text, node, Suggestion.among(allowed, for: text))
  }

  private func industry(_ text: String, _ node: ConfigNode) -> [Literal]? {
    if let name = Industry.names.first(where: { TextFolding.fold($0) == TextFolding.fold(text) }) {
      return [Literal(name)]
    }
    let meant = Industry.canonical(text).map { "did you mean `\($0)`?" }
    return unknown(text, node, meant ?? Suggestion.nearest(to: text, in: Industry.names + names.listNames))
  }

  private func unknown(_ text: String, _ node: ConfigNode, _ suggestion: String?) -> [Literal]? {
    report.error(
      node, "`\(ConfigNode.short(text))` is no canonical name for `\(field.name)` and no name from `lists`",
      suggestion: suggestion)
    return nil
  }

  private func region(_ text: String, _ node: ConfigNode) -> [Literal]? {
    if let place = names.region(text) {
      guard place.countries.isEmpty else {
        report.error(node, "the region `\(text)` holds whole countries", suggestion: "write it under `country`")
        return nil
      }
      return place.regions.map { Literal($0) }
    }
    if Region.isCode(text.uppercased()) {
      report.checkLevel(text.uppercased(), node)
      return [Literal(text.uppercased())]
    }
    let advice = PlaceName.region(named: text).map { "did you mean `\($0)`?" }
    report.error(
      node, "`\(ConfigNode.short(text))` is no part of a country in ISO 3166-2 and no name from `regions`",
      suggestion: advice ?? Suggestion.nearest(to: text, in: names.regionNames) ?? "for example `US-CA`")
    return nil
  }

  private func number(_ text: String, _ node: ConfigNode) -> [Literal]? {
    if let number = ExactDecimal(text) { return [Literal(number.description)] }
    report.error(node, "`\(field.name)` is a number, and `\(ConfigNode.short(text))` is none")
    return nil
  }
}
