import Foundation
import Logging
import Metrics
import RevOps
import Synchronization

/// Puts a lead's questions to the language model within the playbook's limits, and counts what they cost. Whatever goes
/// wrong there, the lead goes on.
struct LanguageDesk: Sendable {
  enum Purpose: String, Sendable {
    case score
    case summary
  }

  struct Question: Sendable {
    var purpose: Purpose
    var prompt: Prompt
    var brief: LeadBrief
    /// Whom it is about.
    var subject: String
    /// What this lead's earlier questions took of the budget.
    var spentMilliseconds = 0
    var complaint: @Sendable (JSONValue) -> String? = { _ in nil }
  }

  struct Answer: Sendable {
    /// Nil: there is no usable one.
    var value: JSONValue?
    var use: LanguageUse
    /// For the card.
    var warning: String?
  }

  let model: LanguageModel
  let playbook: Playbook.LLM
  let limiters: any Limiters
  let now: @Sendable () -> Date
  let logger: Logger

  func ask(_ question: Question) async -> Answer {
    let clock = ContinuousClock()
    let began = clock.now
    let use = Mutex(LanguageUse(model: model.name, promptVersion: question.prompt.version))
    let budget = Duration.seconds(playbook.budget) - .milliseconds(question.spentMilliseconds)
    let asked = LanguageModel.Question(
      prompt: question.prompt, lead: question.brief.json.jsonText, subject: question.subject, extra: playbook.extra,
      budget: budget, complaint: question.complaint, mayCall: { await mayCall() },
      spent: { spending in use.withLock { $0.add(spending) } })
    let result: Result<JSONValue, LanguageModel.Failure> =
      budget <= .zero ? .failure(.timedOut) : await within(budget) { await model.ask(asked) } ?? .failure(.timedOut)
    var told = use.withLock { $0 }
    told.milliseconds = Int((clock.now - began) / .milliseconds(1))
    if case .failure(let failure) = result { told.failure = failure }
    count(told, for: question.purpose)
    return answer(result, told)
  }

  /// Counted before each call. With the store away the limit is not known, and the lead must not wait for it.
  private func mayCall() async -> Bool {
    (try? await limiters.countToday("llm", limit: playbook.dailyLimit, now: now())) ?? true
  }

  private func answer(_ result: Result<JSONValue, LanguageModel.Failure>, _ use: LanguageUse) -> Answer {
    switch result {
    case .success(let value): return Answer(value: value, use: use)
    case .failure(let failure):
      logger.warning("the language model was of no use", metadata: ["failure": "\(failure.rawValue)"])
      return Answer(use: use, warning: "language model not used: \(failure.words)")
    }
  }

  private func count(_ use: LanguageUse, for purpose: Purpose) {
    let label = ("purpose", purpose.rawValue)
    Counter(label: "baton_llm_questions_total", dimensions: [label, ("outcome", use.failure?.rawValue ?? "answered")])
      .increment()
    Counter(label: "baton_llm_calls_total", dimensions: [label]).increment(by: use.calls)
    let kinds = [("prompt", use.promptTokens), ("completion", use.completionTokens), ("cached", use.cachedTokens)]
    for (kind, tokens) in kinds where tokens > 0 {
      Counter(label: "baton_llm_tokens_total", dimensions: [label, ("kind", kind)]).increment(by: tokens)
    }
    Timer(label: "baton_llm_seconds", dimensions: [label]).recordMilliseconds(use.milliseconds)
  }
}
