import RevOps

/// The flat form of the routing file: countries to e-mail addresses, and `DEFAULT`.
struct ClassicRouting {
  let report: Report

  /// No key of the full form, and nothing but plain values.
  static func looksClassic(_ root: ConfigNode) -> Bool {
    guard let entries = root.entries, !entries.isEmpty else { return false }
    return entries.allSatisfy { !RoutingDecoder.keys.contains($0.name) && $0.value.text != nil }
  }

  func decode(_ root: ConfigNode) -> RoutingDecoder.Result {
    var owners: [String: ConfigNode] = [:]
    var rules: [RoutingPolicy.Rule] = []
    for entry in root.entries ?? [] where entry.name != "DEFAULT" {
      if let rule = rule(entry, &owners) { rules.append(rule) }
    }
    let fallback = (root.entries ?? []).first { $0.name == "DEFAULT" }
    guard let fallback else {
      report.error(root, "`DEFAULT` is missing", suggestion: "it takes the leads of all other countries")
      return RoutingDecoder.Result()
    }
    let owner = report.email(fallback.value, "DEFAULT")
    return RoutingDecoder.Result(
      policy: owner.map { RoutingPolicy(teams: [], rules: rules, fallback: .person($0)) })
  }

  private func rule(_ entry: ConfigNode.Entry, _ owners: inout [String: ConfigNode]) -> RoutingPolicy.Rule? {
    let owner = report.email(entry.value, entry.name)
    guard case .country(let code) = PlaceName(entry.name) else {
      let isDefault = entry.name.uppercased() == "DEFAULT"
      report.error(
        entry.key, "`\(ConfigNode.short(entry.name))` is no country",
        suggestion: isDefault ? "write `DEFAULT`" : PlaceName.advice(entry.name, among: ["DEFAULT"]))
      return nil
    }
    if let other = owners.updateValue(entry.key, forKey: code) {
      report.error(entry.key, "`\(entry.name)` is the same country as the one in line \(other.line)")
    }
    return owner.map {
      RoutingPolicy.Rule(
        name: entry.name, when: .field(.normalized(.country), .place(countries: [code], regions: [])),
        assign: .person($0))
    }
  }
}
