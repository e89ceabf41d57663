import Curl
import Foundation
import RevOps
import Sandbox
import TestSupport
import Testing
import VendorAPI

@testable import Pinecone

@Suite(.timeLimit(.minutes(1))) struct OverTheWireTests {
  private func withIndex(
    _ body: @escaping @Sendable (MemoryIndex, World) async throws -> Void
  ) async throws {
    var configuration = Sandbox.Configuration()
    configuration.indexes = ["past": 3]
    let sandbox = Sandbox(configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await sandbox.run() }
      _ = await sandbox.started()
      let client = PineconeClient(
        transport: CurlClient(), apiURL: sandbox.baseURL + "/pinecone", apiKey: sandbox.configuration.pineconeKey,
        index: .name("past"), limiter: RateLimiter(rates: [:]))
      try await body(PineconeIndex.make(client: client), sandbox.world)
      group.cancelAll()
    }
  }

  @Test func `memories are written, replaced, found by likeness and taken out`() async throws {
    try await withIndex { index, world in
      #expect(try await index.shape() == MemoryIndex.Shape(name: "past", dimension: 3, metric: "cosine"))
      #expect(try await index.nearest([1, 0, 0], "m", 5, nil).isEmpty)
      var first = AccountMemory.sample("ada@acme.example", outcome: "lost", reason: "price", vector: [1, 0, 0])
      let second = AccountMemory.sample("bob@beta.example", vector: [0.6, 0.8, 0])
      try await index.put(first)
      try await index.put(second)
      first.outcome = "won"
      first.reason = nil
      try await index.put(first)
      #expect(world.vectors("past").count == 2)
      let found = try await index.nearest([1, 0, 0], "m", 5, nil)
      #expect(found.map(\.memory.account) == ["acme.example", "beta.example"])
      #expect(found.first?.memory.outcome == "won" && found.first?.memory.reason == nil)
      #expect(abs((found.last?.similarity ?? 0) - 0.6) < 1e-6)
      #expect(try await index.nearest([1, 0, 0], "m", 5, "acme.example").map(\.memory.account) == ["beta.example"])
      #expect(try await index.nearest([1, 0, 0], "another", 5, nil).isEmpty)
      try await index.forget([first.leadID])
      #expect(try await index.nearest([1, 0, 0], "m", 5, nil).count == 1)
    }
  }

  @Test func `what was written is found when the index has caught up`() async throws {
    try await withIndex { index, world in
      world.setIndexLag(3_600)
      try await index.put(.sample())
      #expect(try await index.nearest([1, 0, 0], "m", 5, nil).isEmpty)
      world.setIndexLag(0)
      #expect(try await index.nearest([1, 0, 0], "m", 5, nil).count == 1)
    }
  }

  @Test func `a vector of another dimension is refused`() async throws {
    try await withIndex { index, _ in
      let error = await #expect(throws: ServiceError.self) { try await index.put(.sample(vector: [1, 0])) }
      #expect(error?.code == "INVALID_ARGUMENT" && error?.retry == .never)
    }
  }
}
