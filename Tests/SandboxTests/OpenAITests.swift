import Foundation
import Sandbox
import Testing
import VendorAPI

@Suite struct OpenAITests {
  private static let schema: JSON = [
    "type": "object", "additionalProperties": false, "required": ["score"],
    "properties": ["score": ["type": "number"]],
  ]

  /// A request that is right, but for what `change` does to it.
  private static func question(_ change: (inout JSON) -> Void = { _ in }) -> JSON {
    var body: JSON = [
      "model": .string(Sandbox.Configuration.languageModel), "max_completion_tokens": 100, "store": false,
      "messages": [
        ["role": "system", "content": "Judge."], ["role": "user", "content": "{\"lead\":{\"employees\":9}}"],
      ],
      "response_format": [
        "type": "json_schema", "json_schema": ["name": "score", "strict": true, "schema": schema],
      ],
    ]
    change(&body)
    return body
  }

  private static func ask(_ desk: Desk, _ body: JSON, key: String? = nil) async throws -> Desk.Answer {
    try await desk.send(
      .post, "/openai/v1/chat/completions",
      headers: [
        ("authorization", "Bearer " + (key ?? desk.sandbox.configuration.openAIKey)),
        ("content-type", "application/json"),
      ], body: body.data)
  }

  @Test func `a right question is answered as the service answers`() async throws {
    try await withSandbox { desk in
      let answer = try await Self.ask(desk, Self.question())
      #expect(answer.status == 200)
      #expect(answer.json["choices"][0]["finish_reason"].text == "stop")
      #expect(answer.json["choices"][0]["message"]["refusal"].isNull)
      #expect(answer.json["usage"]["prompt_tokens"].whole ?? 0 > 0)
      #expect(answer.headers["x-request-id"]?.isEmpty == false)
      #expect(answer.headers["x-ratelimit-remaining-tokens"]?.isEmpty == false)
    }
  }

  private static let faults: [(name: String, code: String?, change: @Sendable (inout JSON) -> Void)] = [
    ("an unknown parameter", "unknown_parameter", { $0["max_token"] = 3 }),
    ("a parameter of old", "unsupported_parameter", { $0["max_tokens"] = 3 }),
    ("no model", "missing_required_parameter", { $0["model"] = nil }),
    ("no messages", "empty_array", { $0["messages"] = [] }),
    ("a text for a number", "invalid_type", { $0["max_completion_tokens"] = "3" }),
    ("an unknown role", "invalid_value", { $0["messages"] = [["role": "boss", "content": "x"]] }),
    ("an empty content", "invalid_type", { $0["messages"] = [["role": "user", "content": ""]] }),
    ("too hot", "decimal_out_of_range", { $0["temperature"] = 3 }),
    (
      "a long identifier", "string_above_max_length",
      { $0["safety_identifier"] = .string(String(repeating: "x", count: 65)) }
    ),
    (
      "other members", "invalid_json_schema",
      { $0["response_format"]["json_schema"]["schema"]["additionalProperties"] = true }
    ),
    ("a property too few", "invalid_json_schema", { $0["response_format"]["json_schema"]["schema"]["required"] = [] }),
    ("allOf", "invalid_json_schema", { $0["response_format"]["json_schema"]["schema"]["allOf"] = [] }),
    ("a bad name", "invalid_value", { $0["response_format"]["json_schema"]["name"] = "a b" }),
    ("JSON without a word of it", "invalid_value", { $0["response_format"] = ["type": "json_object"] }),
    ("no such model", "model_not_found", { $0["model"] = "gone-1" }),
  ]

  @Test(arguments: faults.indices)
  func `a question that the service would refuse is refused with its code`(index: Int) async throws {
    let fault = Self.faults[index]
    try await withSandbox { desk in
      let answer = try await Self.ask(desk, Self.question(fault.change))
      #expect([400, 404].contains(answer.status), "\(fault.name)")
      #expect(answer.json["error"]["code"].text == fault.code, "\(fault.name): \(answer.json.encoded)")
      #expect(desk.world.languageQuestions.isEmpty)
    }
  }

  @Test func `without the right key nothing is answered`() async throws {
    try await withSandbox { desk in
      let wrong = try await Self.ask(desk, Self.question(), key: "sk-other")
      #expect(wrong.status == 401)
      #expect(wrong.json["error"]["code"].text == "invalid_api_key")
      #expect(try await desk.send(.get, "/openai/v1/models").status == 401)
    }
  }
}
