import Foundation
import Sandbox
import TestSupport
import Testing

/// Past accounts in Pinecone, beside Baton's own store.
@Suite(.timeLimit(.minutes(10)))
struct IndexTests {
  @Test func `an outcome is in the index, and the next card tells it although the index does not show it yet`()
    async throws
  {
    var setup = Setup.onShift.indexed
    setup.sandbox.indexLag = 3_600
    try await Desk.open(setup) { desk in
      let lost = try await desk.dealt("lore")
      try await lost.log("Lost", "Too expensive")
      let records = try await desk.remembered(1)
      #expect(records.first?.id == "lead:\(lost.id)")
      #expect(records.first?.metadata["outcome"] == "lost")
      #expect(records.first?.metadata["model"] == "local-1" && records.first?.metadata["dimension"] == 256)
      let next = try await desk.dealt("nils")
      try await next.card.expect("Like `lorewerk.example`: lost (Too expensive), ")
      try await lost.log("Won", nil)
      try await eventually("the correction") { try await desk.remembered(1).first?.metadata["outcome"] == "won" }
      #expect(try await desk.lead(next.id)["warnings"].items.isEmpty)
    }
  }

  @Test func `what another installation has learned is told`() async throws {
    try await Desk.open(.onShift.indexed) { desk in
      let lost = try await desk.dealt("lore")
      try await lost.log("Lost", "Too expensive")
      _ = try await desk.remembered(1)
      // The same index, and a store that knows nothing.
      try await desk.kill()
      try FileManager.default.removeItem(atPath: desk.dataPath)
      try await desk.restart()
      let next = try await desk.dealt("nils")
      try await next.card.expect("Like `lorewerk.example`: lost (Too expensive), ")
    }
  }

  @Test func `with an embedding model the index holds its vectors, and a text is sent once`() async throws {
    var setup = Setup.onShift.indexed
    setup.services.append(.openai)
    setup.environment["OPENAI_EMBEDDING_DIMENSIONS"] = .some(nil)
    setup.environment["OPENAI_MODEL"] = .some(nil)
    setup.environment["OPENAI_EMBEDDING_MODEL"] = Sandbox.Configuration.embeddingModel
    setup.sandbox.indexes = [Desk.index: 1_536]
    try await Desk.open(setup) { desk in
      let lost = try await desk.dealt("lore")
      try await lost.log("Lost", "Too expensive")
      let record = try #require(try await desk.remembered(1).first)
      #expect(record.values.count == 1_536)
      #expect(record.metadata["model"]?.text == Sandbox.Configuration.embeddingModel)
      let next = try await desk.dealt("nils")
      try await next.card.expect("Like `lorewerk.example`: lost (Too expensive), ")
      let ready = try await desk.admin("/ready").json["dependencies"]["pinecone"]
      #expect(ready["state"].text == "ok", "\(ready)")
      // One to see how long its vectors are, one for the text that both leads have.
      #expect(desk.sandbox.world.calls(.openai, "embeddings").count <= 2)
    }
  }

  @Test(arguments: [Fault.serverError(status: 503), .hang, .resetBefore])
  func `without the index the card comes in time with what the store knows, and the index catches up`(
    fault: Fault
  ) async throws {
    try await Desk.open(.onShift.indexed) { desk in
      desk.sandbox.world.setFault(fault, for: .pinecone)
      let lost = try await desk.dealt("lore")
      try await lost.log("Lost", "Too expensive")
      let started = ContinuousClock.now
      let next = try await desk.dealt("nils")
      // Two seconds for the index, and three for the rest on a busy machine.
      #expect(ContinuousClock.now - started < .seconds(5))
      try await next.card.expect("Like `lorewerk.example`: lost (Too expensive), ")
      try await next.card.expect("Past accounts not checked in Pinecone")
      #expect(desk.sandbox.world.vectors(Desk.index).isEmpty)
      desk.sandbox.world.clearFaults()
      _ = try await desk.remembered(1, within: .seconds(60))
      #expect(try await desk.lead(lost.id)["errors"].items.isEmpty)
    }
  }

  @Test func `an index of another dimension leaves memory to the store, and readiness says why`() async throws {
    var setup = Setup.onShift.indexed
    setup.sandbox.indexes = [Desk.index: 1_536]
    try await Desk.open(setup) { desk in
      let ready = try await eventually("readiness names the index") {
        let ready = try await desk.admin("/ready").json
        return ready["dependencies"]["pinecone"]["state"].text == "failing" ? .some(ready) : JSON?.none
      }
      #expect(ready["status"].text == "degraded")
      let detail = ready["dependencies"]["pinecone"]["detail"].text ?? ""
      #expect(detail.contains("has dimension 1536") && detail.contains("memory is local"), "\(detail)")
      let lost = try await desk.dealt("lore")
      try await lost.log("Lost", "Too expensive")
      let next = try await desk.dealt("nils")
      try await next.card.expect("Like `lorewerk.example`: lost (Too expensive), ")
      #expect(!next.card.words.contains("not checked"), "\(next.card.words)")
      #expect(desk.sandbox.world.vectors(Desk.index).isEmpty)
    }
  }
}

extension Desk {
  /// Waits until the index holds so many records.
  fileprivate func remembered(_ count: Int, within limit: Duration = .seconds(40)) async throws -> [VectorRecord] {
    try await eventually("\(count) in the index", within: limit) {
      let records = sandbox.world.vectors(Self.index)
      return records.count == count ? records : nil
    }
  }
}
