/// What Chat Completions accepts of a request, and what it says of the rest.
struct ChatRules {
  let body: JSON
  let missing: Set<String>

  func check() throws(OpenAIError) {
    try checkNames()
    try checkTypes()
    try checkMessages()
    try checkFormat()
  }

  // MARK: Parameters

  private enum Kind {
    case text, number, whole, flag, list, map, any
  }

  /// Of the request as the service documents it.
  private static let parameters: [String: Kind] = [
    "model": .text, "messages": .list, "response_format": .map, "max_completion_tokens": .whole, "max_tokens": .whole,
    "temperature": .number, "top_p": .number, "store": .flag, "safety_identifier": .text, "prompt_cache_key": .text,
    "prompt_cache_retention": .text, "prompt_cache_options": .map, "metadata": .map, "user": .text, "seed": .whole,
    "n": .whole, "stop": .any, "stream": .flag, "stream_options": .map, "logprobs": .flag, "top_logprobs": .whole,
    "logit_bias": .map, "frequency_penalty": .number, "presence_penalty": .number, "reasoning_effort": .text,
    "verbosity": .text, "service_tier": .text, "modalities": .list, "tools": .list, "tool_choice": .any,
    "parallel_tool_calls": .flag, "prediction": .map, "web_search_options": .map, "audio": .map, "moderation": .map,
    "functions": .list, "function_call": .any,
  ]

  private func checkNames() throws(OpenAIError) {
    for name in body.fields.keys.sorted() {
      guard Self.parameters[name] != nil else {
        throw .parameter(name, "Unknown parameter: '\(name)'.", code: "unknown_parameter")
      }
      // As older servers word it, without naming the parameter in its place.
      guard !missing.contains(name) else {
        throw OpenAIError(400, "Unrecognized request argument supplied: \(name)", code: nil)
      }
    }
    if body.fields["max_tokens"] != nil, !missing.contains("max_completion_tokens") {
      throw .parameter(
        "max_tokens",
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        code: "unsupported_parameter")
    }
    for name in ["model", "messages"] where body[name].isNull {
      throw .parameter(name, "Missing required parameter: '\(name)'.", code: "missing_required_parameter")
    }
  }

  private func checkTypes() throws(OpenAIError) {
    for (name, value) in body.fields.sorted(by: { $0.key < $1.key }) where !value.isNull {
      guard let kind = Self.parameters[name], Self.fits(value, kind) else {
        throw .parameter(name, "Invalid type for '\(name)'.", code: "invalid_type")
      }
    }
    for (name, range) in [("temperature", 0.0...2), ("top_p", 0...1), ("frequency_penalty", -2...2)] {
      if let value = Self.number(body[name]), !range.contains(value) {
        throw .parameter(name, "Invalid '\(name)': out of range.", code: "decimal_out_of_range")
      }
    }
    for name in ["max_completion_tokens", "max_tokens"] {
      if let cap = body[name].whole, cap < 1 {
        throw .parameter(name, "Invalid '\(name)': integer below minimum value.", code: "integer_below_min_value")
      }
    }
    for name in ["safety_identifier", "prompt_cache_key"] {
      if let text = body[name].text, text.utf8.count > 64 || text.isEmpty {
        throw .parameter(name, "Invalid '\(name)': at most 64 characters.", code: "string_above_max_length")
      }
    }
  }

  private static func fits(_ value: JSON, _ kind: Kind) -> Bool {
    switch kind {
    case .text: value.text != nil
    case .number: number(value) != nil
    case .whole: value.whole != nil
    case .flag: value.flag != nil
    case .list: value.isArray
    case .map: value.isObject
    case .any: true
    }
  }

  private static func number(_ value: JSON) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  // MARK: Messages

  private static let roles: Set = ["system", "developer", "user", "assistant"]

