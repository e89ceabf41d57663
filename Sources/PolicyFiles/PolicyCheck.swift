import RevOps

/// One pass over the files of a configuration, from text to policy.
struct PolicyCheck {
  private let routingReport: Report?
  private let scoringReport: Report?
  private let playbookReport: Report?

  init(routing: SourceFile?, scoring: SourceFile?, playbook: SourceFile?) {
    routingReport = routing.map { Report($0) }
    scoringReport = scoring.map { Report($0) }
    playbookReport = playbook.map { Report($0) }
  }

  private var reports: [Report] { [routingReport, scoringReport, playbookReport].compactMap(\.self) }
  var diagnostics: [Diagnostic] { reports.flatMap(\.diagnostics) }

  /// What could be read, without the rules in error; nil when routing or scoring cannot stand without what is wrong.
  mutating func run() -> Policy? {
    let routing = routing()
    let scoring = scoring(routing.names)
    let playbook = playbook(routing.teamNames)
    guard let rules = routing.policy, let scoring else { return nil }
    let policy = Policy(
      version: Fingerprint.version(rules, scoring, playbook), routing: rules, scoring: scoring, playbook: playbook)
    // With errors left, examples would fail for reasons that have been reported already.
    if let routingReport, !reports.contains(where: \.hasErrors) {
      ExampleRun(report: routingReport, policy: policy).run(routing.examples)
    }
    return policy
  }

  private func routing() -> RoutingDecoder.Result {
    guard let routingReport, let root = YAMLReader.read(routingReport) else { return RoutingDecoder.Result() }
    return RoutingDecoder(report: routingReport).decode(root)
  }

  private func scoring(_ names: Names) -> ScoringPolicy? {
    guard let scoringReport, let root = YAMLReader.read(scoringReport) else { return nil }
    return ScoringDecoder(report: scoringReport, names: names).decode(root)
  }

  private func playbook(_ teams: [String]) -> Playbook {
    guard let playbookReport, let root = YAMLReader.read(playbookReport) else { return Playbook() }
    return PlaybookDecoder(report: playbookReport, teams: teams).decode(root)
  }
}
