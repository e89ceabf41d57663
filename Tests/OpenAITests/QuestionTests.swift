import Foundation
import RevOps
import Testing
import VendorAPI

@testable import OpenAI

@Suite struct QuestionTests {
  @Test func `a question is one call, fixed part first, with the schema, nothing kept, and nobody named`() async throws
  {
    let server = ScriptedServer(.says(Asking.right))
    let outcome = await Asking(server).ask(extra: ["reasoning_effort": .string("low")])
    #expect(outcome.value?["score"] == .number("0.8"))
    let request = try #require(server.requests.first)
    #expect(request.url == "https://llm.test/v1/chat/completions")
    #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer sk-test-key" })
    #expect(request.timeout <= .seconds(6))
    let body = try #require(server.bodies.first)
    #expect(body["messages"]?.array?.map { $0["role"]?.string } == ["system", "user"])
    #expect(body["messages"]?.array?.last?["content"]?.string == "Judge:\n{\"lead\":{\"employees\":850}}")
    #expect(body["response_format"]?["json_schema"]?["strict"] == .bool(true))
    #expect(body["max_completion_tokens"] == .int(400))
    #expect(body["store"] == .bool(false))
    #expect(body["prompt_cache_key"] == .string("lead_score-0123456789abcdef"))
    #expect(body["reasoning_effort"] == .string("low"))
    let identifier = try #require(body["safety_identifier"]?.string)
    #expect(identifier.count == 64 && identifier.allSatisfy(\.isHexDigit))
    #expect(!body.jsonText.contains("ada"))
  }

  @Test func `fields of the configuration go along, but never in place of the question`() async {
    let server = ScriptedServer(.says(Asking.right))
    _ = await Asking(server).ask(extra: ["model": .string("other"), "messages": .array([]), "store": .bool(true)])
    #expect(server.bodies.first?["model"] == .string("m-1"))
    #expect(server.bodies.first?["messages"]?.array?.count == 2)
    #expect(server.bodies.first?["store"] == .bool(true))
  }

  @Test func `what it cost is told, cached tokens included`() async {
    let outcome = await Asking(ScriptedServer(.says(Asking.right))).ask()
    #expect(outcome.use.calls == 1)
    #expect(outcome.use.promptTokens == 900)
    #expect(outcome.use.completionTokens == 60)
    #expect(outcome.use.cachedTokens == 768)
  }

  // MARK: How an answer ends

  @Test(arguments: [
    (Ending.cut, LanguageModel.Failure.truncated, 2), (.cutToNothing, .truncated, 2), (.wholeButCut, .truncated, 2),
    (.filtered, .filtered, 1), (.refused, .declined, 1), (.fenced, .invalid, 2), (.garbage, .invalid, 2),
    (.prose, .invalid, 2), (.outOfRange, .invalid, 2), (.wrongType, .invalid, 2), (.missing, .invalid, 2),
    (.empty, .invalid, 2), (.nothing, .invalid, 2), (.twoValues, .invalid, 2),
  ])
  func `an answer that is none is repaired once at most, then the rules decide`(
    ending: Ending, failure: LanguageModel.Failure, calls: Int
  ) async {
    let server = ScriptedServer(ending.answer)
    let outcome = await Asking(server).ask()
    #expect(outcome.failure == failure)
    #expect(server.requests.count == calls)
    #expect(outcome.use.calls == calls)
  }

  enum Ending: Sendable, CaseIterable {
    case cut, cutToNothing, wholeButCut, filtered, refused, fenced, garbage, prose, outOfRange, wrongType, missing
    case empty, nothing, twoValues

