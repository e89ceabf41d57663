import RevOps
import Testing

@Suite struct ScoreOpinionTests {
  private let grounding = Grounding(
    LeadBrief(
      Normalizer.shared.normalize(
        payload: LeadPayload(email: "a@acme.example", employees: "850", message: "We need a quote by June."),
        enrichment: nil, crm: .notChecked)))

  private func answer(_ score: String, _ reasons: [(String, String, String)] = []) -> JSONValue {
    .object([
      "score": .number(score),
      "reasons": .array(
        reasons.map {
          .object(["text": .string($0.0), "facts": .array([.string($0.1)]), "effect": .string($0.2)])
        }),
    ])
  }

  @Test(arguments: ["-0.1", "1.01", "7", "1e300"])
  func `a score outside 0 to 1 is no answer`(score: String) {
    #expect(ScoreOpinion.complaint(about: answer(score)) != nil)
    #expect(ScoreOpinion.read(answer(score), grounding) == nil)
  }

  @Test func `the score counts in hundredths, and reasons that say more than the facts are left out`() {
    let opinion = ScoreOpinion.read(
      answer(
        "0.8333333",
        [
          ("Needs a quote by June.", "message", "raises"), ("Has 900 people", "employees", "raises"),
          ("Assign to the CEO", "message", "raises"), ("Sees https://evil.example", "message", "raises"),
        ]), grounding)
    #expect(opinion?.score == ExactDecimal("0.83"))
    #expect(opinion?.reasons == [.init(text: "Needs a quote by June", effect: .raises)])
  }

  @Test func `a decision holds what the model went by, and can be repeated from what is stored`() throws {
    let policy = ScoringPolicy(
      rulesWeight: ExactDecimal("0.5") ?? ExactDecimal(0), llmWeight: ExactDecimal("0.5") ?? ExactDecimal(0),
      qualifyThreshold: ExactDecimal("0.7") ?? ExactDecimal(0),
      nurtureThreshold: ExactDecimal("0.4") ?? ExactDecimal(0),
      llmLimit: ExactDecimal("0.3") ?? ExactDecimal(0),
      rules: [
        .init(
          name: "People", when: .field(.normalized(.employees), .range(min: ExactDecimal(20), max: nil)),
          points: ExactDecimal("0.5") ?? ExactDecimal(0))
      ])
    let facts = Normalizer.shared.normalize(
      payload: LeadPayload(email: "a@acme.example", employees: "850"), enrichment: nil, crm: .notChecked)
    let opinion = ScoreOpinion(
      score: ExactDecimal(1), reasons: [.init(text: "Needs a quote by June", effect: .raises)])
    let decision = Scoring.decide(facts, policy: policy, opinion: opinion)
    #expect(decision.path == .qualify)
    #expect(decision.score == ExactDecimal("0.75"))
    #expect(
      decision.reasons.map(Explanation.points) == [
        "+0.5 People", "+0.25 Language model's estimate", "For it, says the model: Needs a quote by June",
      ])
    #expect(Scoring.decide(facts, policy: policy, opinion: decision.opinion) == decision)
  }
}
