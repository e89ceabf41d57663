import RevOps

/// `scoring.yaml`. Weights, thresholds and limit that are left out have the values of the documentation.
struct ScoringDecoder {
  let report: Report
  let names: Names

  private static let keys = ["weights", "thresholds", "llm_limit", "rules", "disqualify", "qualify", "nurture"]

  func decode(_ root: ConfigNode) -> ScoringPolicy? {
    guard let section = Section(root, "the scoring file", keys: Self.keys, report) else { return nil }
    let (rulesWeight, llmWeight) = weights(section["weights"])
    let (qualify, nurture) = thresholds(section["thresholds"])
    var gates = Gates(report: report, names: names)
    return ScoringPolicy(
      rulesWeight: rulesWeight, llmWeight: llmWeight, qualifyThreshold: qualify, nurtureThreshold: nurture,
      llmLimit: section.unit("llm_limit") ?? Self.decimal("0.3"), rules: rules(section.list("rules") ?? []),
      disqualify: gates.decode(section, "disqualify"), qualify: gates.decode(section, "qualify"),
      nurture: gates.decode(section, "nurture"))
  }

  private func weights(_ node: ConfigNode?) -> (rules: ExactDecimal, llm: ExactDecimal) {
    let standard = (Self.decimal("0.5"), Self.decimal("0.5"))
    guard let node, let section = Section(node, "`weights`", keys: ["rules", "llm"], report) else { return standard }
    let errors = report.errorCount
    let (rules, llm) = (section.required("rules"), section.required("llm"))
    guard let rules = rules.flatMap({ report.unit($0, "rules") }), let llm = llm.flatMap({ report.unit($0, "llm") }),
      report.errorCount == errors
    else { return standard }
    let sum = rules + llm
    if sum != ExactDecimal(1) {
      let rest = ExactDecimal(1) - rules
      report.error(
        node, "`weights` must add up to 1, and they add up to \(sum)",
        suggestion: "with `rules: \(rules)` write `llm: \(rest)`")
    }
    return (rules, llm)
  }

  private func thresholds(_ node: ConfigNode?) -> (qualify: ExactDecimal, nurture: ExactDecimal) {
    let standard = (Self.decimal("0.7"), Self.decimal("0.4"))
    guard let node, let section = Section(node, "`thresholds`", keys: ["qualify", "nurture"], report) else {
      return standard
    }
    let errors = report.errorCount
    let qualify = section.unit("qualify") ?? standard.0
    let nurture = section.unit("nurture") ?? standard.1
    if report.errorCount == errors, qualify < nurture {
      report.error(
        node, "`nurture` (\(nurture)) must not lie above `qualify` (\(qualify))",
        suggestion: "leads below `nurture` are nurtured, from `qualify` on they are qualified")
    }
    return (qualify, nurture)
  }

  private func rules(_ nodes: [ConfigNode]) -> [ScoringPolicy.Rule] {
    var names = RuleNames(report: report, names: names)
    return nodes.compactMap { rule($0, &names) }
  }

  private func rule(_ node: ConfigNode, _ names: inout RuleNames) -> ScoringPolicy.Rule? {
    let keys = ["name", "kind", "when", "points"]
    let hints = ["score": "points", "weight": "points", "if": "when"]
    guard let section = Section(node, "a scoring rule", keys: keys, hints: hints, report) else { return nil }
    let name = names.name(section)
    let when = names.condition(section, knowsScore: false)
    let points = section.required("points").flatMap { self.points($0) }
    let kind: ScoringPolicy.Rule.Kind? = section.choice("kind")
    guard let name, let when, let points else { return nil }
    if when.isContradictory { report.error(node, "the rule `\(name)` can never match") }
    return ScoringPolicy.Rule(name: name, kind: kind, when: when, points: points)
  }

  private func points(_ node: ConfigNode) -> ExactDecimal? {
    guard let points = report.number(node, "points") else { return nil }
    if points == ExactDecimal(0) { report.warning(node, "a rule of 0 points changes nothing") }
    if points < ExactDecimal(-1) || ExactDecimal(1) < points {
      report.warning(node, "\(points) points are more than the whole scale from 0 to 1")
    }
    return points
  }

  /// A constant of this file.
  private static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? ExactDecimal(0) }
}

/// The lists that decide a path by themselves: `disqualify`, then `qualify`, then `nurture`.
private struct Gates {
  let report: Report
  var names: RuleNames
  var reach: Reachability

  init(report: Report, names: Names) {
    self.report = report
    self.names = RuleNames(report: report, names: names)
    reach = Reachability(report: report)
  }

  mutating func decode(_ section: Section, _ key: String) -> [ScoringPolicy.Gate] {
    var gates: [ScoringPolicy.Gate] = []
    for node in section.list(key) ?? [] {
      guard
        let section = Section(
          node, "a rule of `\(key)`", keys: ["name", "when"], hints: ["if": "when"], report)
      else { continue }
      let name = names.name(section)
      guard let when = names.condition(section, knowsScore: false), let name else { continue }
      reach.add(name, when, node, takesAll: true)
      gates.append(ScoringPolicy.Gate(name: name, when: when))
    }
    return gates
  }
}
