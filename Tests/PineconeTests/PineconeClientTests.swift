import Foundation
import RevOps
import Testing
import VendorAPI

@testable import Pinecone

@Suite struct PineconeClientTests {
  @Test func `every call names key and version, and an index by name is asked for once`() async throws {
    let described = #"{"name":"past","dimension":3,"metric":"cosine","host":"past-1.svc.test"}"#
    let wire = ScriptedPinecone([
      VendorResponse(status: 200, body: Data(described.utf8)), VendorResponse(status: 200, body: Data("{}".utf8)),
    ])
    let index = PineconeIndex.make(client: wire.client(.name("past")))
    for _ in 1...2 { #expect(try await index.nearest([1, 0, 0], "m", 5, nil).isEmpty) }
    #expect(
      wire.requests.map(\.url) == [
        "https://api.pinecone.test/indexes/past", "https://past-1.svc.test/query", "https://past-1.svc.test/query",
      ])
    for request in wire.requests {
      #expect(request.headers.contains { $0.name == "Api-Key" && $0.value == "key-1" })
      #expect(request.headers.contains { $0.name == "X-Pinecone-Api-Version" && $0.value == "2026-04" })
    }
  }

  @Test func `a host without a scheme takes that of the control plane, and another version is sent as it is given`()
    async throws
  {
    let wire = ScriptedPinecone(200, #"{"dimension":3,"host":"127.0.0.1:9/x"}"#)
    let client = wire.client(.name("past"), version: "2025-10", apiURL: "http://127.0.0.1:9")
    _ = try await client.query([1], limit: 1, where: [:])
    #expect(wire.requests.last?.url == "http://127.0.0.1:9/x/query")
    #expect(wire.requests.allSatisfy { $0.headers.contains { $0.value == "2025-10" } })
  }

  @Test func `a query asks within one model, one dimension and not for the account itself`() async throws {
    let wire = ScriptedPinecone(200, #"{"matches":[]}"#)
    _ = try await PineconeIndex.make(client: wire.client(namespace: "eu")).nearest(
      [0.5, 0], "m", 50_000, "acme.example")
    let body = try JSONDecoder().decode(JSONValue.self, from: try #require(wire.requests.first?.body))
    #expect(body["namespace"]?.string == "eu")
    #expect(body["topK"]?.int == 10_000)
    #expect(body["includeMetadata"]?.bool == true)
    #expect(body["filter"]?["model"]?["$eq"]?.string == "m")
    #expect(body["filter"]?["dimension"]?["$eq"]?.int == 2)
    #expect(body["filter"]?["account"]?["$ne"]?.string == "acme.example")
  }

  @Test func `what lies in a namespace that was never written to is forgotten already`() async throws {
    let wire = ScriptedPinecone(404, #"{"code":5,"message":"Namespace not found","details":[]}"#)
    try await PineconeIndex.make(client: wire.client()).forget([AccountMemory.sample().leadID])
    #expect(wire.requests.map(\.url) == ["https://past.pinecone.test/vectors/delete"])
  }

  @Test func `what is unknown is left out of the metadata, and a long reason is cut`() async throws {
    let wire = ScriptedPinecone(200, "{}")
    let long = String(repeating: "é", count: 30_000)
    try await PineconeIndex.make(client: wire.client()).put(.sample(reason: long))
    let body = try JSONDecoder().decode(JSONValue.self, from: try #require(wire.requests.first?.body))
    let metadata = try #require(body["vectors"]?.array?.first?["metadata"]?.object)
    #expect(metadata["country"] == nil)
    #expect(metadata.members.allSatisfy { !$0.value.isNull && $0.value.object == nil })
    #expect(metadata["reason"]?.string?.utf8.count == 8_000)
    #expect(body["namespace"] == nil)
  }

  @Test func `a memory comes back as it was written, and a stranger's record is left out`() async throws {
    let memory = AccountMemory.sample(reason: "price")
    let record = MemoryRecord.record(memory)
    let metadata = String(decoding: try JSONEncoder().encode(record.metadata), as: UTF8.self)
    let wire = ScriptedPinecone(
      200,
      #"{"matches":[{"id":"x","score":0.9,"metadata":{"title":"a film"}},{"id":"y","score":0.8},"#
        + #"{"id":"\#(record.id)","score":0.75,"metadata":\#(metadata)}]}"#)
    let found = try await PineconeIndex.make(client: wire.client()).nearest([1, 0, 0], "m", 3, nil)
    #expect(found.count == 1)
    var expected = memory
    expected.vector = []
    #expect(found.first?.memory.id == expected.id && found.first?.memory.reason == "price")
    #expect(found.first?.memory.leadID == expected.leadID && found.first?.memory.employees == 900)
    #expect(abs((found.first?.memory.at ?? .distantPast).timeIntervalSince(memory.at)) < 0.001)
    #expect(found.first?.similarity == 0.75)
  }

  @Test func `records go in batches of at most 1,000 and 2 MB, and deletions of at most 1,000`() async throws {
    let wire = ScriptedPinecone(200, "{}")
    let client = wire.client()
    let small = (0..<1_001).map { Record(id: "\($0)", values: [1], metadata: [:]) }
    try await client.upsert(small)
    #expect(wire.requests.count == 2)
    let wide = (0..<300).map { Record(id: "\($0)", values: Array(repeating: 0.123456, count: 1_536), metadata: [:]) }
    try await client.upsert(wide)
    let bodies = wire.requests.dropFirst(2).compactMap(\.body)
    #expect(bodies.count > 1)
    #expect(bodies.allSatisfy { $0.count <= 2_000_000 })
    try await client.delete((0..<2_001).map(String.init))
    #expect(wire.requests.count(where: { $0.operation == "vectors.delete" }) == 3)
  }

  @Test(arguments: [
    (400, #"{"code":3,"message":"Vector dimension 3 does not match"}"#, "INVALID_ARGUMENT", ServiceError.Retry.never),
    (401, "Unauthorized", "401", .never),
    (403, #"{"status":403,"error":{"code":"FORBIDDEN","message":"x"}}"#, "FORBIDDEN", .never),
    (404, #"{"status":404,"error":{"code":"NOT_FOUND","message":"x"}}"#, "NOT_FOUND", .never),
    (429, #"{"code":8,"message":"x","details":[]}"#, "RESOURCE_EXHAUSTED", .later(.seconds(2))),
    (503, #"{"code":14,"message":"x"}"#, "UNAVAILABLE", .now), (500, "oops", "500", .now), (200, "<html>", "200", .now),
  ])
  func `each refusal of either plane has one answer`(
    status: Int, body: String, code: String, retry: ServiceError.Retry
  ) async throws {
    let error = await #expect(throws: ServiceError.self) {
      try await PineconeIndex.make(client: ScriptedPinecone(status, body).client()).put(.sample())
    }
    #expect(error?.code == code)
    #expect(error?.retry == retry)
    #expect(error?.outcomeUnknown == false)
    #expect(error?.detail.contains("key-1") == false)
  }

  @Test func `retry-after is obeyed`() async throws {
    let wire = ScriptedPinecone(429, "{}", headers: [(name: "Retry-After", value: "7")])
    let error = await #expect(throws: ServiceError.self) {
      try await PineconeIndex.make(client: wire.client()).put(.sample())
    }
    #expect(error?.retry == .later(.seconds(7)))
  }
}
