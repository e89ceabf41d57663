import Foundation
import GRDB
import RevOps
import StoredForms

extension SQLiteStore {
  /// Fails with `.unreadable` when one of them is of a kind that this release does not know: the order of the others
  /// may depend on it.
  public func pendingEffects(of lead: LeadID) async throws(StorageError) -> [PendingEffect] {
    try await read { database in
      try database.all(
        """
        SELECT document, attempts, not_before, running, outcome_unknown, deaths_alone, last_error FROM effects
        WHERE lead = ? AND status = 'waiting' ORDER BY sequence, key
        """, [lead.description]
      ) { try PendingEffect(stored: $0) }
    }
  }

  public func leadsWithDueEffects(
    in partition: Partition, now: Date, limit: Int
  ) async throws(StorageError) -> [LeadID] {
    try await read { database in
      try database.all(
        """
        SELECT lead, min(not_before) AS due FROM effects
        WHERE status = 'waiting' AND partition = ? AND not_before <= ? GROUP BY lead ORDER BY due, lead LIMIT ?
        """, [partition.rawValue, now.stored, limit]
      ) { try LeadID(stored: $0[0]) }
    }
  }

  public func nextEffectDue(in partition: Partition, after now: Date) async throws(StorageError) -> Date? {
    try await read { database in
      let row = try database.row(
        """
        SELECT not_before FROM effects WHERE status = 'waiting' AND partition = ? AND not_before > ?
        ORDER BY not_before LIMIT 1
        """, [partition.rawValue, now.stored])
      return row.map { Date(stored: $0[0]) }
    }
  }

  /// An attempt that was begun before and never ended died with its process: it may have happened, and that is not
  /// forgotten until the effect is finished.
  public func begin(effect key: String, lead: LeadID, alone: Bool, lease: Lease) async throws(StorageError) {
    try await write { database in
      try database.require(lease)
      try database.run(
        """
        UPDATE effects SET attempts = attempts + 1, outcome_unknown = outcome_unknown | running, running = 1,
          deaths_alone = deaths_alone + ?
        WHERE key = ? AND lead = ? AND partition = ? AND status = 'waiting'
        """, [alone ? 1 : 0, key, lead.description, lease.partition.rawValue])
    }
  }

  public func putOff(
    effect key: String, lead: LeadID, until notBefore: Date, outcomeUnknown: Bool, error: String, lease: Lease
  ) async throws(StorageError) {
    try await write { database in
      try database.require(lease)
      try database.run(
        """
        UPDATE effects SET running = 0, deaths_alone = 0, not_before = ?, outcome_unknown = outcome_unknown | ?,
          last_error = ?
        WHERE key = ? AND lead = ? AND partition = ? AND status = 'waiting'
        """,
        [notBefore.stored, outcomeUnknown ? 1 : 0, error, key, lead.description, lease.partition.rawValue])
    }
  }

  public func revive(lead: LeadID, now: Date, lease: Lease) async throws(StorageError) -> Int {
    try await write { database in
      try database.require(lease)
      return try database.change(
        """
        UPDATE effects SET status = 'waiting', not_before = ?, finished_at = NULL
        WHERE lead = ? AND partition = ? AND status IN ('waiting', 'refused')
        """, [now.stored, lead.description, lease.partition.rawValue])
    }
  }

  public func backlog() async throws(StorageError) -> (count: Int, oldest: Date?) {
    try await read { database in
      let count = try database.int("SELECT count(*) FROM effects WHERE status = 'waiting'") ?? 0
      let oldest = try database.row(
        "SELECT created_at FROM effects WHERE status = 'waiting' ORDER BY created_at LIMIT 1")
      return (count, oldest.map { Date(stored: $0[0]) })
    }
  }
}

extension PendingEffect {
  fileprivate init(stored row: Row) throws {
    guard let document: Data = row[0] else { throw StorageError(.unreadable, "a waiting effect has lost its content") }
    let wasRunning: Bool = row[3]
    self.init(
      effect: try StoredJSON.value(Effect.self, from: document), attempts: row[1], notBefore: Date(stored: row[2]),
      wasRunning: wasRunning, outcomeUnknown: wasRunning || row[4], deathsAlone: row[5], lastError: row[6])
  }
}
