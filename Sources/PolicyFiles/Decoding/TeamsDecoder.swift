import RevOps

/// `teams:` of the routing file.
struct TeamsDecoder {
  let report: Report

  /// Names that rules use for other targets.
  private static let reserved = ["account_owner", "deal_owner", "wait", "anyone", "none"]

  /// - Returns: the teams that could be read, and every name that was given, so that a team in error is not also
  ///   reported as missing wherever it is used.
  func decode(_ node: ConfigNode?) -> (teams: [Team], names: [String]) {
    guard let node else { return ([], []) }
    guard let entries = node.entries else {
      report.error(node, "`teams` must be a map from names to teams, not \(node.kind)")
      return ([], [])
    }
    let names = entries.map(\.name)
    for entry in entries { checkName(entry) }
    return (entries.compactMap { team($0, names) }, names)
  }

  private func checkName(_ entry: ConfigNode.Entry) {
    if Self.reserved.contains(entry.name) || entry.name.contains("@") || entry.name.isEmpty {
      report.error(entry.key, "a team cannot be called `\(entry.name)`", suggestion: "choose another name")
    }
  }

  private func team(_ entry: ConfigNode.Entry, _ names: [String]) -> Team? {
    let errors = report.errorCount
    guard
      let section = Section(
        entry.value, "the team `\(entry.name)`",
        keys: ["channel", "manager", "assignment", "when_unavailable", "hours", "members"], report)
    else { return nil }
    let channel = section.required("channel", suggestion: "for example `channel: \"#\(entry.name)\"`")
      .flatMap { report.channel($0, "channel") }
    let hours = HoursDecoder(report: report).decode(section["hours"], inheriting: nil)
    let members = MembersDecoder(report: report, team: hours).decode(section.list("members") ?? [])
    let assignment = assignment(section)
    let team = Team(
      name: entry.name, channel: channel ?? "", manager: section["manager"].flatMap { report.email($0, "manager") },
      assignment: assignment, whenUnavailable: whenUnavailable(section, entry.name, names), hours: hours,
      members: members)
    return report.errorCount == errors ? team : nil
  }

  private func assignment(_ section: Section) -> Team.Assignment {
    let isEmpty = section["members"]?.list?.isEmpty ?? true
    let written: Team.Assignment? = section.choice("assignment")
    if isEmpty, section["assignment"] == nil || written.map({ $0 != .none }) == true {
      report.error(
        section["members"] ?? section.node, "\(section.title) has nobody to assign leads to",
        suggestion: "add `members`, or let the channel claim with `assignment: none`")
    }
    return written ?? .roundRobin
  }

  private func whenUnavailable(_ section: Section, _ name: String, _ names: [String]) -> Team.WhenUnavailable {
    guard let node = section["when_unavailable"], let text = report.text(node, "when_unavailable") else { return .wait }
    switch text {
    case "wait": return .wait
    case "anyone": return .anyone
    case name: report.error(node, "the team `\(name)` cannot stand in for itself", suggestion: "write `wait`")
    case _ where names.contains(text): return .team(text)
    default:
      report.error(
        node, "there is no team `\(ConfigNode.short(text))`",
        suggestion: Suggestion.nearest(to: text, in: names + ["wait", "anyone"]) ?? "write wait, anyone or a team")
    }
    return .wait
  }
}

/// `members:` of a team.
struct MembersDecoder {
  let report: Report
  /// The team's hours.
  let team: WorkingHours?

  func decode(_ nodes: [ConfigNode]) -> [Member] {
    var seen = Set<String>()
    return nodes.compactMap { node in
      guard let member = member(node) else { return nil }
      if !seen.insert(member.email).inserted {
        report.error(
          node, "`\(member.email)` is listed twice in this team", suggestion: "use `weight` for a larger share")
      }
      return member
    }
  }

  private func member(_ node: ConfigNode) -> Member? {
    if let text = node.text, EmailShape.accepts(text) {
      report.error(node, "a member must be a map", suggestion: "write `{ email: \(text) }`")
      return nil
    }
    guard
      let section = Section(
        node, "a member", keys: ["email", "weight", "capacity", "hours", "slack", "hubspot"],
        hints: ["name": "email", "mail": "email", "max": "capacity"], report),
      let email = section.required("email").flatMap({ report.email($0, "email") })
    else { return nil }
    return Member(
      email: email, weight: weight(section), capacity: section.whole("capacity", in: 1...100_000),
      hours: HoursDecoder(report: report).decode(section["hours"], inheriting: team), slack: section.text("slack"),
      hubspot: section.text("hubspot"))
  }

  private func weight(_ section: Section) -> ExactDecimal {
    guard let node = section["weight"], let weight = report.number(node, "weight") else { return ExactDecimal(1) }
    guard ExactDecimal(0) < weight, weight <= ExactDecimal(1_000) else {
      report.error(node, "`weight` must be above 0 and at most 1000", suggestion: "leave out who takes no turn")
      return ExactDecimal(1)
    }
    return weight
  }
}
