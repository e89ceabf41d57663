import PolicyFiles
import RevOps
import Testing

@Suite struct ScoringDiagnosticsTests {
  @Test(
    "mistakes in the scoring file",
    arguments: [
      ("weights: { rules: 0.5, llm: 0.6 }", "add up to 1", "0.5"),
      ("weights: { rules: 0.1, llm: 0.2 }", "add up to 0.3", "0.9"),
      ("weights: { rules: 1 }", "`llm` is missing", nil),
      ("weights: { rules: 1.5, llm: -0.5 }", "between 0 and 1", nil),
      ("thresholds: { qualify: 0.3, nurture: 0.4 }", "must not lie above", nil),
      ("thresholds: { qualify: 70% }", "must be a number", "0.7"),
      ("thresholds: { qualifi: 0.7 }", "unknown key `qualifi`", "qualify"),
      ("llm_limit: 2", "between 0 and 1", nil),
      ("llm-limit: 0.2", "unknown key `llm-limit`", "llm_limit"),
      ("rules: [ { name: R, when: { country: DE }, points: many } ]", "must be a number", nil),
      ("rules: [ { name: R, when: { country: DE }, points: \"0.3\" } ]", "must be a number", "0.3"),
      ("rules: [ { name: R, when: { country: DE }, points: \"0,3\" } ]", "must be a number", "0.3"),
      ("rules: [ { name: R, when: { country: DE } } ]", "`points` is missing", nil),
      ("rules: [ { name: R, when: { country: DE }, points: 0.1, kind: fit } ]", "cannot be `fit`", "icp"),
      ("rules: [ { name: R, when: { score: { min: 0.5 } }, points: 0.1 } ]", "not known", "routing"),
      ("rules: { name: R }", "must be a list", nil),
      ("disqualify: [ { name: R, when: { email_type: throwaway } } ]", "no canonical name", "disposable"),
      (
        "disqualify: [ { name: R, when: { country: DE } } ]\nqualify: [ { name: S, when: { country: DE } } ]",
        "can never be reached", nil
      ),
      ("nurture: [ { name: R, when: { country: DE }, points: 1 } ]", "unknown key `points`", nil),
    ] as [(String, String, String?)])
  func mistakes(text: String, message: String, suggestion: String?) {
    let found = Sample.diagnostics(scoring: text).errors
    let line = text.contains("\n") ? 2 : 1
    #expect(found.has(line, message, suggestion), "\(found)")
    #expect(found.allSatisfy { $0.file == "scoring.yaml" })
  }

  @Test("what is left out has the documented values")
  func defaults() throws {
    let scoring = try Sample.load(scoring: "{}").policy.scoring
    #expect(scoring.rulesWeight == ExactDecimal("0.5") && scoring.llmWeight == ExactDecimal("0.5"))
    #expect(scoring.qualifyThreshold == ExactDecimal("0.7") && scoring.nurtureThreshold == ExactDecimal("0.4"))
    #expect(scoring.llmLimit == ExactDecimal("0.3"))
  }

  @Test("the lists of the routing file serve scoring, too")
  func sharedNames() throws {
    let text = "rules: [ { name: R, when: { industry: financial, country: DACH }, points: 0.1 } ]"
    #expect(
      try Sample.load(scoring: text).policy.scoring.rules[0].when
        == .all([
          .field(.normalized(.industry), .equals(["FinTech", "Banking"])),
          .field(.normalized(.country), .place(countries: ["DE", "AT", "CH"], regions: [])),
        ]))
  }
}