    var answer: ScriptedServer.Answer {
      switch self {
      case .cut: .says(#"{"score":0.9,"rea"#, finish: "length")
      case .cutToNothing: .completion(["content": .null], "length")
      case .wholeButCut: .says(Asking.right, finish: "length")
      case .filtered: .says(Asking.right, finish: "content_filter")
      case .refused: .completion(["content": .null, "refusal": .string("No.")], "stop")
      case .fenced: .says("```json\n\(Asking.right)\n```")
      case .garbage: .says("}{ 0.9")
      case .prose: .says("A very good lead.")
      case .outOfRange: .says(#"{"score":7,"reasons":[]}"#)
      case .wrongType: .says(#"{"score":"0.9","reasons":[]}"#)
      case .missing: .says(#"{"score":0.9}"#)
      case .empty: .says("")
      case .nothing: ScriptedServer.Answer(body: #"{"choices":[]}"#)
      case .twoValues: .says(Asking.right + Asking.right)
      }
    }
  }

  /// Shapes of servers that speak the same API with an accent; each holds a right answer.
  private static let accents: [JSONObject] = [
    ["content": .string(Asking.right), "refusal": .string("")],
    ["content": .array([.object(["type": .string("text"), "text": .string(Asking.right)])])],
    [
      "content": .array([
        .object(["type": .string("thinking"), "thinking": .string("{")]),
        .object(["type": .string("text"), "text": .string(#"{"score":0.8,"#)]),
        .object(["type": .string("text"), "text": .string(#""reasons":[]}"#)]),
      ])
    ],
    ["content": .string("<think>\nIs {\"score\":0} right?\n</think>\n" + Asking.right)],
    [
      "content": .string("\n " + Asking.right + "\n"), "reasoning_content": .string("Let me see."),
      "tool_calls": .array([]),
    ],
  ]

  @Test(arguments: accents.indices)
  func `an answer in another server's shape is an answer`(index: Int) async {
    let server = ScriptedServer(.completion(Self.accents[index], "stop"))
    #expect(await Asking(server).ask().value?["score"] == .number("0.8"))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    ("MAX_TOKENS", LanguageModel.Failure.truncated), ("model_length", .truncated), ("SAFETY", .filtered),
    ("recitation", .filtered),
  ])
  func `other servers' words for how an answer ends are understood`(
    reason: String, failure: LanguageModel.Failure
  ) async {
    #expect(await Asking(ScriptedServer(.says(Asking.right, finish: reason))).ask().failure == failure)
  }

  @Test func `a refusal in a part of the content is a refusal`() async {
    let part: JSONObject = ["type": .string("refusal"), "refusal": .string("No.")]
    let server = ScriptedServer(.completion(["content": .array([.object(part)])], "stop"))
    #expect(await Asking(server).ask().failure == .declined)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: ["null", "{}", #"{"prompt_tokens":-5,"completion_tokens":"7","prompt_tokens_details":null}"#])
  func `usage that is missing or nonsense counts as none`(usage: String) async {
    let message = #"{"content":"{\"score\":0.8,\"reasons\":[]}"}"#
    let server = ScriptedServer(.init(body: #"{"choices":[{"message":\#(message)}],"usage":\#(usage)}"#))
    let outcome = await Asking(server).ask()
    #expect(outcome.value != nil)
    #expect(outcome.use.calls == 1)
    #expect(outcome.use.promptTokens + outcome.use.completionTokens + outcome.use.cachedTokens == 0)
  }

  @Test func `usage beyond all bounds breaks no sum`() async {
    let usage = #"{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807}"#
    let server = ScriptedServer(.init(body: #"{"choices":[{"message":{"content":"?"}}],"usage":\#(usage)}"#))
    let outcome = await Asking(server).ask()
    #expect(outcome.failure == .invalid)
    #expect(outcome.use.calls == 2)
  }

  @Test func `what was cut off gets more room, and a second answer counts`() async {
    let server = ScriptedServer(.says("{", finish: "length"), .says(Asking.right))
    let outcome = await Asking(server).ask()
    #expect(outcome.value != nil)
    #expect(server.bodies.map { $0["max_completion_tokens"] } == [.int(400), .int(1_600)])
    #expect(server.bodies.map { $0["messages"]?.array?.count } == [2, 2])
    #expect(outcome.use.promptTokens == 1_800)
  }

  @Test func `what was not in shape is sent back once with what is wrong, and a second answer counts`() async throws {
    let server = ScriptedServer(.says(#"{"score":7,"reasons":[]}"#), .says(Asking.right))
    let outcome = await Asking(server).ask()
    #expect(outcome.value != nil)
    let turns = try #require(server.bodies.last?["messages"]?.array)
    #expect(turns.map { $0["role"]?.string } == ["system", "user", "assistant", "user"])
    #expect(turns.last?["content"]?.string?.contains("`score` must lie between 0 and 1") == true)
  }

  @Test func `members that nobody asked for change nothing`() async {
    let server = ScriptedServer(.says(#"{"score":0.8,"reasons":[],"owner":"ceo@evil.example"}"#))
    #expect(await Asking(server).ask().value?["score"] == .number("0.8"))
    #expect(server.requests.count == 1)
  }
}
