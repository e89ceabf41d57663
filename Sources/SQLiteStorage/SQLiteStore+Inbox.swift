import Foundation
import GRDB
import RevOps
import StoredForms

extension SQLiteStore {
  public func append(_ delivery: Delivery, now: Date) async throws(StorageError) -> AppendResult {
    let arrival: Arrival
    do { arrival = try Arrival(delivery, now: now) } catch { throw StorageError(sqlite: error) }
    return try await write { try arrival.store(in: $0) }
  }

  public func pendingMessages(in partition: Partition, limit: Int) async throws(StorageError) -> [PendingMessage] {
    try await read { database in
      let rows = try database.rows(
        "SELECT body, running, deaths_alone FROM messages WHERE partition = ? ORDER BY id", [partition.rawValue])
      var messages: [PendingMessage] = []
      while messages.count < limit, let row = try rows.next() {
        if let message = PendingMessage(stored: row) { messages.append(message) }
      }
      return messages
    }
  }

  public func begin(message id: String, alone: Bool, lease: Lease) async throws(StorageError) {
    try await write { database in
      try database.require(lease)
      try database.run(
        "UPDATE messages SET running = 1, deaths_alone = deaths_alone + ? WHERE id = ? AND partition = ?",
        [alone ? 1 : 0, id, lease.partition.rawValue])
    }
  }

  public func rest(message id: String, lease: Lease) async throws(StorageError) {
    try await write { database in
      try database.require(lease)
      try database.run(
        "UPDATE messages SET running = 0, deaths_alone = 0 WHERE id = ? AND partition = ?",
        [id, lease.partition.rawValue])
    }
  }

  public func expireDeliveries(now: Date, limit: Int) async throws(StorageError) -> Int {
    try await write { database in
      try database.change(
        """
        DELETE FROM deliveries WHERE key IN (
          SELECT key FROM deliveries WHERE expires_at <= ? ORDER BY expires_at LIMIT ?
        )
        """, [now.stored, limit])
    }
  }
}

extension PendingMessage {
  /// Nil for a message that a newer release has left (a command this one does not know): it stays where it is until a
  /// release that can read it comes back, and must not keep the others waiting.
  fileprivate init?(stored row: Row) {
    guard let message = try? StoredJSON.value(InboxMessage.self, from: row[0]) else { return nil }
    self.init(message: message, wasRunning: row[1], deathsAlone: row[2])
  }
}

/// A delivery, encoded before it waits for the writer.
private struct Arrival: Sendable {
  let delivery: Delivery
  let now: Date
  let body: String

  init(_ delivery: Delivery, now: Date) throws {
    self.delivery = delivery
    self.now = now
    body = try StoredJSON.text(delivery.message)
  }

  func store(in database: Database) throws -> AppendResult {
    let known = try database.row(
      "SELECT lead, body_hash FROM deliveries WHERE key = ? AND expires_at > ?", [delivery.key, now.stored])
    guard let known else {
      try insert(into: database)
      return .appended
    }
    let lead = try LeadID(stored: known[0])
    guard let hash = delivery.bodyHash, let first: String = known[1], hash != first else { return .duplicate(lead) }
    try keepConflict(with: lead, in: database)
    return .conflict(lead)
  }

  private func insert(into database: Database) throws {
    let message = delivery.message
    try database.run(
      "INSERT OR REPLACE INTO deliveries (key, body_hash, lead, expires_at) VALUES (?, ?, ?, ?)",
      [
        delivery.key, delivery.bodyHash, message.leadID.description,
        now.addingTimeInterval(delivery.keepFor.seconds).stored,
      ])
    try database.run(
      "INSERT INTO messages (id, partition, lead, received_at, body) VALUES (?, ?, ?, ?, ?)",
      [message.id, message.leadID.partition.rawValue, message.leadID.description, message.receivedAt.stored, body])
  }

  private func keepConflict(with lead: LeadID, in database: Database) throws {
    var entry = HistoryEntry(at: now, actor: "system", action: "conflict")
    if case .submission(let intake) = delivery.message.body { entry.body = intake.raw }
    try database.append(StoredJSON.text(entry), toHistoryOf: lead)
  }
}
