import RevOps

/// What one field must be: a value, a list, or a map with a matcher.
struct MatcherDecoder {
  let report: Report
  let names: Names
  let field: ConditionField

  private static let keys = ["min", "max", "contains", "glob", "exists", "not"]

  func matcher(_ node: ConfigNode) -> Matcher? {
    switch node.content {
    case .map(let entries): special(node, entries)
    case .list(let items): values(node, items)
    case .scalar: values(node, [node])
    }
  }

  private func special(_ node: ConfigNode, _ entries: [ConfigNode.Entry]) -> Matcher? {
    let hints = ["in": "a plain list", "equals": "a plain value", "gte": "min", "lte": "max", "is": "a plain value"]
    guard let section = Section(node, "a test of `\(field.name)`", keys: Self.keys, hints: hints, report),
      entries.allSatisfy({ Self.keys.contains($0.name) })
    else { return nil }
    let kinds = Set(entries.map { $0.name == "max" ? "min" : $0.name })
    guard kinds.count == 1, let kind = kinds.first else {
      report.error(
        node, kinds.isEmpty ? "this test of `\(field.name)` is empty" : "a test can be only one of these at a time",
        suggestion: "combine several with `all` or `any`")
      return nil
    }
    switch kind {
    case "min": return range(section)
    case "exists": return section.required("exists").flatMap { report.flag($0, "exists") }.map(Matcher.exists)
    case "not": return section.required("not").flatMap(matcher).map(Matcher.not)
    case "contains": return section.required("contains").flatMap(phrases).map(Matcher.contains)
    default: return section.required("glob").flatMap(patterns).map(Matcher.glob)
    }
  }

  // MARK: Bounds

  private func range(_ section: Section) -> Matcher? {
    guard field.kind == .number || field.kind == .open else {
      report.error(
        section.node, "`\(field.name)` is no number and has no `min` or `max`", suggestion: "write the values as a list"
      )
      return nil
    }
    let errors = report.errorCount
    let (min, max) = (section.number("min"), section.number("max"))
    guard report.errorCount == errors else { return nil }
    guard min != nil || max != nil else {
      report.error(section.node, "neither `min` nor `max` has a value")
      return nil
    }
    if let min, let max, max < min {
      report.error(
        section.node, "no number is at least \(min) and at most \(max)", suggestion: "swap `min` and `max`")
      return nil
    }
    if field == .normalized(.employees) { Headcount(report: report).check(section, min: min, max: max) }
    return .range(min: min, max: max)
  }

  // MARK: Text

  private func phrases(_ node: ConfigNode) -> [Literal]? {
    guard field.kind != .number else { return refuseText(node, "contains") }
    return literals(node, "contains") { text, node in
      let literal = Literal(text)
      guard literal.hasWords else {
        report.error(node, "`\(ConfigNode.short(text))` has no letter or digit, and `contains` looks for words")
        return nil
      }
      return [literal]
    }
  }

  private func patterns(_ node: ConfigNode) -> [Literal]? {
    guard field.kind != .number else { return refuseText(node, "glob") }
    return literals(node, "glob") { text, _ in [Literal(text)] }
  }

  private func refuseText(_ node: ConfigNode, _ key: String) -> [Literal]? {
    report.error(node, "`\(field.name)` is a number and has no `\(key)`", suggestion: "use `min` and `max`")
    return nil
  }

  private func literals(
    _ node: ConfigNode, _ key: String, _ read: (String, ConfigNode) -> [Literal]?
  ) -> [Literal]? {
    let nodes = node.list ?? [node]
    guard !nodes.isEmpty else {
      report.error(node, "`\(key)` is empty")
      return nil
    }
    let found = nodes.map { node in
      report.text(node, key).flatMap { text in members(text).map { read($0, node) }.joinedOrNil() }
    }
    return found.joinedOrNil()
  }

  /// The members of a list of that name, else the text itself.
  private func members(_ text: String) -> [String] { names.list(text) ?? [text] }

  // MARK: Values

  private func values(_ node: ConfigNode, _ items: [ConfigNode]) -> Matcher? {
    guard !items.isEmpty else {
      report.error(node, "the list of values for `\(field.name)` is empty, which nothing equals")
      return nil
    }
    if let null = items.first(where: \.isNull) {
      report.error(
        null, "`\(field.name)` has no value here", suggestion: "for an unknown one write `{ exists: false }`")
      return nil
    }
    if field == .normalized(.country) { return place(items) }
    let canonical = CanonicalValue(report: report, names: names, field: field)
    return literals(node, field.name) { text, node in canonical.literals(text, node) }.map(Matcher.equals)
  }

  private func place(_ items: [ConfigNode]) -> Matcher? {
    let places = items.map { item in
      report.text(item, "country").flatMap { text in members(text).map { place($0, item) }.joinedOrNil() }
    }
    guard let places = places.joinedOrNil() else { return nil }
    return .place(
      countries: places.flatMap(\.countries).uniqued(), regions: places.flatMap(\.regions).uniqued())
  }

  private func place(_ text: String, _ node: ConfigNode) -> [Names.Place]? {
    if let region = names.region(text) { return [region] }
    switch PlaceName(text) {
    case .country(let code): return [Names.Place(countries: [code])]
    case .region(let code):
      report.checkLevel(code, node)
      return [Names.Place(regions: [code])]
    case nil:
      report.error(
        node, PlaceName.unknown(text), suggestion: PlaceName.advice(text, among: names.regionNames + names.listNames))
      return nil
    }
  }
}

extension Array {
  /// All elements in one list; nil when one of them is missing.
  func joinedOrNil<Inner>() -> [Inner]? where Element == [Inner]? {
    contains { $0 == nil } ? nil : flatMap { $0 ?? [] }
  }
}
