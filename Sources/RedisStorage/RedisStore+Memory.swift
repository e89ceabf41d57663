import Foundation
import Hiredis
import RevOps
import StoredForms
import Synchronization

extension RedisStore {
  /// How many accounts are kept, the newest.
  static let memoriesKept = 20_000
  /// Memories read at once.
  private static let step = 200

  public func remember(_ memory: AccountMemory) async throws(StorageError) {
    try await remember(memory, keeping: Self.memoriesKept)
  }

  func remember(_ memory: AccountMemory, keeping kept: Int) async throws(StorageError) {
    let document = try StorageError.coding {
      var facts = memory
      facts.vector = []
      return try StoredJSON.text(facts)
    }
    _ = try await run(.remember, isRepeatable: true) { command in
      command.add(memory.id)
      command.add(memory.leadID)
      command.add(memory.model)
      command.add(StoredVector.data(memory.vector))
      command.add(document)
      command.add(kept)
    }
  }

  public func nearest(
    to vector: [Float], model: String, limit: Int, excluding account: String?
  ) async throws(StorageError) -> [(memory: AccountMemory, similarity: Double)] {
    let found = try await refreshed().nearest(to: vector, model: model, limit: limit, excluding: account)
    return try StorageError.coding {
      try found.map { (try Self.memory($0.document, $0.vector), $0.similarity) }
    }
  }

  public func memories(
    of model: String, in partition: Partition, after lead: LeadID?, limit: Int
  ) async throws(StorageError) -> [AccountMemory] {
    let found = try await refreshed().about(partition, after: lead?.description, model: model, limit: limit)
    return try StorageError.coding { try found.map { try Self.memory($0.document, $0.vector) } }
  }

  private static func memory(_ document: Data, _ vector: Data) throws -> AccountMemory {
    var memory = try StoredJSON.value(AccountMemory.self, from: document)
    memory.vector = StoredVector.floats(vector)
    return memory
  }

  private func refreshed() async throws(StorageError) -> MemoryCopy {
    try await refreshing.run { await Result { () async throws(StorageError) in try await self.refresh() } }.get()
    return memories.withLock { $0 }
  }

  public func forgetMemories(of lead: LeadID) async throws(StorageError) -> Int {
    try await run(.forgetMemories, isRepeatable: false) { $0.add(lead) }.number()
  }

  /// Brings the copy up to what is in Redis now.
  private func refresh() async throws(StorageError) {
    while true {
      let seen = memories.withLock { $0.change }
      let answer = try await run(.readMemories, isRepeatable: true) { command in
        command.add(seen)
        command.add(Self.step)
      }.list()
      guard answer.count >= 3 else {
        memories.withLock { $0.clear() }
        continue
      }
      let change = try MemoryChange(answer)
      memories.withLock { change.apply(to: &$0) }
      if !change.hasMore { return }
    }
  }
}

/// What `read_memories.lua` answers.
private struct MemoryChange: Sendable {
  let upTo: String
  let hasMore: Bool
  private let gone: [String]
  private let rows: [[RedisValue]]
  private let facts: [AccountMemory]

  init(_ answer: [RedisValue]) throws(StorageError) {
    upTo = try answer[0].word()
    hasMore = try answer[1].word() == "1"
    gone = try answer[2].list().compactMap(\.text)
    rows = try Array(answer[3...]).rows(of: 4).map(Array.init).filter { !$0.contains(.null) }
    let rows = rows
    facts = try StorageError.coding {
      try rows.map { try StoredJSON.value(AccountMemory.self, from: $0[3].content()) }
    }
  }

  func apply(to copy: inout MemoryCopy) {
    copy.remove(gone)
    for (row, facts) in zip(rows, facts) {
      guard let id = row[0].text, let model = row[1].text, let vector = row[2].data, let document = row[3].data else {
        continue
      }
      let lead = facts.leadID.description
      copy.put(id, account: facts.account, lead: lead, model: model, vector: vector, document: document)
    }
    copy.reached(upTo)
  }
}

extension Result where Failure == StorageError {
  fileprivate init(_ body: () async throws(StorageError) -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
