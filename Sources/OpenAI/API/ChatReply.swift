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
    // What a server reports is added up: no one call may break the sum.
    func count(_ value: JSONValue?) -> Int { min(max(0, value?.int ?? 0), Self.mostTokens) }
    spending = LanguageUse.Spending(
      promptTokens: count(usage?["prompt_tokens"]), completionTokens: count(usage?["completion_tokens"]),
      cachedTokens: count(usage?["prompt_tokens_details"]?["cached_tokens"]))
  }

  /// No model takes or gives as many at once.
  private static let mostTokens = 100_000_000

  private static func ending(_ choice: JSONValue?) -> Ending {
    guard let choice, let message = choice["message"] else { return .unreadable }
    switch choice["finish_reason"]?.string?.lowercased() {
    case "length", "max_tokens", "model_length": return .truncated
    case "content_filter", "safety", "recitation", "prohibited_content", "blocklist": return .filtered
    // Some servers name no reason, or one of their own, for an answer that is whole.
    default: break
    }
    let parts = message["content"]?.array ?? []
    // A server may send an empty refusal with every answer.
    let refusals = [message["refusal"]] + parts.map { $0["refusal"] }
    if refusals.contains(where: { $0?.string?.isEmpty == false }) { return .refused }
    let text = withoutThoughts(message["content"]?.string ?? parts.compactMap(Self.text).joined())
    return text.isEmpty ? .unreadable : .text(text)
  }

  /// Of a content that comes in parts: `{"type": "text", "text": "…"}`; pictures and thoughts are none.
  private static func text(_ part: JSONValue) -> String? {
    ["text", "output_text"].contains(part["type"]?.string) ? part["text"]?.string : nil
  }

  /// Models that reason aloud do it before the answer, between marks of their own.
  private static func withoutThoughts(_ text: String) -> String {
    let plain = text.drop(while: \.isWhitespace)
    guard plain.hasPrefix("<think>"), let end = plain.firstRange(of: "</think>") else { return text }
    return String(plain[end.upperBound...])
  }
}
