import Foundation
import GRDB
import RevOps
import StoredForms

extension SQLiteStore {
  public func remember(_ memory: AccountMemory) async throws(StorageError) {
    let document: String
    do {
      var facts = memory
      facts.vector = []
      document = try StoredJSON.text(facts)
    } catch { throw StorageError(sqlite: error) }
    let vector = StoredVector.data(memory.vector)
    try await write { database in
      try database.run(
        """
        INSERT OR REPLACE INTO memories (id, account, lead, model, vector, document) VALUES (?, ?, ?, ?, ?, ?)
        """, [memory.id, memory.account, memory.leadID.description, memory.model, vector, document])
    }
  }

  public func nearest(
    to vector: [Float], model: String, limit: Int, excluding account: String?
  ) async throws(StorageError) -> [(memory: AccountMemory, similarity: Double)] {
    try await read { database in
      var best = Nearest(limit: limit)
      let rows = try database.rows(
        "SELECT rowid, vector FROM memories WHERE model = ? AND account IS NOT ?", [model, account])
      while let row = try rows.next() {
        let similarity = try row.withUnsafeData(atIndex: 1) { $0.flatMap { StoredVector.product($0, with: vector) } }
        if let similarity { best.offer(row[0], similarity: similarity) }
      }
      return try best.found.map { (try database.memory(at: $0.row), Double($0.similarity)) }
    }
  }

  public func memories(
    of model: String, in partition: Partition, after lead: LeadID?, limit: Int
  ) async throws(StorageError) -> [AccountMemory] {
    // A lead's id begins with its partition and a hyphen, which the full stop follows.
    let first = lead?.description ?? "\(partition)-"
    return try await read { database in
      let rows = try database.rows(
        "SELECT rowid FROM memories WHERE model = ? AND lead > ? AND lead < ? ORDER BY lead, id LIMIT ?",
        [model, first, "\(partition).", limit])
      var found: [Int64] = []
      while let row = try rows.next() { found.append(row[0]) }
      return try found.map { try database.memory(at: $0) }
    }
  }

  public func forgetMemories(of lead: LeadID) async throws(StorageError) -> Int {
    try await write { try $0.change("DELETE FROM memories WHERE lead = ?", [lead.description]) }
  }
}

extension Database {
  fileprivate func memory(at row: Int64) throws -> AccountMemory {
    guard let row = try self.row("SELECT document, vector FROM memories WHERE rowid = ?", [row]) else {
      throw StorageError(.unreadable, "a memory vanished within one snapshot")
    }
    var memory = try StoredJSON.value(AccountMemory.self, from: row[0])
    memory.vector = StoredVector.floats(row[1])
    return memory
  }
}
