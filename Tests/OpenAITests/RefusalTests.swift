import Foundation
import RevOps
import Synchronization
import Testing
import VendorAPI

@testable import OpenAI

@Suite struct RefusalTests {
  @Test func `a used up quota is told by its code: one call, then none until later, and it is said`() async {
    let server = ScriptedServer(.error(429, "insufficient_quota", "Rate limit reached"), .says(Asking.right))
    let time = Mutex(Date(timeIntervalSince1970: 0))
    let asking = Asking(server, now: { time.withLock { $0 } })
    #expect(await asking.ask().failure == .quota)
    #expect(await asking.ask().failure == .quota)
    #expect(server.requests.count == 1)
    #expect(asking.model.trouble() == "its quota is used up")
    time.withLock { $0 += 3_600 }
    #expect(await asking.ask().value != nil)
    #expect(asking.model.trouble() == nil)
  }

  @Test(arguments: [401, 403])
  func `a key that is refused is not shown again for a while`(status: Int) async {
    let server = ScriptedServer(.error(status, nil))
    let asking = Asking(server)
    #expect(await asking.ask().failure == .refused)
    #expect(await asking.ask().failure == .refused)
    #expect(server.requests.count == 1)
    #expect(asking.model.trouble() == "it refuses our requests")
  }

  @Test func `a limit that is worded like a used up quota is a limit`() async {
    let server = ScriptedServer(.error(429, "rate_limit_exceeded", "INSUFFICIENT QUOTA"), .says(Asking.right))
    let asking = Asking(server)
    let outcome = await asking.ask()
    #expect(outcome.value != nil)
    // Without a header it is waited with backoff.
    #expect(outcome.waits.count == 1)
    #expect(outcome.waits.allSatisfy { $0 <= .milliseconds(500) })
    #expect(asking.model.trouble() == nil)
  }

  @Test func `a wait that the service asks for is kept to if there is time, and given up if not`() async {
    let soon = ScriptedServer(
      .error(429, "rate_limit_exceeded", headers: [(name: "Retry-After", value: "2")]), .says(Asking.right))
    let patient = await Asking(soon).ask()
    #expect(patient.value != nil)
    #expect(patient.waits == [.seconds(2)])
    let late = ScriptedServer(.error(429, "rate_limit_exceeded", headers: [(name: "Retry-After", value: "20")]))
    let hasty = await Asking(late).ask()
    #expect(hasty.failure == .unavailable)
    #expect(hasty.waits.isEmpty)
    #expect(late.requests.count == 1)
  }

  @Test func `while the service wants to be left alone no lead waits for it`() async {
    let server = ScriptedServer(
      .error(429, "rate_limit_exceeded", headers: [(name: "Retry-After", value: "20")]), .says(Asking.right))
    let time = Mutex(Date(timeIntervalSince1970: 0))
    let asking = Asking(server, now: { time.withLock { $0 } })
    #expect(await asking.ask().failure == .unavailable)
    #expect(await asking.ask().failure == .unavailable)
    #expect(server.requests.count == 1)
    time.withLock { $0 += 21 }
    #expect(await asking.ask().value != nil)
  }

  private static let meanings: [(Int, String?, LanguageModel.Failure, Int)] = [
    (401, "invalid_api_key", .refused, 1), (403, nil, .refused, 1), (404, "model_not_found", .noSuchModel, 1),
    (400, "context_length_exceeded", .refused, 1), (402, nil, .quota, 1), (500, nil, .unavailable, 3),
    (503, nil, .unavailable, 3), (408, nil, .unavailable, 3),
  ]

  @Test(arguments: meanings)
  func `each refusal has one meaning, and only passing ones are tried again`(
    status: Int, code: String?, failure: LanguageModel.Failure, calls: Int
  ) async {
    let server = ScriptedServer(.error(status, code, "ada@acme.example"))
    let outcome = await Asking(server).ask()
    #expect(outcome.failure == failure)
    #expect(server.requests.count == calls)
  }

  @Test func `without a connection it is tried again, then the lead goes on`() async {
    let server = ScriptedServer()
    #expect(await Asking(server).ask().failure == .unavailable)
    #expect(server.requests.count == 3)
  }

  @Test func `a lead that ran out of time is no reason not to ask for the next`() async {
    let server = ScriptedServer(.error(500, nil), .says(Asking.right))
    let asking = Asking(server)
    // Too short for any wait.
    #expect(await asking.ask(budget: .microseconds(500)).value == nil)
    #expect(asking.model.trouble() == nil)
    #expect(await asking.ask().value != nil)
  }

