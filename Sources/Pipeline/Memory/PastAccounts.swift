import Foundation
import Logging
import RevOps

/// What became of past accounts: in the store, and in an index beside it where one is configured.
///
/// The store always keeps everything that was written here, so that own writes are found at once and nothing is lost
/// with the index: it answers alone while the index or its embedding is away, or does not fit.
public struct PastAccounts: Sendable {
  struct Found: Sendable {
    /// The nearest first; similarities are on the scale of one model.
    var accounts: [(memory: AccountMemory, similarity: Double)] = []
    /// What was not looked through.
    var warning: String?
  }

  enum Failure: Error {
    case service(ServiceError)
    case storage(StorageError)
  }

  private let store: any MemoryStore
  private let remote: RemoteMemory?
  private let logger: Logger

  /// - Parameters:
  ///   - cache: keeps what must not be asked twice, and when each lead was last spoken of.
  ///   - index: nil: the store alone.
  ///   - embedding: nil: vectors are worked out here.
  public init(
    store: any MemoryStore, cache: any LookupCache, index: MemoryIndex?, embedding: Embedding?,
    now: @escaping @Sendable () -> Date, logger: Logger
  ) {
    self.store = store
    remote = index.map {
      RemoteMemory(index: $0, vectors: AccountVectors(embedding: embedding, cache: cache, now: now), cache: cache)
    }
    self.logger = logger
  }

  /// The store alone.
  init(store: any MemoryStore, logger: Logger) {
    self.store = store
    self.logger = logger
    remote = nil
  }

  /// Whether the index can be used, for those who look after Baton; nil: none is configured.
  public func check() async -> MemoryCheck? { await remote?.check() }

  // MARK: What the index was not told

  /// Which index is written to now, and by which model; nil: none, for the time being at least.
  func target() async -> String? { await remote?.target() }

  var hasIndex: Bool { remote != nil }

  /// When something of the partition was last kept from the index, which did not fit.
  func lastUntold(in partition: Partition) async throws(StorageError) -> Date? {
    try await remote?.lastUntold(in: partition)
  }

  /// What the store keeps of the partition's leads, in their order.
  func kept(in partition: Partition, after lead: LeadID?, limit: Int) async throws(StorageError) -> [AccountMemory] {
    try await store.memories(of: LocalEmbedding.model, in: partition, after: lead, limit: limit)
  }

  // MARK: Looking

  static let indexNotChecked = "past accounts not checked in Pinecone"

  /// - Parameter patience: how long the index is waited for.
  func nearest(to facts: LeadFacts, limit: Int, patience: Duration) async throws(StorageError) -> Found {
    let account = AccountMemory.account(of: facts)
    guard let vector = LocalEmbedding.vector(AccountFacts(facts)) else { return Found() }
    guard let remote, remote.fits else {
      return Found(accounts: try await own(vector, LocalEmbedding.model, limit, account))
    }
    do {
      guard let answer = await within(patience, { await remote.nearest(to: facts, limit: limit, excluding: account) })
      else { throw ServiceError(service: "pinecone", code: "timeout", detail: "no answer in time", retry: .now) }
      let (found, drawn) = try answer.get()
      // Own memories under the index's model are found although it does not show them yet.
      let mine = try await own(drawn.values, drawn.model, limit, account)
      let scaled = Self.merged(mine + found).map { ($0.memory, drawn.scale.similarity(cosine: $0.similarity)) }
      return Found(accounts: scaled)
    } catch let error as ServiceError {
      logger.notice(
        "the index of past accounts could not be searched",
        metadata: ["service": "\(error.service)", "code": "\(error.code ?? "-")", "detail": "\(error.detail)"])
      let accounts = try await own(vector, LocalEmbedding.model, limit, account)
      return Found(accounts: accounts, warning: remote.fits ? Self.indexNotChecked : nil)
    } catch let error as StorageError {
      throw error
    } catch {
      throw StorageError(.unavailable, "past accounts could not be searched")
    }
  }

  private func own(
    _ vector: [Float], _ model: String, _ limit: Int, _ account: String?
  ) async throws(StorageError) -> [(memory: AccountMemory, similarity: Double)] {
    try await store.nearest(to: vector, model: model, limit: limit, excluding: account)
  }

  /// Of one account and kind of outcome the later word counts, wherever it was found.
  private static func merged(
    _ found: [(memory: AccountMemory, similarity: Double)]
  ) -> [(memory: AccountMemory, similarity: Double)] {
    var latest: [String: (memory: AccountMemory, similarity: Double)] = [:]
    for candidate in found {
      let key = candidate.memory.accountKey
      if let known = latest[key], known.memory.at >= candidate.memory.at { continue }
      latest[key] = candidate
    }
    return latest.values.sorted { $0.similarity > $1.similarity }
  }

  // MARK: Writing

  /// A lead has one memory at a time: what was said before of it goes. Repeating it changes nothing.
  func write(_ outcome: String, reason: String?, of lead: Lead, at: Date) async throws(Failure) {
    do {
      _ = try await store.forgetMemories(of: lead.id)
      guard outcome != AccountOutcome.withdrawn,
        let memory = AccountMemory(of: lead, outcome: outcome, reason: reason, at: at)
      else {
        try await remote?.forget(lead.id, at: at)
        return
      }
      try await store.remember(memory)
      guard let remote, let record = try await remote.record(of: memory, lead.facts) else { return }
      if record.model != memory.model { try await store.remember(record) }
      try await remote.put(record)
    } catch let error as ServiceError {
      throw .service(error)
    } catch let error as StorageError {
      throw .storage(error)
    } catch {
      throw .storage(StorageError(.unavailable, "the memory could not be written"))
    }
  }

  /// Nothing of the lead is kept anywhere afterwards.
  public func forget(_ lead: LeadID, at: Date) async throws {
    _ = try await store.forgetMemories(of: lead)
    try await remote?.forget(lead, at: at)
  }
}
