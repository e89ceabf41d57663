import RevOps

/// How an answer of Chat Completions ended, checked in the order in which it must be: what was cut off or held back may
/// look like an answer.
struct ChatReply: Sendable, Equatable {
  enum Ending: Sendable, Equatable {
    case truncated
    case filtered
    case refused
    case text(String)
    /// None of the shapes that the service documents.
    case unreadable
  }

  var ending: Ending
  var spending: LanguageUse.Spending

  init(_ body: JSONValue) {
    ending = Self.ending(body["choices"]?.array?.first)
    let usage = body["usage"]
    func count(_ value: JSONValue?) -> Int { max(0, value?.int ?? 0) }
    spending = LanguageUse.Spending(
      promptTokens: count(usage?["prompt_tokens"]), completionTokens: count(usage?["completion_tokens"]),
      cachedTokens: count(usage?["prompt_tokens_details"]?["cached_tokens"]))
  }

  private static func ending(_ choice: JSONValue?) -> Ending {
    guard let choice, let message = choice["message"] else { return .unreadable }
    switch choice["finish_reason"]?.string {
    case "length": return .truncated
    case "content_filter": return .filtered
    // Some servers name no reason, or one of their own, for an answer that is whole.
    default: break
    }
    if let refusal = message["refusal"], !refusal.isNull { return .refused }
    guard let text = message["content"]?.string, !text.isEmpty else { return .unreadable }
    return .text(text)
  }
}
