import RevOps

/// A routing test that lives with the rules.
struct Example {
  /// What must come out; a key that is not written is not judged.
  struct Expectation {
    var path: Path?
    /// `.some(nil)`: no team.
    var team: String??
    /// `.some(nil)`: no owner.
    var owner: String??
  }

  var name: String
  var node: ConfigNode
  /// The payload as a form would send it.
  var lead: JSONValue
  var enrichment: JSONValue?
  var crm: JSONValue?
  var expect: Expectation
}

/// `examples:` of the routing file.
struct ExampleDecoder {
  let report: Report
  let teams: [String]

  func decode(_ nodes: [ConfigNode]) -> [Example] { nodes.compactMap(example) }

  private func example(_ node: ConfigNode) -> Example? {
    let keys = ["name", "lead", "enrichment", "crm", "at", "expect"]
    guard let section = Section(node, "an example", keys: keys, report) else { return nil }
    let lead = section.required("lead").flatMap { map($0, "lead") }
    guard let expect = section.required("expect").flatMap(expectation), let lead else { return nil }
    return Example(
      name: section.text("name") ?? "in line \(node.line)", node: node, lead: lead,
      enrichment: section["enrichment"].flatMap { map($0, "enrichment") },
      crm: section["crm"].flatMap { map($0, "crm") }, expect: expect)
  }

  private func map(_ node: ConfigNode, _ key: String) -> JSONValue? {
    if node.entries != nil { return node.json }
    report.error(node, "`\(key)` must be a map, not \(node.kind)")
    return nil
  }

  private func expectation(_ node: ConfigNode) -> Example.Expectation? {
    guard let section = Section(node, "`expect`", keys: ["path", "team", "owner"], report) else { return nil }
    var expect = Example.Expectation(path: section.choice("path"))
    if section.has("team") { expect.team = .some(section["team"].flatMap(team)) }
    if section.has("owner") { expect.owner = .some(section["owner"].flatMap { report.email($0, "owner") }) }
    if !section.has("path"), expect.team == nil, expect.owner == nil {
      report.error(node, "`expect` says nothing", suggestion: "name a path, a team or an owner")
    }
    return expect
  }

  private func team(_ node: ConfigNode) -> String? {
    guard let name = report.text(node, "team") else { return nil }
    if !teams.contains(name) {
      report.error(
        node, "there is no team `\(ConfigNode.short(name))`", suggestion: Suggestion.nearest(to: name, in: teams))
    }
    return name
  }
}
