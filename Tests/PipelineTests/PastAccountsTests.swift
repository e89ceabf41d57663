import Foundation
import Logging
import RevOps
import SQLiteStorage
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// An index that shows what was written when it is told to, and a model that draws what it is told to.
private final class Archive: Sendable {
  struct State {
    var shape = MemoryIndex.Shape(name: "past", dimension: LocalEmbedding.dimension, metric: "cosine")
    var written: [LeadID: AccountMemory] = [:]
    var shown: [LeadID: AccountMemory] = [:]
    var isLate = false
    var failure: ServiceError?
    var questions: [[String]] = []
    var queries: [String] = []
    var modelFailure: ServiceError?
    var modelDimension = 3
  }

  let folder: TemporaryFolder
  let store: SQLiteStore
  private let state = Mutex(State())

  init() async throws {
    folder = try TemporaryFolder()
    store = try await SQLiteStore.open(file: folder.url.appendingPathComponent("a.sqlite"), now: { monday })
  }

  var questions: [[String]] { state.withLock { $0.questions } }
  var queries: [String] { state.withLock { $0.queries } }
  var written: [AccountMemory] { state.withLock { Array($0.written.values) } }
  func set(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }
  func catchUp() { state.withLock { $0.shown = $0.written } }

  func memory(embedding: Bool = false) -> PastAccounts {
    PastAccounts(
      store: store, cache: store, index: index, embedding: embedding ? model : nil, now: { monday },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private var index: MemoryIndex {
    MemoryIndex(
      shape: { () async throws(ServiceError) in try self.answer { $0.shape } },
      put: { memory async throws(ServiceError) in
        try self.answer { state in
          state.written[memory.leadID] = memory
          if !state.isLate { state.shown = state.written }
        }
      },
      forget: { leads async throws(ServiceError) in
        try self.answer { state in
          for lead in leads { state.written[lead] = nil }
          if !state.isLate { state.shown = state.written }
        }
      },
      nearest: { vector, model, limit, excluding async throws(ServiceError) in
        try self.answer { state in
          state.queries.append(model)
          return state.shown.values.filter { $0.model == model && $0.account != excluding }
            .map { memory in (memory, zip(memory.vector, vector).reduce(0.0) { $0 + Double($1.0 * $1.1) }) }
            .sorted { $0.1 > $1.1 }.prefix(limit).map { ($0.0, $0.1) }
        }
      })
  }

  private func answer<Value>(_ body: (inout State) -> Value) throws(ServiceError) -> Value {
    if let failure = state.withLock({ $0.failure }) { throw failure }
    return state.withLock { body(&$0) }
  }

  /// Vectors of unlike texts are nearly alike, as those of real models are: 0.6 of each is the same.
  private var model: Embedding {
    Embedding(model: "text-3", dimension: nil) { texts async throws(ServiceError) in
      if let failure = self.state.withLock({ $0.modelFailure }) { throw failure }
      let dimension = self.state.withLock { state in
        state.questions.append(texts)
        return state.modelDimension
      }
      return texts.map { text in
        var vector = [Float](repeating: 0, count: dimension)
        vector[0] = Float(0.6.squareRoot())
        let place = text.contains("Banking") ? 1 : 2 + (text.count % max(dimension - 2, 1))
        vector[place] = Float(0.4.squareRoot())
        return vector
      }
    }
  }
}

private func lead(
  _ email: String, industry: String = "Banking", message: String? = nil, employees: Int = 900
) -> Lead {
  var random = SystemRandomNumberGenerator()
  let payload = LeadPayload(email: email, fullName: "Ada Lovelace", message: message)
  let normalized = NormalizedLead(
    email: email, emailType: .business, domain: email.split(separator: "@").last.map(String.init),
    fullName: "Ada Lovelace", phone: "+49 30 1234", country: "DE", industry: industry, employees: employees,
    technologies: ["aws"], description: "A bank for everybody.")
  let facts = LeadFacts(normalized: normalized, sources: [:], payload: payload, crm: .notChecked)
  var lead = Lead(
    id: LeadID(identity: email, now: monday, random: &random),
    intake: Intake(channel: .form, receivedAt: monday, identity: email, payload: payload, raw: nil))
  lead.progress = .captured(CapturedLead(facts: facts))
  return lead
}

extension PastAccounts {
  fileprivate func found(_ lead: Lead, patience: Duration = .seconds(20)) async throws -> [String] {
    let facts = try #require(lead.facts)
    return try await nearest(to: facts, limit: 9, patience: patience).accounts
      .map { "\($0.memory.account) \($0.memory.outcome)" }
  }

  fileprivate func warning(_ lead: Lead, patience: Duration = .seconds(20)) async throws -> String? {
    let facts = try #require(lead.facts)
    return try await nearest(to: facts, limit: 9, patience: patience).warning
  }
}

@Suite(.timeLimit(.minutes(2))) struct PastAccountsTests {
  private let first = lead("ada@alpha.example")
  private let next = lead("bob@beta.example")

  @Test(arguments: [false, true])
  func `own writes are found before the index shows them`(embedding: Bool) async throws {
    let archive = try await Archive()
    archive.set { state in
      state.isLate = true
      if embedding { state.shape.dimension = 3 }
    }
    let memory = archive.memory(embedding: embedding)
    try await memory.write("lost", reason: "price", of: first, at: monday)
    #expect(archive.written.count == 1)
    #expect(try await memory.found(next) == ["alpha.example lost"])
    archive.catchUp()
    #expect(try await memory.found(next) == ["alpha.example lost"])
  }

  @Test(arguments: [false, true])
  func `a correction and a withdrawal hold although the index still shows what was said before`(
    embedding: Bool
  ) async throws {
    let archive = try await Archive()
    if embedding { archive.set { $0.shape.dimension = 3 } }
    let memory = archive.memory(embedding: embedding)
    try await memory.write("claimed", reason: nil, of: first, at: monday)
    archive.set { $0.isLate = true }
    try await memory.write("won", reason: nil, of: first, at: monday + 60)
    #expect(archive.written.map(\.outcome) == ["won"], "one memory at a time")
    #expect(try await memory.found(next) == ["alpha.example won"])
    try await memory.write(AccountOutcome.withdrawn, reason: nil, of: first, at: monday + 120)
    #expect(archive.written.isEmpty)
    #expect(try await memory.found(next) == [])
    try await memory.write("lost", reason: nil, of: first, at: monday + 180)
    #expect(try await memory.found(next) == ["alpha.example lost"])
  }

  @Test func `what others wrote into the index is found, and the store answers alone while it is away`() async throws {
    let archive = try await Archive()
    let elsewhere = try await Archive()
    try await elsewhere.memory().write("won", reason: nil, of: lead("cy@gamma.example"), at: monday)
    let foreign = elsewhere.written
    archive.set { state in state.shown = Dictionary(uniqueKeysWithValues: foreign.map { ($0.leadID, $0) }) }
    let memory = archive.memory()
    try await memory.write("lost", reason: nil, of: first, at: monday)
    archive.set { state in for record in foreign { state.shown[record.leadID] = record } }
    #expect(Set(try await memory.found(next)) == ["alpha.example lost", "gamma.example won"])
    #expect(try await memory.warning(next) == nil)
    archive.set { $0.failure = .down }
    #expect(try await memory.found(next) == ["alpha.example lost"])
    #expect(try await memory.warning(next) == "past accounts not checked in Pinecone")
  }

  @Test func `a memory that the index does not take now is written when it does`() async throws {
    let archive = try await Archive()
    let memory = archive.memory()
    archive.set { $0.failure = .down }
    await #expect(throws: PastAccounts.Failure.self) {
      try await memory.write("won", reason: nil, of: first, at: monday)
    }
    archive.set { $0.failure = nil }
    try await memory.write("won", reason: nil, of: first, at: monday)
    #expect(archive.written.count == 1)
  }

  @Test func `an index of another dimension leaves memory to the store, says so, and is taken when it fits`()
    async throws
  {
    let archive = try await Archive()
    archive.set { $0.shape.dimension = 1_536 }
    let memory = archive.memory()
    try await memory.write("won", reason: nil, of: first, at: monday)
    #expect(archive.written.isEmpty)
    #expect(try await memory.found(next) == ["alpha.example won"])
    #expect(try await memory.warning(next) == nil, "nothing is missing")
    let check = await memory.check()
    #expect(
      check
        == MemoryCheck(
          state: .unfit, detail: "index past has dimension 1536, the embedding gives 256: memory is local"))
    archive.set { $0.shape.dimension = 256 }
    #expect(await memory.check()?.state == .fits)
    try await memory.write("lost", reason: nil, of: first, at: monday + 60)
    #expect(archive.written.count == 1)
  }

