import RevOps

/// A refusal as people and programs read it: RFC 9457, with a stable `code`. Never holds a word of the request.
struct Problem: Error, Sendable, Equatable {
  struct Field: Sendable, Equatable {
    /// RFC 6901.
    var pointer: String
    var code: String
    var message: String
  }

  var status: Int
  var code: String
  var title: String
  var detail: String?
  var fields: [Field] = []
  var headers: [String: String] = [:]

  init(
    _ status: Int, _ code: String, _ title: String, detail: String? = nil, fields: [Field] = [],
    headers: [String: String] = [:]
  ) {
    self.status = status
    self.code = code
    self.title = title
    self.detail = detail
    self.fields = fields
    self.headers = headers
  }

  func reply(requestID: String) -> Reply {
    var members: JSONObject = [
      "type": .string("about:blank"), "title": .string(title), "status": .int(status), "code": .string(code),
    ]
    if let detail { members["detail"] = .string(detail) }
    if !fields.isEmpty { members["errors"] = .array(fields.map(\.document)) }
    members["request_id"] = .string(requestID)
    var reply = Reply(status: status, type: "application/problem+json", body: JSONValue.object(members).jsonText)
    reply.headers = headers
    return reply
  }
}

extension Problem.Field {
  fileprivate var document: JSONValue {
    .object(["pointer": .string(pointer), "code": .string(code), "message": .string(message)])
  }
}

extension Problem {
  static let notFound = Problem(404, "not_found", "There is nothing here")

  static func methodNotAllowed(_ allowed: [String]) -> Problem {
    Problem(
      405, "method_not_allowed", "This address takes other methods",
      headers: ["allow": allowed.joined(separator: ", ")])
  }

  static func notConfigured(_ variables: String) -> Problem {
    Problem(503, "not_configured", "This is switched off", detail: "Set \(variables) to switch it on")
  }

  static let unauthorized = Problem(
    401, "unauthorized", "The credential is missing or wrong", headers: ["www-authenticate": "Bearer"])

  static func tooLarge(_ limit: Int) -> Problem {
    Problem(413, "body_too_large", "The body is too large", detail: "At most \(limit) bytes are taken")
  }

  static let tooSlow = Problem(408, "body_timeout", "The body did not arrive in time", headers: ["connection": "close"])

  static let incomplete = Problem(
    400, "incomplete_body", "The body is not whole", headers: ["connection": "close"])

  static func unsupported(_ code: String, _ detail: String) -> Problem {
    Problem(415, code, "The body is of a kind that is not read here", detail: detail)
  }

  static func malformed(_ code: String, detail: String? = nil) -> Problem {
    Problem(400, code, "The body cannot be read", detail: detail)
  }

  static func tooMany(retryAfter seconds: Int) -> Problem {
    Problem(429, "too_many_requests", "Too many requests", headers: ["retry-after": String(seconds)])
  }

  static func invalidQuery(_ parameter: String, _ message: String) -> Problem {
    Problem(
      400, "invalid_query", "The query cannot be used",
      fields: [Field(pointer: "/" + parameter, code: "invalid", message: message)])
  }

  /// The store did not do it: whoever asked keeps what they have and comes again.
  static func storage(_ error: StorageError) -> Problem {
    Problem(
      503, "storage_unavailable", "The request could not be stored or read just now",
      headers: ["retry-after": error.cause == .shutDown ? "10" : "5"])
  }
}
