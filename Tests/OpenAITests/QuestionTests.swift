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
