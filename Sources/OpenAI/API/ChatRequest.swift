import RevOps
import VendorAPI

/// One question as Chat Completions takes it, in the server's dialect. The fixed part comes first and is the same for
/// every lead, so that the service can cache it.
struct ChatRequest: Sendable {
  struct Turn: Sendable {
    var role: String
    var content: String
  }

  var model: String
  var prompt: Prompt
  var lead: String
  var maxTokens: Int
  /// What was said after the question: an answer that was no use, and what is wrong with it.
  var repair: [Turn] = []
  var identifier: String
  var extra: [String: JSONValue]

  func body(_ words: ServerDialect.Words) -> JSONObject {
    var body: JSONObject = ["model": .string(model)]
    body["messages"] = .array(turns(words).map { .object(["role": .string($0.role), "content": .string($0.content)]) })
    if let format = format(words.format) { body["response_format"] = format }
    if words.tokenLimit != .none { body[words.tokenLimit.rawValue] = .int(maxTokens) }
    if let temperature = prompt.temperature { body["temperature"] = .number(temperature.description) }
    body["store"] = .bool(false)
    body["safety_identifier"] = .string(identifier)
    body["prompt_cache_key"] = .string("\(prompt.name.prefix(40))-\(prompt.version)")
    for field in words.omitted { body[field] = nil }
    // The owner of the configuration has the last word, but for what the question is.
    for (name, value) in extra.sorted(by: { $0.key < $1.key }) where !["messages", "model"].contains(name) {
      body[name] = value
    }
    return body
  }

  private func turns(_ words: ServerDialect.Words) -> [Turn] {
    var system = prompt.system
    // Where the server does not hold the model to the schema, the model has to be shown it.
    if words.format != .schema { system += "\n\nThe JSON schema of the answer:\n" + prompt.schema.value.jsonText }
    return [Turn(role: "system", content: system), Turn(role: "user", content: prompt.user(lead))] + repair
  }

  private func format(_ format: ServerDialect.Words.Format) -> JSONValue? {
    switch format {
    case .schema:
      .object([
        "type": .string("json_schema"),
        "json_schema": .object([
          "name": .string(prompt.name), "strict": .bool(true), "schema": prompt.schema.value,
        ]),
      ])
    case .object: .object(["type": .string("json_object")])
    case .none: nil
    }
  }
}
