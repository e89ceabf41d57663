import Foundation
import GRDB
import RevOps
import StoredForms

extension SQLiteStore {
  public func lead(_ id: LeadID) async throws(StorageError) -> Lead? {
    try await read { database in
      let row = try database.row("SELECT document FROM leads WHERE id = ?", [id.description])
      return try row.map { try StoredJSON.value(Lead.self, from: $0[0]) }
    }
  }

  public func commit(_ commit: LeadCommit) async throws(StorageError) -> CommitResult {
    let writing: CommitWriting
    do { writing = try CommitWriting(commit, now: now()) } catch { throw StorageError(sqlite: error) }
    return try await write { try writing.run(in: $0) }
  }

  public func history(of id: LeadID) async throws(StorageError) -> [HistoryEntry] {
    try await read { database in
      try database.all("SELECT entry FROM history WHERE lead = ? ORDER BY number", [id.description]) {
        try StoredJSON.value(HistoryEntry.self, from: $0[0])
      }
    }
  }

  public func unfinishedLeads(in partition: Partition) async throws(StorageError) -> [LeadID] {
    try await read { database in
      try database.all(
        "SELECT id FROM leads WHERE partition = ? AND state IN ('received', 'processing') ORDER BY id",
        [partition.rawValue]
      ) { try LeadID(stored: $0[0]) }
    }
  }

  public func document(_ key: String) async throws(StorageError) -> StoredDocument? {
    try await read { database in
      let row = try database.row("SELECT version, content FROM documents WHERE key = ?", [key])
      return row.map { StoredDocument(key: key, version: $0[0], content: $0[1]) }
    }
  }

  public func put(_ changes: [DocumentChange]) async throws(StorageError) -> Bool {
    try await write { database in
      guard try database.isUnchanged(changes) else { return false }
      try database.store(changes)
      return true
    }
  }

  public func loads(of owners: [String]) async throws(StorageError) -> [String: Int] {
    try await read { database in
      var loads: [String: Int] = [:]
      for owner in owners {
        let open = try database.int(
          """
          SELECT count(*) FROM leads
          WHERE owner = ? AND state IN ('processing', 'delivered', 'claimed', 'worked', 'in_review')
          """, [owner])
        if let open, open > 0 { loads[owner] = open }
      }
      return loads
    }
  }

  public func lastAssignments(of owners: [String]) async throws(StorageError) -> [String: Date] {
    try await read { database in
      var times: [String: Date] = [:]
      for owner in owners {
        let row = try database.row("SELECT at FROM assignments WHERE owner = ?", [owner])
        times[owner] = row.map { Date(stored: $0[0]) }
      }
      return times
    }
  }

  /// States of a newer release are left out.
  public func counts() async throws(StorageError) -> [LeadState: Int] {
    try await read { database in
      var counts: [LeadState: Int] = [:]
      let rows = try database.rows("SELECT state, count(*) FROM leads GROUP BY state")
      while let row = try rows.next() {
        if let state = LeadState(rawValue: row[0]) { counts[state] = row[1] }
      }
      return counts
    }
  }
}
