import Foundation
import RevOps
import Synchronization

/// The index beside the store, as long as it takes the vectors that are drawn.
final class RemoteMemory: Sendable {
  private let index: MemoryIndex
  private let vectors: AccountVectors
  private let cache: any LookupCache
  private let state = Mutex(State())

  private struct State {
    var shape: MemoryIndex.Shape?
    /// How many numbers a vector was found to have.
    var measured: Int?
    /// Why no vectors are to be had.
    var refused: String?
    /// Why there is no index.
    var absent: String?

    /// Why it can't be used; nil: as far as is known it can.
    var unfit: String? { absent ?? refused ?? shape.flatMap(misfit) }

    private func misfit(_ shape: MemoryIndex.Shape) -> String? {
      if let measured, shape.dimension != measured {
        return "index \(shape.name) has dimension \(shape.dimension), the embedding gives \(measured)"
      }
      // Vectors have unit length, so that the inner product is the cosine.
      if let metric = shape.metric, !["cosine", "dotproduct"].contains(metric) {
        return "index \(shape.name) compares by \(metric), not by cosine"
      }
      return nil
    }
  }

  init(index: MemoryIndex, vectors: AccountVectors, cache: any LookupCache) {
    self.index = index
    self.vectors = vectors
    self.cache = cache
    state.withLock { $0.measured = vectors.dimension }
  }

  /// False: the store alone remembers, until somebody has mended it.
  var fits: Bool { state.withLock { $0.unfit == nil } }

  /// Asks the index anew, and the model where it has refused or has not said how long its vectors are.
  func check() async -> MemoryCheck {
    do {
      let shape = try await asked().get()
      if state.withLock({ $0.measured == nil || $0.refused != nil }) { await probe() }
      return state.withLock { state in
        state.unfit.map { MemoryCheck(state: .unfit, detail: $0 + ": memory is local") }
          ?? MemoryCheck(state: .fits, detail: "index \(shape.name)")
      }
    } catch {
      let unfit = state.withLock { $0.unfit }
      return unfit.map { MemoryCheck(state: .unfit, detail: $0 + ": memory is local") }
        ?? MemoryCheck(state: .unknown, detail: error.code ?? error.detail)
    }
  }

  private func probe() async {
    do {
      let dimension = try await vectors.measure()
      state.withLock { state in
        state.measured = dimension
        state.refused = nil
      }
    } catch { noteRefusal(error) }
  }

  // MARK: Looking

  func nearest(
    to facts: LeadFacts, limit: Int, excluding account: String?
  ) async -> Result<(found: [(memory: AccountMemory, similarity: Double)], by: AccountVectors.Drawn), ServiceError> {
    do throws(ServiceError) {
      async let shape = shaped()
      let drawn = try await draw(facts)
      _ = try await shape.get()
      try verify()
      let found = try await index.nearest(drawn.values, drawn.model, limit, account)
      return .success((await current(found), drawn))
    } catch { return .failure(error) }
  }

  /// Without what the index still shows of a lead although something else was said of it since.
  private func current(
    _ found: [(memory: AccountMemory, similarity: Double)]
  ) async -> [(memory: AccountMemory, similarity: Double)] {
    var current: [(memory: AccountMemory, similarity: Double)] = []
    for candidate in found where await isCurrent(candidate.memory) { current.append(candidate) }
    return current
  }

  private func isCurrent(_ memory: AccountMemory) async -> Bool {
    // What the store can't say is taken as the index says it.
    guard let note = try? await cache.cached(LastWord.key(memory.leadID)),
      let last = try? JSONDecoder().decode(LastWord.self, from: note.content)
    else { return true }
    return last.stands && memory.at.timeIntervalSince(last.at) > -0.001
  }

  // MARK: Writing

  /// The memory as the index's model sees it; nil: it does not fit, and the store's memory is all there is.
  func record(of memory: AccountMemory, _ facts: LeadFacts?) async throws -> AccountMemory? {
    try await note(LastWord(at: memory.at, stands: true), of: memory.leadID)
    guard let facts else { return nil }
    guard fits else { return try await untold(memory.leadID) }
    do {
      _ = try await shaped().get()
      let drawn = try await draw(facts)
      try verify()
      return memory.drawn(by: drawn.model, drawn.values)
    } catch  where !fits {
      return try await untold(memory.leadID)
    }
  }

  /// The index will have to be told when it fits.
  private func untold(_ lead: LeadID) async throws(StorageError) -> AccountMemory? {
    try await cache.cache(Self.untoldKey(lead.partition), content: Data(), at: vectors.now())
    return nil
  }

  private static func untoldKey(_ partition: Partition) -> String { "memory/untold/\(partition)" }

  /// When something of the partition was last kept from the index.
  func lastUntold(in partition: Partition) async throws(StorageError) -> Date? {
    try await cache.cached(Self.untoldKey(partition))?.at
  }

  /// Which index is written to, and by which model; nil: none, as far as is known.
  func target() async -> String? {
    guard case .success(let shape) = await shaped(), fits else { return nil }
    return "\(shape.name)/\(vectors.model)"
  }

  func put(_ record: AccountMemory) async throws(ServiceError) {
    var written = record
    written.id = record.accountKey
    try await index.put(written)
  }

  /// Also of an index that does not fit now: it may hold what was written when it did. What it refuses then is not asked
  /// again.
  func forget(_ lead: LeadID, at: Date) async throws {
    try await note(LastWord(at: at, stands: false), of: lead)
    do { try await index.forget([lead]) } catch {
      guard !fits, error.retry == .never else { throw error }
    }
  }

  private func note(_ word: LastWord, of lead: LeadID) async throws {
    try await cache.cache(LastWord.key(lead), content: try JSONEncoder().encode(word), at: word.at)
  }

  /// When something was last said of a lead, and whether it stands or was taken back.
  private struct LastWord: Codable {
    var at: Date
    var stands: Bool

    static func key(_ lead: LeadID) -> String { "memory/\(lead)" }
  }

  // MARK: Fitness

  /// Asked once.
  private func shaped() async -> Result<MemoryIndex.Shape, ServiceError> {
    if let known = state.withLock({ $0.shape }) { return .success(known) }
    return await asked()
  }

  private func asked() async -> Result<MemoryIndex.Shape, ServiceError> {
    do {
      let shape = try await index.shape()
      state.withLock { state in
        state.shape = shape
        state.absent = nil
      }
      return .success(shape)
    } catch {
      if ["NOT_FOUND", "404"].contains(error.code) { state.withLock { $0.absent = "the index does not exist" } }
      return .failure(error)
    }
  }

  private func draw(_ facts: LeadFacts) async throws(ServiceError) -> AccountVectors.Drawn {
    let drawn: AccountVectors.Drawn?
    do { drawn = try await vectors.draw(facts) } catch {
      noteRefusal(error)
      throw error
    }
    guard let drawn else {
      throw ServiceError(service: "memory", code: "no_facts", detail: "nothing to compare it by", retry: .never)
    }
    state.withLock { $0.measured = drawn.values.count }
    return drawn
  }

  /// A model that will never answer is as good as none.
  private func noteRefusal(_ error: ServiceError) {
    guard error.retry == .never else { return }
    state.withLock { $0.refused = "the embedding model is refused (\(error.code ?? error.detail))" }
  }

  private func verify() throws(ServiceError) {
    guard let unfit = state.withLock({ $0.unfit }) else { return }
    throw ServiceError(service: "pinecone", code: "unfit_index", detail: unfit, retry: .never)
  }
}
