import RevOps

/// `routing.yaml`.
struct RoutingDecoder {
  let report: Report

  static let keys = ["regions", "lists", "teams", "rules", "default", "examples"]

  /// What could be read. Rules in error are left out; the report has them.
  struct Result {
    /// Nil when there is no usable default.
    var policy: RoutingPolicy?
    /// Every team that was named, also those in error.
    var teamNames: [String] = []
    var names = Names()
    var examples: [Example] = []
  }

  func decode(_ root: ConfigNode) -> Result {
    if ClassicRouting.looksClassic(root) { return ClassicRouting(report: report).decode(root) }
    guard let section = Section(root, "the routing file", keys: Self.keys, report) else { return Result() }
    let names = NamesDecoder(report: report).decode(regions: section["regions"], lists: section["lists"])
    let (teams, teamNames) = TeamsDecoder(report: report).decode(section["teams"])
    let targets = TargetDecoder(report: report, teams: teamNames)
    let rules = rules(section.list("rules") ?? [], names, targets)
    let fallback = section.required("default", suggestion: "name the team or person that takes what no rule does")
      .flatMap { targets.target($0, "default", allowsOwners: false) }
    let examples = ExampleDecoder(report: report, teams: teamNames).decode(section.list("examples") ?? [])
    return Result(
      policy: fallback.map { RoutingPolicy(teams: teams, rules: rules, fallback: $0) }, teamNames: teamNames,
      names: names, examples: examples)
  }

  private func rules(_ nodes: [ConfigNode], _ names: Names, _ targets: TargetDecoder) -> [RoutingPolicy.Rule] {
    var names = RuleNames(report: report, names: names)
    var reach = Reachability(report: report)
    return nodes.compactMap { rule($0, &names, &reach, targets) }
  }

  private func rule(
    _ node: ConfigNode, _ names: inout RuleNames, _ reach: inout Reachability, _ targets: TargetDecoder
  ) -> RoutingPolicy.Rule? {
    guard let section = Section(node, "a routing rule", keys: ["name", "when", "assign"], hints: Self.hints, report)
    else { return nil }
    let name = names.name(section)
    let when = names.condition(section, knowsScore: true)
    let target = section.required("assign").flatMap { targets.target($0, "assign", allowsOwners: true) }
    guard let name, let when, let target else { return nil }
    reach.add(name, when, node, takesAll: !target.mayBePassedOver)
    return RoutingPolicy.Rule(name: name, when: when, assign: target)
  }

  private static let hints = ["if": "when", "match": "when", "team": "assign", "owner": "assign", "to": "assign"]
}

extension RoutingPolicy.Target {
  /// An account's or deal's owner may have left; then evaluation goes on.
  fileprivate var mayBePassedOver: Bool { self == .accountOwner || self == .dealOwner }
}

/// Names and conditions of rules, in whichever file.
struct RuleNames {
  let report: Report
  let names: Names
  private var seen = Set<String>()

  init(report: Report, names: Names) {
    self.report = report
    self.names = names
  }

  mutating func name(_ section: Section) -> String? {
    guard let node = section.required("name"), let name = report.text(node, "name") else { return nil }
    if !seen.insert(TextFolding.fold(name)).inserted {
      report.error(node, "another rule is called `\(ConfigNode.short(name))`", suggestion: "a name stands for one rule")
    }
    return name
  }

  func condition(_ section: Section, knowsScore: Bool) -> Condition? {
    guard let node = section.required("when", suggestion: "a rule for every lead has `when: {}`") else { return nil }
    return ConditionDecoder(report: report, names: names, knowsScore: knowsScore).condition(node)
  }
}

/// Who a rule, or the default, gives leads to.
struct TargetDecoder {
  let report: Report
  let teams: [String]

  func target(_ node: ConfigNode, _ key: String, allowsOwners: Bool) -> RoutingPolicy.Target? {
    guard let text = report.text(node, key) else { return nil }
    if teams.contains(text) { return .team(text) }
    if text.contains("@") { return report.email(node, key).map(RoutingPolicy.Target.person) }
    switch text {
    case "account_owner" where allowsOwners: return .accountOwner
    case "deal_owner" where allowsOwners: return .dealOwner
    case "account_owner", "deal_owner":
      report.error(node, "`\(key)` cannot be an owner: not every lead has one", suggestion: "name a team or a person")
    default:
      let known = teams + (allowsOwners ? ["account_owner", "deal_owner"] : [])
      report.error(
        node, "there is no team `\(ConfigNode.short(text))`",
        suggestion: Suggestion.among(known, for: text) ?? "add it under `teams`")
    }
    return nil
  }
}
