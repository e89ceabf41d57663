import Foundation
import Sandbox
import Testing
import VendorAPI

/// The stand-in refuses what the service would refuse, in the service's two ways.
@Suite(.timeLimit(.minutes(1))) struct PineconeStandInTests {
  private static let key = [
    (name: "Api-Key", value: "sandbox-pinecone-key"), (name: "X-Pinecone-Api-Version", value: "2026-04"),
    (name: "Content-Type", value: "application/json"),
  ]

  private func with(
    dimension: Int = 2, _ body: @escaping @Sendable (Desk) async throws -> Void
  ) async throws {
    var configuration = Sandbox.Configuration()
    configuration.indexes = ["past": dimension]
    try await withSandbox(configuration, body)
  }

  private func post(_ desk: Desk, _ path: String, _ body: String) async throws -> Desk.Answer {
    try await desk.send(.post, "/pinecone/data/past/" + path, headers: Self.key, body: Data(body.utf8))
  }

  @Test(arguments: [
    ("vectors/upsert", #"{"vectors":[{"id":"a","values":[1,0],"metadata":{"x":null}}]}"#),
    ("vectors/upsert", #"{"vectors":[{"id":"a","values":[1,0],"metadata":{"x":{"y":1}}}]}"#),
    ("vectors/upsert", #"{"vectors":[{"id":"a","values":[1,0,0]}]}"#),
    ("vectors/upsert", #"{"vectors":[{"id":"a","values":[0,0]}]}"#),
    ("vectors/upsert", #"{"vectors":[{"id":7,"values":[1,0]}]}"#),
    ("vectors/upsert", #"{"vectors":[]}"#),
    ("vectors/upsert", #"{"vectors":[{"id":"a","values":[1,0],"note":"x"}]}"#),
    ("query", #"{"topK":0,"vector":[1,0]}"#), ("query", #"{"topK":1,"vector":[1]}"#), ("query", #"{"topK":1}"#),
    ("query", #"{"topK":1,"vector":[1,0],"filter":{"a":{"$like":"x"}}}"#),
    ("vectors/delete", #"{"ids":[]}"#), ("vectors/delete", "{}"), ("vectors/delete", "[]"),
  ])
  func `a request that breaks a rule is refused`(path: String, body: String) async throws {
    try await with { desk in
      let answer = try await post(desk, path, body)
      #expect(answer.status == 400)
      #expect(answer.json["code"].whole == 3)
      #expect(desk.world.vectors("past").isEmpty)
    }
  }

  @Test func `key, version and index are asked for, each plane in its own words`() async throws {
    try await with { desk in
      let noVersion = try await desk.send(.get, "/pinecone/indexes/past", headers: [Self.key[0]])
      #expect(noVersion.status == 400 && noVersion.json["error"]["code"].text == "INVALID_ARGUMENT")
      let noKey = try await desk.send(.get, "/pinecone/indexes/past", headers: [Self.key[1]])
      #expect(noKey.status == 401 && noKey.json["error"]["code"].text == "UNAUTHENTICATED")
      let noIndex = try await desk.send(.get, "/pinecone/indexes/other", headers: Self.key)
      #expect(noIndex.status == 404 && noIndex.json["status"].whole == 404)
      let here = try await desk.send(.get, "/pinecone/indexes/past", headers: Self.key)
      #expect(here.json["dimension"].whole == 2)
      #expect(here.json["host"].text?.hasSuffix("/pinecone/data/past") == true)
      #expect(here.json["host"].text?.contains("://") == false)
      let many = "[" + (0..<1_001).map { "\"\($0)\"" }.joined(separator: ",") + "]"
      #expect(try await post(desk, "vectors/delete", #"{"ids":\#(many)}"#).status == 400)
    }
  }

  @Test func `namespaces are apart, writes have numbers, and answers tell how far they go`() async throws {
    try await with { desk in
      desk.world.setIndexLag(60)
      let record = #"{"namespace":"won","vectors":[{"id":"a","values":[1,0],"metadata":{"m":"x"}}]}"#
      let written = try await post(desk, "vectors/upsert", record)
      #expect(written.json["upsertedCount"].whole == 1)
      #expect(written.headers["x-pinecone-request-lsn"] == "1")
      let query = #"{"namespace":"won","topK":1,"vector":[1,0],"filter":{"m":{"$eq":"x"}}}"#
      let early = try await post(desk, "query", query)
      #expect(early.json["matches"].items.isEmpty && early.headers["x-pinecone-max-indexed-lsn"] == "0")
      desk.world.setIndexLag(0)
      let late = try await post(desk, "query", query)
      #expect(late.json["matches"][0]["id"].text == "a" && late.headers["x-pinecone-max-indexed-lsn"] == "1")
      #expect(try await post(desk, "query", #"{"topK":1,"vector":[1,0]}"#).json["matches"].items.isEmpty)
    }
  }
}
