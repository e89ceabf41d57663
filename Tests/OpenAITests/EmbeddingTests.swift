import RevOps
import TestSupport
import Testing
import VendorAPI

@testable import OpenAI

@Suite struct EmbeddingTests {
  private func embedding(_ server: ScriptedServer, dimensions: Int? = 2) -> Embedding {
    OpenAIEmbeddings.make(
      client: OpenAIClient(
        transport: server, baseURL: "https://llm.test/v1", apiKey: "sk-test-key", limiter: RateLimiter(rates: [:])),
      model: "e-1", dimensions: dimensions)
  }

  private func answer(_ data: String) -> ScriptedServer.Answer { ScriptedServer.Answer(body: #"{"data":[\#(data)]}"#) }

  @Test func `vectors come in the order of the texts, whatever the order of the answer`() async throws {
    let server = ScriptedServer(
      answer(#"{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0.5]}"#))
    #expect(try await embedding(server).vectors(["a", "b"]) == [[1, 0.5], [0, 1]])
    #expect(
      server.bodies.first
        == .object([
          "model": .string("e-1"), "input": .array([.string("a"), .string("b")]), "dimensions": .int(2),
          "encoding_format": .string("float"),
        ]))
    #expect(server.requests.first?.url == "https://llm.test/v1/embeddings")
  }

  @Test(arguments: [nil, 2])
  func `what is asked departs in nothing from the document`(dimensions: Int?) async throws {
    let server = ScriptedServer(answer(#"{"index":0,"embedding":[1,0]},{"index":1,"embedding":[0,1]}"#))
    _ = try await embedding(server, dimensions: dimensions).vectors(["a", "b"])
    let sent = try #require(server.requests.first)
    let request = OpenAPIRequest(
      method: sent.method.rawValue, url: sent.url, below: "https://llm.test/v1", headers: sent.headers, body: sent.body)
    #expect(try OpenAPIDocument(.openai).violations(of: request) == [])
  }

  @Test(arguments: [
    #"{"index":0,"embedding":[1,0]}"#, #"{"index":0,"embedding":[1]},{"index":1,"embedding":[1,0]}"#,
    #"{"index":0,"embedding":[1,0,0]},{"index":1,"embedding":[1,0,0]}"#, "", #"{"index":0},{"index":1}"#,
    #"{"index":0,"embedding":["x",1]},{"index":1,"embedding":[1,0]}"#,
  ])
  func `an answer without one vector of the right length for each text is none`(data: String) async {
    await #expect(throws: ServiceError.self) { try await embedding(ScriptedServer(answer(data))).vectors(["a", "b"]) }
  }

  @Test func `a blank text is refused before anything is sent, and many texts go in several calls`() async throws {
    let server = ScriptedServer(
      answer((0..<2_048).map { #"{"index":\#($0),"embedding":[1,0]}"# }.joined(separator: ",")))
    await #expect(throws: ServiceError.self) { try await embedding(server).vectors(["a", " "]) }
    #expect(server.requests.isEmpty)
    #expect(try await embedding(server).vectors(Array(repeating: "a", count: 2_049)).count == 2_049)
    #expect(server.bodies.map { $0["input"]?.array?.count } == [2_048, 1])
  }

  @Test func `a refusal says whether to come again`() async {
    let limited = ScriptedServer(.error(429, "rate_limit_exceeded", headers: [(name: "retry-after-ms", value: "1500")]))
    let error = await #expect(throws: ServiceError.self) { try await embedding(limited).vectors(["a"]) }
    #expect(error?.retry == .later(.milliseconds(1_500)))
    let spent = await #expect(throws: ServiceError.self) {
      try await embedding(ScriptedServer(.error(429, "insufficient_quota"))).vectors(["a"])
    }
    #expect(spent?.retry == .never && spent?.code == "insufficient_quota")
  }
}
