extension Explanation {
  /// How the rules came to their answer, in their order, up to the one that decided.
  /// - Parameters:
  ///   - policy: the version of the configuration that decided.
  ///   - facts: lets each rule that did not match say what it found instead.
  ///   - score: as the rules saw it.
  public static func routing(
    _ steps: [RoutingTrace.Step], decidedBy: RoutingDecision.Decider, policy: RoutingPolicy,
    facts: LeadFacts? = nil, score: ExactDecimal? = nil
  ) -> [Line] {
    let lines = steps.compactMap { line($0, policy, facts, score) }
    guard case .fallback = decidedBy else { return lines }
    return lines + [Line(.yes, fallbackReason + ", " + target(policy.fallback))]
  }

  /// The account that the rules saw, then the rules, then the reps that were considered, then who got it.
  public static func routing(
    _ decision: RoutingDecision, policy: RoutingPolicy, facts: LeadFacts? = nil, score: ExactDecimal? = nil
  ) -> [Line] {
    (facts.map { [account($0)] } ?? [])
      + routing(decision.trace.steps, decidedBy: decision.decidedBy, policy: policy, facts: facts, score: score)
      + candidates(decision.trace.candidates, chosen: decision.owner, byTurn: decision.tookTurn)
      + [Line(.note, outcome(decision))]
  }

  /// Each rep that was considered, and the first thing that kept them from getting the lead.
  /// - Parameter byTurn: whether the lead counts as a turn of the one who got it.
  public static func candidates(
    _ candidates: [RoutingTrace.Candidate], chosen: String? = nil, byTurn: Bool = true
  ) -> [Line] {
    candidates.map { candidate in
      guard candidate.email == chosen else {
        return Line(.no, candidate.email + ": " + (candidate.gate.map(phrase) ?? "available, not their turn"))
      }
      let why = byTurn ? "their turn" : "chosen, not as a turn"
      // Under `wait` and `anyone` somebody may get a lead outside their hours.
      return Line(.yes, candidate.email + ": " + why + (candidate.gate.map { ", " + phrase($0) } ?? ""))
    }
  }

  /// `team emea-fintech`, `the account's owner`.
  public static func target(_ target: RoutingPolicy.Target) -> String {
    switch target {
    case .accountOwner: "the account's owner"
    case .dealOwner: "the open deal's owner"
    case .team(let name): "team " + name
    case .person(let email): email
    }
  }

  /// Why a rep could not be chosen.
  public static func phrase(_ gate: RoutingTrace.Candidate.Gate) -> String {
    switch gate {
    case .outsideHours: "outside working hours"
    case .away: "away"
    case .atCapacity: "at capacity"
    case .inactiveInSlack: "no active Slack user"
    case .inactiveInCRM: "no active HubSpot owner"
    case .declined: "released this lead before"
    }
  }

  private static func line(
    _ step: RoutingTrace.Step, _ policy: RoutingPolicy, _ facts: LeadFacts?, _ score: ExactDecimal?
  ) -> Line? {
    guard policy.rules.indices.contains(step.rule) else { return nil }
    let rule = policy.rules[step.rule]
    guard step.matched else {
      let found = failure(of: rule.when, at: step.failed ?? [], facts: facts, score: score)
      return Line(.no, "\(rule.name): \(found)")
    }
    guard let passedOver = step.passedOver else {
      return Line(.yes, "\(rule.name): \(condition(rule.when)), so \(target(rule.assign))")
    }
    return Line(.no, "\(rule.name): matched, but passed over because \(because(passedOver))")
  }

  private static func because(_ passedOver: String) -> String {
    switch RuleMatching.PassedOver(rawValue: passedOver) {
    case .noOwner: "there is no such owner"
    case .ownerInactive: "that owner is no longer active"
    case nil: passedOver
    }
  }

  /// Who has the lead by the decision.
  public static func outcome(_ decision: RoutingDecision) -> String {
    switch (decision.team, decision.owner) {
    case (let team?, let owner?): "Assigned to \(owner) of team \(team)"
    case (let team?, nil): "Team \(team), nobody assigned yet"
    case (nil, let owner?): "Assigned to \(owner)"
    case (nil, nil): "Nobody assigned yet"
    }
  }
}
