import Foundation
import GRDB
import RevOps
import StoredForms
import Synchronization

extension SQLiteStore {
  public func reserve(
    _ bucket: String, count: Int, per period: Duration, now: Date
  ) async throws(StorageError) -> Duration {
    buckets.withLock { $0.reserve(bucket, count: count, per: period, now: now) }
  }

  public func countToday(_ counter: String, limit: Int, now: Date) async throws(StorageError) -> Bool {
    guard limit > 0 else { return false }
    let day = Int((now.timeIntervalSince1970 / 86_400).rounded(.down))
    return try await write { database in
      try database.run("DELETE FROM counters WHERE name = ? AND day < ?", [counter, day])
      return try database.change(
        """
        INSERT INTO counters (name, day, count) VALUES (?1, ?2, 1)
        ON CONFLICT (name, day) DO UPDATE SET count = count + 1 WHERE count < ?3
        """, [counter, day, limit]) == 1
    }
  }

  public func cached(_ key: String) async throws(StorageError) -> (content: Data, at: Date)? {
    try await read { database in
      let row = try database.row("SELECT content, at FROM lookups WHERE key = ?", [key])
      return row.map { ($0[0], Date(stored: $0[1])) }
    }
  }

  public func cache(_ key: String, content: Data, at: Date) async throws(StorageError) {
    try await write { database in
      try database.run(
        "INSERT OR REPLACE INTO lookups (key, content, at) VALUES (?, ?, ?)", [key, content, at.stored])
    }
  }

  public func forgetCached(prefix: String) async throws(StorageError) -> Int {
    try await write { database in
      try database.change(
        "DELETE FROM lookups WHERE key >= ? AND key < ?", [prefix, prefix + "\u{10FFFF}"])
    }
  }

  public func expireCached(upTo time: Date, limit: Int) async throws(StorageError) -> Int {
    try await write { database in
      try database.change(
        "DELETE FROM lookups WHERE key IN (SELECT key FROM lookups WHERE at <= ? ORDER BY at LIMIT ?)",
        [time.stored, limit])
    }
  }

  public func keep(policy: Policy) async throws(StorageError) {
    let document: String
    do { document = try StoredJSON.text(policy) } catch { throw StorageError(sqlite: error) }
    try await write { database in
      try database.run(
        "INSERT OR IGNORE INTO policies (version, document) VALUES (?, ?)", [policy.version, document])
    }
  }

  public func policy(version: String) async throws(StorageError) -> Policy? {
    try await read { database in
      let row = try database.row("SELECT document FROM policies WHERE version = ?", [version])
      return try row.map { try StoredJSON.value(Policy.self, from: $0[0]) }
    }
  }
}