  @Test func `without time or calls left nothing is sent`() async {
    let server = ScriptedServer(.says(Asking.right))
    #expect(await Asking(server).ask(budget: .zero).failure == .timedOut)
    #expect(await Asking(server).ask(mayCall: { false }).failure == .dailyLimit)
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: [
    (#"{"error":{"message":"slow down","code":429}}"#, LanguageModel.Failure.unavailable, 3),
    (#"{"error":{"message":"no credits","code":402}}"#, .quota, 1),
    (#"{"error":{"message":"upstream","code":"server_error"}}"#, .unavailable, 3),
    (#"{"error":{"type":"insufficient_quota","code":null,"message":"x"}}"#, .quota, 1),
    ("<html><body>502 Bad Gateway</body></html>", .unavailable, 3), ("", .unavailable, 3),
    ("data: {\"choices\":[]}\n\ndata: [DONE]\n\n", .unavailable, 3),
  ])
  func `an error or a page under 200 is no answer, and is taken for what it is`(
    body: String, failure: LanguageModel.Failure, calls: Int
  ) async {
    let server = ScriptedServer(.init(body: body))
    #expect(await Asking(server).ask().failure == failure)
    #expect(server.requests.count == calls)
  }

  @Test func `a question that the service's filter refuses is filtered, and asked once`() async {
    let server = ScriptedServer(.error(400, "content_filter", "The response was filtered", param: "prompt"))
    #expect(await Asking(server).ask().failure == .filtered)
    #expect(server.requests.count == 1)
  }

  @Test func `a question that is too large is refused, and the next lead asks again`() async {
    let server = ScriptedServer(.error(413, nil, "Request too large"), .says(Asking.right))
    let asking = Asking(server)
    #expect(await asking.ask().failure == .refused)
    #expect(await asking.ask().value != nil)
  }

  // MARK: Other servers

  @Test func `of a list of faults only the named place counts, not the request that it repeats`() async {
    let fault =
      #"{"detail":[{"type":"extra_forbidden","loc":["body","safety_identifier"],"msg":"Extra inputs are not permitted","#
      + #""input":{"store":false,"temperature":0,"max_completion_tokens":400,"response_format":{}}}]}"#
    let server = ScriptedServer(.init(status: 422, body: fault), .says(Asking.right))
    #expect(await Asking(server).ask().value != nil)
    let last = server.bodies.last?.object?.keys ?? []
    #expect(!last.contains("safety_identifier"))
    #expect(last.contains("store") && last.contains("temperature") && last.contains("max_completion_tokens"))
  }

  @Test func `a server that insists on the older name of the cap gets it`() async {
    let server = ScriptedServer(.error(422, nil, "max_tokens: field required"), .says(Asking.right))
    #expect(await Asking(server).ask().value != nil)
    #expect(server.bodies.last?["max_tokens"] == .int(400))
  }

  @Test func `a cap that is too large is refused, and not taken for one that the server does not know`() async {
    let server = ScriptedServer(
      .error(400, nil, "max_completion_tokens is too large: 400. This model supports at most 128."), .says(Asking.right)
    )
    let asking = Asking(server)
    #expect(await asking.ask().failure == .refused)
    #expect(await asking.ask().value != nil)
    #expect(server.bodies.allSatisfy { $0["max_completion_tokens"] == .int(400) })
  }

  @Test func `a model whose name is like a field of ours is told to be missing at once`() async {
    let server = ScriptedServer(.error(404, "model_not_found", "The model `store-temperature-1` does not exist"))
    #expect(await Asking(server).ask().failure == .noSuchModel)
    #expect(server.requests.count == 1)
  }

  @Test func `a server that knows no schema is asked for JSON, then for nothing, and it is remembered`() async {
    let server = ScriptedServer(
      .error(400, nil, "Invalid parameter: 'response_format' of type 'json_schema' is not supported"),
      .error(400, nil, "unknown field: response_format"), .says(Asking.right))
    let asking = Asking(server)
    #expect(await asking.ask().value != nil)
    #expect(server.bodies.map { $0["response_format"]?["type"]?.string } == ["json_schema", "json_object", nil])
    let system = server.bodies.last?["messages"]?.array?.first?["content"]?.string
    #expect(system?.contains("\"additionalProperties\":false") == true)
    #expect(await asking.ask().value != nil)
    #expect(server.requests.count == 4)
  }

  @Test func `fields that a server refuses by name are left out from then on`() async throws {
    let server = ScriptedServer(
      .error(400, nil, "Unrecognized request argument supplied: max_completion_tokens"),
      .error(400, "unsupported_value", "Unsupported value", param: "temperature"),
      .error(422, nil, "extra fields not permitted: store"),
      .error(400, nil, "Unrecognized request argument supplied: safety_identifier"),
      .error(400, nil, "Unrecognized request argument supplied: prompt_cache_key"), .says(Asking.right))
    #expect(await Asking(server).ask().value != nil)
    let last = try #require(server.bodies.last)
    #expect(Set(last.object?.keys ?? []) == ["model", "messages", "response_format", "max_tokens"])
    #expect(last["max_tokens"] == .int(400))
  }

  @Test func `a refusal that names nothing of ours is no reason to ask for ever`() async {
    let server = ScriptedServer(.error(400, "invalid_value", "Invalid 'messages[0].content'"))
    #expect(await Asking(server).ask().failure == .refused)
    #expect(server.requests.count == 1)
  }
}