  @Test func `another dimension of the model, another metric and a refused model show in the check`() async throws {
    let archive = try await Archive()
    archive.set { $0.shape.dimension = 4 }
    #expect(await archive.memory(embedding: true).check()?.detail.hasPrefix("index past has dimension 4") == true)
    archive.set { state in
      state.shape.dimension = 3
      state.shape.metric = "euclidean"
    }
    #expect(await archive.memory(embedding: true).check()?.detail.contains("compares by euclidean") == true)
    archive.set { state in
      state.shape.metric = "dotproduct"
      state.modelFailure = ServiceError(service: "openai", code: "model_not_found", detail: "no", retry: .never)
    }
    let memory = archive.memory(embedding: true)
    #expect(
      await memory.check()?.detail == "the embedding model is refused (model_not_found): memory is local")
    try await memory.write("won", reason: nil, of: first, at: monday)
    #expect(try await memory.found(next) == ["alpha.example won"])
    archive.set { $0.modelFailure = nil }
    #expect(await memory.check()?.state == .fits)
    archive.set { $0.failure = .down }
    #expect(await memory.check()?.state == .unknown)
  }

  @Test func `a text is sent once, without the person, and the scale is measured with the first`() async throws {
    let archive = try await Archive()
    archive.set { $0.shape.dimension = 3 }
    let memory = archive.memory(embedding: true)
    let talkative = lead("ada@alpha.example", message: "Call me, Ada Lovelace, +49 30 1234")
    for _ in 1...2 { _ = try await memory.found(talkative) }
    try await memory.write("won", reason: nil, of: talkative, at: monday)
    #expect(archive.questions.map(\.count) == [1 + AccountText.unrelated.count])
    let text = try #require(archive.questions.first?.first)
    #expect(text.contains("Industry: Banking") && text.contains("500 to 1000 employees"))
    for secret in ["Ada", "Lovelace", "ada@", "1234", "Call"] { #expect(!text.contains(secret)) }
    #expect(archive.queries.allSatisfy { $0 == "text-3" })
  }

  @Test func `similarities are what goes beyond what all accounts have in common`() async throws {
    let archive = try await Archive()
    archive.set { state in
      state.shape.dimension = 64
      state.modelDimension = 64
    }
    let memory = archive.memory(embedding: true)
    try await memory.write("won", reason: nil, of: first, at: monday)
    try await memory.write("lost", reason: nil, of: lead("cy@gamma.example", industry: "Mining"), at: monday)
    let found = try await memory.nearest(to: try #require(next.facts), limit: 9, patience: .seconds(20)).accounts
    #expect(found.map(\.memory.account) == ["alpha.example", "gamma.example"])
    #expect(abs((found.first?.similarity ?? 0) - 1) < 1e-5)
    #expect((found.last?.similarity ?? 1) < 0.2, "their cosine is 0.6")
  }
}
