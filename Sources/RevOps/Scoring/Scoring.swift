/// Turns facts into a score and a path. Pure: the same facts, policy and opinion give the same decision.
public enum Scoring {
  /// - Parameter opinion: the LLM's usable answer; nil: the rules' score stands alone.
  public static func decide(
    _ facts: LeadFacts, policy: ScoringPolicy, opinion: ScoreOpinion? = nil
  ) -> ScoreDecision {
    let folded = FoldedFacts(facts, score: nil)
    let steps = policy.rules.enumerated().map { step($0.offset, $0.element, folded) }
    let fired = steps.filter(\.matched).map { policy.rules[$0.rule] }
    let rulesScore = fired.reduce(ExactDecimal(0)) { $0 + $1.points }.clamped(to: ExactDecimal.unit)
    let llm = opinion?.score.clamped(to: ExactDecimal.unit)
    let score = policy.score(rules: rulesScore, llm: llm)
    let decider = decider(folded, policy)
    return ScoreDecision(
      path: path(decider, score: score, policy), decidedBy: decider, score: score, rulesScore: rulesScore,
      opinion: opinion, reasons: reasons(fired, moved: score - rulesScore, opinion),
      trace: ScoringTrace(steps: steps))
  }

  /// The same under a whole configuration, whose version the decision then names.
  public static func decide(
    _ facts: LeadFacts, policy: Policy, opinion: ScoreOpinion? = nil
  ) -> ScoreDecision {
    var decision = decide(facts, policy: policy.scoring, opinion: opinion)
    decision.trace.configVersion = policy.version
    return decision
  }

  /// Whether any answer of the LLM could lead to another path than the rules alone: only then is it worth asking.
  public static func llmCanChangePath(_ decision: ScoreDecision, policy: ScoringPolicy) -> Bool {
    guard decision.decidedBy == .points else { return false }
    let alone = policy.path(score: decision.rulesScore)
    // The score rises with the LLM's answer, so the two ends show all that can happen.
    return [ExactDecimal(0), ExactDecimal(1)].contains { answer in
      policy.path(score: policy.score(rules: decision.rulesScore, llm: answer)) != alone
    }
  }

  private static func step(_ index: Int, _ rule: ScoringPolicy.Rule, _ facts: FoldedFacts) -> ScoringTrace.Step {
    let result = rule.when.evaluate(facts)
    return ScoringTrace.Step(rule: index, matched: result.holds, failed: result.failed)
  }

  private static func decider(_ facts: FoldedFacts, _ policy: ScoringPolicy) -> ScoreDecision.Decider {
    func first(_ gates: [ScoringPolicy.Gate]) -> Int? { gates.firstIndex { $0.when.evaluate(facts).holds } }
    if let gate = first(policy.disqualify) { return .disqualify(gate) }
    if let gate = first(policy.qualify) { return .qualify(gate) }
    if let gate = first(policy.nurture) { return .nurture(gate) }
    return .points
  }

  private static func path(
    _ decider: ScoreDecision.Decider, score: ExactDecimal, _ policy: ScoringPolicy
  ) -> Path {
    switch decider {
    case .disqualify: .disqualify
    case .qualify: .qualify
    case .nurture: .nurture
    case .points: policy.path(score: score)
    }
  }

  private static func reasons(
    _ fired: [ScoringPolicy.Rule], moved: ExactDecimal, _ opinion: ScoreOpinion?
  ) -> [ScoreDecision.Reason] {
    let rules = fired.map {
      ScoreDecision.Reason(rule: $0.name, kind: $0.kind, points: $0.points, source: .rules)
    }
    guard let opinion else { return rules }
    return rules + [ScoreDecision.Reason(rule: Explanation.llmReason, points: moved, source: .llm)]
      + opinion.reasons.map {
        ScoreDecision.Reason(rule: Explanation.opinion($0), points: ExactDecimal(0), source: .llm)
      }
  }
}

extension ScoringPolicy {
  /// `clamp(rules·w_rules + llm·w_llm, rules ± llm_limit)`, then 0…1; without an LLM score the rules' own.
  func score(rules: ExactDecimal, llm: ExactDecimal?) -> ExactDecimal {
    guard let llm else { return rules }
    let mixed = rules * rulesWeight + llm * llmWeight
    return mixed.clamped(to: (rules - llmLimit)...(rules + llmLimit)).clamped(to: ExactDecimal.unit)
  }

  /// The path that a score leads to where no gate decides.
  func path(score: ExactDecimal) -> Path {
    if qualifyThreshold <= score { return .qualify }
    return score < nurtureThreshold ? .nurture : .manualReview
  }
}