  private func checkMessages() throws(OpenAIError) {
    guard !body["messages"].items.isEmpty else {
      throw .parameter("messages", "Invalid 'messages': empty array.", code: "empty_array")
    }
    for (index, message) in body["messages"].items.enumerated() {
      let place = "messages[\(index)]"
      guard let role = message["role"].text, Self.roles.contains(role) else {
        throw .parameter(place + ".role", "Invalid value for '\(place).role'.")
      }
      guard message["content"].text?.isEmpty == false else {
        throw .parameter(
          place + ".content", "Invalid type for '\(place).content': expected a string.", code: "invalid_type")
      }
      if let unknown = message.fields.keys.first(where: { !["role", "content", "name", "refusal"].contains($0) }) {
        throw .parameter(place, "Unknown parameter: '\(place).\(unknown)'.", code: "unknown_parameter")
      }
    }
  }

  // MARK: Format

  private func checkFormat() throws(OpenAIError) {
    let format = body["response_format"]
    guard !format.isNull else { return }
    switch format["type"].text {
    case "text": return
    case "json_object" where !missing.contains("json_object"):
      let said = body["messages"].items.contains { $0["content"].text?.lowercased().contains("json") == true }
      guard said else {
        throw .parameter(
          "messages",
          "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
        )
      }
    case "json_schema" where !missing.contains("json_schema"): try checkSchema(format["json_schema"])
    default:
      let type = format["type"].text ?? ""
      throw .parameter(
        "response_format", "Invalid parameter: 'response_format' of type '\(type)' is not supported with this model.")
    }
  }

  private func checkSchema(_ format: JSON) throws(OpenAIError) {
    let place = "response_format.json_schema"
    guard let name = format["name"].text, (1...64).contains(name.utf8.count),
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) })
    else { throw .parameter(place + ".name", "Invalid '\(place).name'.") }
    if let unknown = format.fields.keys.first(where: { !["name", "description", "schema", "strict"].contains($0) }) {
      throw .parameter(place, "Unknown parameter: '\(place).\(unknown)'.", code: "unknown_parameter")
    }
    guard format["strict"].flag == true else { return }
    guard format["schema"]["type"].text == "object" else {
      throw invalidSchema(name, "schema must be a JSON Schema of 'type: \"object\"'")
    }
    if let fault = StrictSchema.fault(in: format["schema"], at: "()") { throw invalidSchema(name, fault) }
  }

  private func invalidSchema(_ name: String, _ fault: String) -> OpenAIError {
    .parameter(
      "response_format", "Invalid schema for response_format '\(name)': \(fault).", code: "invalid_json_schema")
  }
}

/// What "strict" allows of a JSON schema.
enum StrictSchema {
  private static let keywords: Set = [
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "description", "title", "anyOf",
    "$ref", "$defs", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "format",
    "minItems", "maxItems",
  ]
  private static let deepest = 10

  static func fault(in schema: JSON, at place: String, depth: Int = 1) -> String? {
    guard schema.isObject else { return "In context=\(place), a schema must be an object" }
    guard depth <= deepest else { return "In context=\(place), the schema is nested deeper than \(deepest) levels" }
    if let unknown = schema.fields.keys.sorted().first(where: { !keywords.contains($0) }) {
      return "In context=\(place), '\(unknown)' is not permitted"
    }
    let types = schema["type"].text.map { [$0] } ?? schema["type"].items.compactMap(\.text)
    guard !types.isEmpty || schema.fields["anyOf"] != nil || schema.fields["$ref"] != nil else {
      return "In context=\(place), schema must have a 'type' key"
    }
    if types.contains("array") {
      return fault(in: schema["items"], at: place + ".items", depth: depth + 1)
    }
    return types.contains("object") ? objectFault(schema, place, depth) : nil
  }

  private static func objectFault(_ schema: JSON, _ place: String, _ depth: Int) -> String? {
    guard schema["additionalProperties"].flag == false else {
      return "In context=\(place), 'additionalProperties' is required to be supplied and to be false"
    }
    let required = Set(schema["required"].items.compactMap(\.text))
    let properties = schema["properties"].fields
    guard required == Set(properties.keys) else {
      return
        "In context=\(place), 'required' is required to be supplied and to be an array including every key in properties"
    }
    return properties.sorted { $0.key < $1.key }.lazy
      .compactMap { fault(in: $0.value, at: "\(place).\($0.key)", depth: depth + 1) }.first
  }
}
