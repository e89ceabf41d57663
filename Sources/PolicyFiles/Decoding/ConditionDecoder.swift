import RevOps

/// `when:` maps. A part in error is reported and makes the whole condition nil, so that no rule is ever wider than
/// it was meant.
struct ConditionDecoder {
  let report: Report
  let names: Names
  /// Scoring rules come before there is a score.
  var knowsScore = true

  func condition(_ node: ConfigNode) -> Condition? {
    guard let entries = node.entries else {
      report.error(
        node, "`when` must be a map from fields to what they must be, not \(node.kind)",
        suggestion: "for example `when: { country: DE }`")
      return nil
    }
    let parts = entries.map(part)
    guard !parts.contains(nil) else { return nil }
    let found = parts.compactMap(\.self)
    return found.count == 1 ? found[0] : .all(found)
  }

  private func part(_ entry: ConfigNode.Entry) -> Condition? {
    switch entry.name {
    case "all": conditions(entry).map(Condition.all)
    case "any": conditions(entry).map(Condition.any)
    case "none": conditions(entry).map(Condition.none)
    default: test(entry)
    }
  }

  private func conditions(_ entry: ConfigNode.Entry) -> [Condition]? {
    guard let nodes = entry.value.list else {
      report.error(
        entry.value, "`\(entry.name)` must be a list of conditions, not \(entry.value.kind)",
        suggestion: "for example `\(entry.name): [ { country: DE }, { industry: Banking } ]`")
      return nil
    }
    guard !nodes.isEmpty else {
      report.error(entry.value, "`\(entry.name)` is empty")
      return nil
    }
    let parts = nodes.map(condition)
    return parts.contains(nil) ? nil : parts.compactMap(\.self)
  }

  private func test(_ entry: ConfigNode.Entry) -> Condition? {
    guard let field = ConditionField(named: entry.name) else {
      report.error(
        entry.key, "unknown field `\(ConfigNode.short(entry.name))`", suggestion: FieldName.advice(entry.name))
      return nil
    }
    guard knowsScore || field != .score else {
      report.error(entry.key, "`score` is not known while the score is worked out", suggestion: "use it in routing")
      return nil
    }
    return MatcherDecoder(report: report, names: names, field: field).matcher(entry.value).map { .field(field, $0) }
  }
}

/// Names that people try for a field.
enum FieldName {
  static func advice(_ name: String) -> String {
    if let known = alias[name.lowercased()] { return "did you mean `\(known)`?" }
    return Suggestion.nearest(to: name, in: ConditionField.names + ["any", "all", "none"])
      ?? "a form's own field is written `custom.\(name)`"
  }

  private static let alias = [
    "state": "region", "province": "region", "website": "domain", "host": "domain", "email_domain": "domain",
    "size": "employees", "headcount": "employees", "company_size": "employees", "numemployees": "employees",
    "name": "full_name", "job_title": "title", "jobtitle": "title", "company_name": "company", "owner": "account_owner",
    "stage": "account_stage", "revenue": "annual_revenue", "lead_source": "source", "campaign": "utm_campaign",
    "level": "seniority", "tech": "technologies", "tag": "tags",
  ]
}
