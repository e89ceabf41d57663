import Foundation
import GRDB
import RevOps
import StoredForms

extension SQLiteStore {
  public func dueTimers(in partition: Partition, now: Date, limit: Int) async throws(StorageError) -> [LeadTimer] {
    try await read { database in
      let rows = try database.rows(
        "SELECT key, lead, kind, due FROM timers WHERE partition = ? AND due <= ? ORDER BY due, key",
        [partition.rawValue, now.stored])
      var timers: [LeadTimer] = []
      while timers.count < limit, let row = try rows.next() {
        if let timer = try LeadTimer(stored: row) { timers.append(timer) }
      }
      return timers
    }
  }

  public func timers(of lead: LeadID) async throws(StorageError) -> [LeadTimer] {
    try await read { database in
      try database.all("SELECT key, lead, kind, due FROM timers WHERE lead = ? ORDER BY due, key", [lead.description]) {
        try LeadTimer(stored: $0)
      }.compactMap { $0 }
    }
  }

  public func nextTimer(in partition: Partition, after now: Date) async throws(StorageError) -> Date? {
    try await read { database in
      let rows = try database.rows(
        "SELECT key, lead, kind, due FROM timers WHERE partition = ? AND due > ? ORDER BY due, key",
        [partition.rawValue, now.stored])
      while let row = try rows.next() {
        if let timer = try LeadTimer(stored: row) { return timer.due }
      }
      return nil
    }
  }
}

extension LeadTimer {
  /// Nil for a kind of a newer release: it waits for one that knows what to do then.
  fileprivate init?(stored row: Row) throws {
    guard let kind = Kind(rawValue: row[2]) else { return nil }
    self.init(key: row[0], leadID: try LeadID(stored: row[1]), kind: kind, due: Date(stored: row[3]))
  }
}
