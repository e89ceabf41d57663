import RevOps
import Testing

private func policy(
  _ points: [String] = [], weights: (String, String) = ("0.5", "0.5"), limit: String = "0.3",
  disqualify: [ScoringPolicy.Gate] = [], qualify: [ScoringPolicy.Gate] = [], nurture: [ScoringPolicy.Gate] = []
) -> ScoringPolicy {
  let rules = points.enumerated().map {
    ScoringPolicy.Rule(name: "rule \($0.offset)", when: .all([]), points: decimal($0.element))
  }
  return ScoringPolicy(
    rulesWeight: decimal(weights.0), llmWeight: decimal(weights.1), qualifyThreshold: decimal("0.7"),
    nurtureThreshold: decimal("0.4"), llmLimit: decimal(limit), rules: rules, disqualify: disqualify,
    qualify: qualify, nurture: nurture)
}

private let always = ScoringPolicy.Gate(name: "always", when: .all([]))
private let never = ScoringPolicy.Gate(name: "never", when: .any([]))

@Suite struct ScoringTests {
  @Test(
    "points lead to a path; thresholds belong to the better one for qualify and the middle for nurture",
    arguments: [
      (["0.7"], Path.qualify), (["0.69"], .manualReview), (["0.4"], .manualReview), (["0.39"], .nurture),
      ([], .nurture),
      (["0.1", "0.2", "0.1"], .manualReview), (["0.9", "-0.2"], .qualify),
    ])
  func paths(points: [String], path: Path) {
    #expect(Scoring.decide(facts(), policy: policy(points)).path == path)
  }

  @Test("the sum is clamped once, at the end")
  func clampedOnce() {
    #expect(Scoring.decide(facts(), policy: policy(["0.9", "0.9", "-0.5"])).score == ExactDecimal(1))
    #expect(Scoring.decide(facts(), policy: policy(["-0.9", "0.5"])).score == ExactDecimal(0))
  }

  @Test("the lists decide before the points, disqualify first")
  func gates() {
    let all = policy(["1"], disqualify: [never, always], qualify: [always], nurture: [always])
    #expect(Scoring.decide(facts(), policy: all).path == .disqualify)
    #expect(Scoring.decide(facts(), policy: all).decidedBy == .disqualify(1))
    let two = policy([], disqualify: [never], qualify: [always], nurture: [always])
    #expect(Scoring.decide(facts(), policy: two).path == .qualify)
    let one = policy(["1"], qualify: [never], nurture: [always])
    #expect(Scoring.decide(facts(), policy: one).path == .nurture)
    #expect(Scoring.decide(facts(), policy: policy(["1"], nurture: [never])).decidedBy == .points)
  }

  @Test(
    "the language model moves the score by its weight, never beyond its limit",
    arguments: [
      ("0.5", "0.7", "0.6"), ("0.5", "1", "0.75"), ("0.1", "1", "0.4"), ("0.9", "0", "0.6"), ("0.5", "0.5", "0.5"),
      ("1", "1", "1"), ("0.5", "7", "0.75"),
    ])
  func llm(rules: String, llm: String, score: String) {
    let decision = Scoring.decide(facts(), policy: policy([rules]), opinion: ScoreOpinion(score: decimal(llm)))
    #expect(decision.score == decimal(score))
    #expect(decision.rulesScore == decimal(rules))
    #expect(decision.reasons.last?.source == .llm)
    #expect(decision.reasons.last?.points == decimal(score) - decimal(rules))
  }

  @Test("without the language model the rules stand alone, whatever their weight")
  func withoutLLM() {
    let decision = Scoring.decide(facts(), policy: policy(["0.8"], weights: ("0.2", "0.8")))
    #expect(decision.score == decimal("0.8"))
    #expect(decision.llmScore == nil)
    #expect(decision.reasons.map(\.source) == [.rules])
  }

  @Test(
    "the model is worth asking only where its answer could change the path",
    arguments: [
      ("0.6", true), ("0.45", true), ("1", false), ("0.9", true), ("0", false), ("0.2", true), ("0.05", false),
    ])
  func worthAsking(points: String, expected: Bool) {
    let policy = policy([points])
    #expect(Scoring.llmCanChangePath(Scoring.decide(facts(), policy: policy), policy: policy) == expected)
  }

  @Test("nobody asks the model about a lead that a list decided, or without a limit to move in")
  func notWorthAsking() {
    let gated = policy(["0.6"], qualify: [always])
    #expect(!Scoring.llmCanChangePath(Scoring.decide(facts(), policy: gated), policy: gated))
    let fixed = policy(["0.6"], limit: "0")
    #expect(!Scoring.llmCanChangePath(Scoring.decide(facts(), policy: fixed), policy: fixed))
  }

  @Test("the trace holds every rule, with where it failed")
  func trace() {
    var mixed = policy(["0.3"])
    let failing = Condition.all([.all([]), .test("employees", .range(min: decimal("51"), max: nil))])
    mixed.rules.append(ScoringPolicy.Rule(name: "large", kind: .icp, when: failing, points: decimal("0.2")))
    let decision = Scoring.decide(facts(), policy: mixed)
    #expect(
      decision.trace.steps == [
        ScoringTrace.Step(rule: 0, matched: true), ScoringTrace.Step(rule: 1, matched: false, failed: [1]),
      ])
    #expect(decision.reasons.map(\.rule) == ["rule 0"])
  }
}
