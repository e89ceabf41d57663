import RevOps

/// Words the summary: the language model's sentences as far as they hold, else the template's.
struct SummarizeStage: Sendable {
  /// Nil: not configured.
  var desk: LanguageDesk?

  struct Result: Sendable {
    var lead: SummarizedLead
    var warning: String?
  }

  func callAsFunction(_ routed: RoutedLead, similar: [SimilarAccount], subject: String) async -> Result {
    let enriched = routed.scored.enriched
    let template = SummaryTemplate.bullets(enriched.facts, similar: similar, missing: enriched.missing)
    guard let desk else {
      return Result(lead: SummarizedLead(routed: routed, summary: template, similar: similar))
    }
    let prompt = desk.model.prompts().summary
    let brief = LeadBrief(enriched.facts, similar: similar, maxTokens: prompt.maxLeadTokens)
    let answer = await desk.ask(
      .init(
        purpose: .summary, prompt: prompt, brief: brief, subject: subject,
        spentMilliseconds: routed.scored.language?.milliseconds ?? 0))
    let sentences = answer.value.flatMap { SummaryAnswer.bullets($0, Grounding(brief, prompt: prompt.system)) }
    let summary = sentences.map { SummaryTemplate.completing($0, enriched.facts, similar: similar) } ?? template
    return Result(
      lead: SummarizedLead(routed: routed, summary: summary, similar: similar, language: answer.use),
      warning: answer.warning)
  }
}
