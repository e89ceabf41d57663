import RevOps
import Synchronization
import VendorAPI

/// Which parts of the API a server understands: all of them, until it refuses one by name. Kept as long as the process.
final class ServerDialect: Sendable {
  struct Words: Sendable, Equatable {
    enum Format: Sendable {
      case schema
      case object
      /// Nothing but the prompt asks for JSON.
      case none
    }

    enum TokenLimit: String, Sendable {
      case maxCompletionTokens = "max_completion_tokens"
      case maxTokens = "max_tokens"
      case none
    }

    var format = Format.schema
    var tokenLimit = TokenLimit.maxCompletionTokens
    /// Of the fields that the answer does not hang on.
    var omitted: Set<String> = []

    static let optional = ["store", "safety_identifier", "prompt_cache_key", "temperature"]

    /// Gives up what a refused request was refused for; false: it is nothing that could be given up.
    mutating func learn(from complaint: String) -> Bool {
      if let field = Self.optional.first(where: { !omitted.contains($0) && complaint.contains($0) }) {
        omitted.insert(field)
        return true
      }
      // "max_tokens: field required", where the newer name is passed over.
      let isAskedFor = tokenLimit == .maxCompletionTokens && complaint.contains(TokenLimit.maxTokens.rawValue)
      // A cap that is known and too large is no unknown field.
      let isTooLarge = ["too large", "at most", "maximum"].contains(where: complaint.contains)
      if tokenLimit != .none, !isTooLarge, complaint.contains(tokenLimit.rawValue) || isAskedFor {
        tokenLimit = tokenLimit == .maxCompletionTokens ? .maxTokens : .none
        return true
      }
      guard format != .none,
        ["response_format", "json_schema", "json_object", "structured"].contains(where: complaint.contains)
      else { return false }
      format = format == .schema ? .object : .none
      return true
    }
  }

  private let state = Mutex(Words())

  var words: Words { state.withLock { $0 } }

  /// - Parameter used: what the refused request was written in; somebody else may have learned the same meanwhile.
  func learn(from refusal: OpenAIRefusal, used: Words) -> Bool {
    // Too long a question names the cap as well.
    let code = refusal.error.code ?? ""
    guard [400, 404, 422].contains(refusal.error.status),
      !["context_length_exceeded", "model_not_found", "content_filter"].contains(code)
    else {
      return false
    }
    return state.withLock { words in words != used || words.learn(from: refusal.complaint) }
  }
}
