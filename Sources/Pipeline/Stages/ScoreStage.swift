import RevOps

/// Scores by the rules of the live policy and decides the path; asks the language model where its answer could lead to
/// another.
struct ScoreStage: Sendable {
  let policy: Policy
  /// Nil: not configured.
  var desk: LanguageDesk?

  struct Result: Sendable {
    var lead: ScoredLead
    var warning: String?
  }

  /// - Parameter isOpen: false: the path is settled, whatever the score.
  func callAsFunction(_ lead: EnrichedLead, subject: String, isOpen: Bool = true) async -> Result {
    let alone = Scoring.decide(lead.facts, policy: policy)
    // A lead that tells software what to do is judged by the rules alone: nothing is to be gained by it.
    guard isOpen, let desk, Scoring.llmCanChangePath(alone, policy: policy.scoring),
      !SoftwareInstructions.areGiven(in: lead.facts.payload)
    else {
      return Result(lead: ScoredLead(enriched: lead, score: alone))
    }
    let prompt = desk.model.prompts().scoring
    let brief = LeadBrief(lead.facts, maxTokens: prompt.maxLeadTokens)
    let answer = await desk.ask(
      .init(
        purpose: .score, prompt: prompt, brief: brief, subject: subject,
        complaint: { ScoreOpinion.complaint(about: $0) }))
    let grounding = Grounding(brief, prompt: prompt.system)
    let opinion = answer.value.flatMap { ScoreOpinion.read($0, grounding) }
    let score = opinion.map { Scoring.decide(lead.facts, policy: policy, opinion: $0) } ?? alone
    return Result(
      lead: ScoredLead(enriched: lead, score: score, language: answer.use), warning: answer.warning)
  }
}
