import RevOps

/// Scores by the rules of the live policy and decides the path.
struct ScoreStage: Sendable {
  let policy: Policy

  func callAsFunction(_ lead: EnrichedLead) -> ScoredLead {
    ScoredLead(enriched: lead, score: Scoring.decide(lead.facts, policy: policy))
  }
}
