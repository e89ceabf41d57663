import RevOps

/// How a decision came about: each rule by its place in the configuration, by name where that version is still kept,
/// and in the words of `Explanation`.
struct TraceDocument {
  let lead: Lead
  let policy: Policy?

  init(_ lead: Lead, policy: Policy?) {
    self.lead = lead
    self.policy = policy
  }

  func members() -> JSONObject {
    let routing = lead.routing?.trace
    return [
      "config_version": .text(lead.decidingVersion),
      "scoring": .array((lead.scored?.score.trace.steps ?? []).map(step)),
      "routing": .array((routing?.steps ?? []).map(step)),
      "candidates": .array((routing?.candidates ?? []).map(Self.candidate)),
      "enrichment": .texts(lead.enriched?.remarks ?? []), "explanation": .texts(explanation()),
      "llm": .object([
        "score": Self.use(lead.scored?.language), "summary": Self.use(lead.summarized?.language),
      ]),
    ]
  }

  /// Null: the language model was not asked.
  private static func use(_ use: LanguageUse?) -> JSONValue {
    guard let use else { return .null }
    return .object([
      "model": .string(use.model), "prompt_version": .string(use.promptVersion), "calls": .int(use.calls),
      "prompt_tokens": .int(use.promptTokens), "completion_tokens": .int(use.completionTokens),
      "cached_tokens": .int(use.cachedTokens), "milliseconds": .int(use.milliseconds),
      "failure": .text(use.failure?.rawValue),
    ])
  }

  private func explanation() -> [String] {
    guard let policy, let score = lead.scored?.score else { return [] }
    let scoring = Explanation.scoring(score, policy: policy.scoring, facts: lead.facts)
    let routing = lead.routing.map {
      Explanation.routing($0, policy: policy.routing, facts: lead.facts, score: score.score)
    }
    let facts = lead.facts.map(Explanation.facts) ?? []
    return (facts + scoring + (routing ?? [])).map(\.text)
  }

  private func step(_ step: ScoringTrace.Step) -> JSONValue {
    .object([
      "rule": .int(step.rule), "name": .text(Self.name(step.rule, policy?.scoring.rules.map(\.name))),
      "matched": .bool(step.matched), "failed": Self.path(step.failed),
    ])
  }

  private func step(_ step: RoutingTrace.Step) -> JSONValue {
    .object([
      "rule": .int(step.rule), "name": .text(Self.name(step.rule, policy?.routing.rules.map(\.name))),
      "matched": .bool(step.matched), "failed": Self.path(step.failed), "passed_over": .text(step.passedOver),
    ])
  }

  private static func candidate(_ candidate: RoutingTrace.Candidate) -> JSONValue {
    .object([
      "email": .string(candidate.email), "gate": .text(candidate.gate?.rawValue),
      "standing": .decimal(candidate.standing),
    ])
  }

  private static func path(_ path: [Int]?) -> JSONValue { path.map { .array($0.map(JSONValue.int)) } ?? .null }

  private static func name(_ rule: Int, _ names: [String]?) -> String? {
    guard let names, names.indices.contains(rule) else { return nil }
    return names[rule]
  }
}
