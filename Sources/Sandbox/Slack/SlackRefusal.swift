/// Why a Slack method did not do what it was asked; answered with HTTP 200 and `ok: false` unless it is the rate limit.
struct SlackRefusal: Error, Sendable {
  var code: String
  /// The lines of `response_metadata.messages`.
  var messages: [String] = []
  /// Seconds of `Retry-After`; makes the answer a 429.
  var retryAfter: Int?

  init(_ code: String, messages: [String] = [], retryAfter: Int? = nil) {
    self.code = code
    self.messages = messages
    self.retryAfter = retryAfter
  }

  var reply: Reply {
    var body: JSON = ["ok": false, "error": .string(code)]
    if !messages.isEmpty { body["response_metadata"] = ["messages": .array(messages.map { .string($0) })] }
    guard let retryAfter else { return .json(body) }
    return .json(body, status: 429, headers: [("retry-after", String(retryAfter))])
  }
}
