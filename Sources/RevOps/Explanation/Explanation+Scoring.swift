extension Explanation {
  /// How the score and the path came about: the path first, then what counted, then what did not.
  /// - Parameters:
  ///   - policy: the version of the configuration that decided.
  ///   - facts: lets each rule that did not count say what it found instead.
  public static func scoring(
    _ decision: ScoreDecision, policy: ScoringPolicy, facts: LeadFacts? = nil
  ) -> [Line] {
    [verdict(decision, policy)]
      + decision.reasons.map { Line(.yes, points($0)) }
      + decision.trace.steps.compactMap { miss($0, policy, facts) }
  }

  /// The one line of the card: `score 0.78, ≥ 0.7 qualifies`.
  public static func verdict(_ decision: ScoreDecision, _ policy: ScoringPolicy) -> Line {
    switch decision.decidedBy {
    case .disqualify(let index): Line(.note, "Disqualified: " + gate(index, policy.disqualify))
    case .qualify(let index): Line(.note, "Qualified whatever the score: " + gate(index, policy.qualify))
    case .nurture(let index): Line(.note, "Nurture whatever the score: " + gate(index, policy.nurture))
    case .points: Line(.note, byPoints(decision, policy))
    }
  }

  /// `+0.3 Twenty people or more`. What the language model went by has no points of its own.
  public static func points(_ reason: ScoreDecision.Reason) -> String {
    let isRemark = reason.source == .llm && reason.points == ExactDecimal(0) && reason.rule != llmReason
    return isRemark ? reason.rule : signed(reason.points) + " " + reason.rule
  }

  /// `For it, says the model: Asks for a demo`
  public static func opinion(_ reason: ScoreOpinion.Reason) -> String {
    (reason.effect == .raises ? "For it" : "Against it") + ", says the model: " + reason.text
  }

  static func signed(_ points: ExactDecimal) -> String {
    points < ExactDecimal(0) ? "−" + (ExactDecimal(0) - points).description : "+" + points.description
  }

  private static func gate(_ index: Int, _ gates: [ScoringPolicy.Gate]) -> String {
    guard gates.indices.contains(index) else { return "a rule that this configuration no longer has" }
    return gates[index].name + " (" + condition(gates[index].when) + ")"
  }

  private static func byPoints(_ decision: ScoreDecision, _ policy: ScoringPolicy) -> String {
    let score = "Score \(decision.score)" + (decision.llmScore == nil ? "" : " (rules alone \(decision.rulesScore))")
    return switch decision.path {
    case .qualify: score + ": qualified, since it is at least \(policy.qualifyThreshold)"
    case .nurture: score + ": nurture, since it is below \(policy.nurtureThreshold)"
    case .manualReview:
      score + ": to be reviewed, since it lies between \(policy.nurtureThreshold) and \(policy.qualifyThreshold)"
    case .disqualify: score
    }
  }

  private static func miss(_ step: ScoringTrace.Step, _ policy: ScoringPolicy, _ facts: LeadFacts?) -> Line? {
    guard !step.matched, policy.rules.indices.contains(step.rule) else { return nil }
    let rule = policy.rules[step.rule]
    let found = failure(of: rule.when, at: step.failed ?? [], facts: facts)
    return Line(.no, "\(signed(rule.points)) \(rule.name): \(found)")
  }
}
