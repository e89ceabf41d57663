import Foundation

/// What is asked of any OpenAI-compatible server, by the path below its prefix.
struct OpenAIRoute: Sendable {
  /// What faults and the call log go by.
  let operation: String

  init(_ method: String, _ path: [String]) {
    operation =
      switch (method, path) {
      case ("POST", ["v1", "chat", "completions"]): "chat.completions"
      case ("POST", ["v1", "embeddings"]): "embeddings"
      case ("GET", ["v1", "models"]): "models.list"
      default: "unknown"
      }
  }
}

/// A server that speaks OpenAI's API, as strict as OpenAI's own.
enum OpenAIService {
  static func answer(_ route: OpenAIRoute, _ inbound: Inbound, _ state: inout OpenAIState) -> Reply {
    state.served += 1
    var reply = result(route, inbound, &state)
    reply.headers += [("x-request-id", "req_sandbox_\(state.served)"), ("openai-version", "2020-10-01")]
    if route.operation != "models.list" {
      reply.headers += [
        ("x-ratelimit-limit-requests", "10000"), ("x-ratelimit-remaining-requests", "9999"),
        ("x-ratelimit-reset-requests", "6ms"), ("x-ratelimit-limit-tokens", "2000000"),
        ("x-ratelimit-remaining-tokens", "1999000"), ("x-ratelimit-reset-tokens", "30ms"),
      ]
    }
    return reply
  }

  private static func result(_ route: OpenAIRoute, _ inbound: Inbound, _ state: inout OpenAIState) -> Reply {
    do throws(OpenAIError) {
      try authorize(inbound, state)
      switch route.operation {
      case "chat.completions": return .json(try ChatCalls.answer(try body(inbound), &state, now: inbound.now))
      case "embeddings": return .json(try EmbeddingCalls.answer(try body(inbound), state))
      case "models.list": return .json(models(state))
      default: throw OpenAIError(404, "Invalid URL (\(inbound.method) \(inbound.path))", code: nil)
      }
    } catch {
      return error.reply
    }
  }

  private static func authorize(_ inbound: Inbound, _ state: OpenAIState) throws(OpenAIError) {
    guard let token = inbound.bearer else {
      throw OpenAIError(401, "You didn't provide an API key.", code: nil)
    }
    guard token == state.key else {
      throw OpenAIError(401, "Incorrect API key provided.", code: "invalid_api_key")
    }
  }

  private static func body(_ inbound: Inbound) throws(OpenAIError) -> JSON {
    guard inbound.contentType == "application/json" else {
      throw OpenAIError(400, "Unsupported content type: expected 'application/json'.", code: nil)
    }
    guard let body = JSON.parse(inbound.body), body.isObject else {
      throw OpenAIError(400, "We could not parse the JSON body of your request.", code: nil)
    }
    return body
  }

  private static func models(_ state: OpenAIState) -> JSON {
    let all = state.models.map { id, shutdown -> JSON in
      [
        "id": .string(id), "object": "model", "created": 1_780_000_000, "owned_by": "sandbox",
        "shutdown_date": JSON(shutdown),
      ]
    }
    return ["object": "list", "data": .array(all)]
  }
}

/// An error body of the service.
struct OpenAIError: Error, Sendable {
  var status: Int
  var message: String
  var type: String
  var param: String?
  var code: String?

  init(_ status: Int, _ message: String, type: String = "invalid_request_error", param: String? = nil, code: String?) {
    self.status = status
    self.message = message
    self.type = type
    self.param = param
    self.code = code
  }

  /// A parameter that is missing, of the wrong type, or has no such value.
  static func parameter(_ name: String, _ message: String, code: String = "invalid_value") -> OpenAIError {
    OpenAIError(400, message, param: name, code: code)
  }

  var reply: Reply {
    let error: JSON = [
      "message": .string(message), "type": .string(type), "param": JSON(param), "code": JSON(code),
    ]
    return .json(["error": error], status: status)
  }
}
