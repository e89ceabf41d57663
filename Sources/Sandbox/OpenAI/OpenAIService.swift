/// What is asked of any OpenAI-compatible server, by the path below its prefix.
struct OpenAIRoute: Sendable {
  /// What faults and the call log go by.
  let operation: String

  init(_ method: String, _ path: [String]) {
    operation = "unknown"
  }
}

/// What any OpenAI-compatible server keeps.
struct OpenAIState: Sendable {
  var key: String
}

enum OpenAIService {
  static func answer(_ route: OpenAIRoute, _ inbound: Inbound, _ state: inout OpenAIState) -> Reply {
    .json(["message": "Not found"], status: 404)
  }
}
