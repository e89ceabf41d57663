import Foundation
import GRDB
import RevOps
import StoredForms

/// One commit, encoded before it waits for the writer. Everything is checked before anything is written, so that a
/// refusal leaves nothing.
struct CommitWriting: Sendable {
  private let commit: LeadCommit
  private let now: Date
  private let leads: [LeadRow]
  private let effects: [String]
  private let history: [String]

  init(_ commit: LeadCommit, now: Date) throws {
    self.commit = commit
    self.now = now
    leads = try commit.leads.map { try LeadRow($0, changedAt: now) }
    effects = try commit.effects.map { try StoredJSON.text($0) }
    history = try commit.history.map { try StoredJSON.text($0.entry) }
  }

  func run(in database: Database) throws -> CommitResult {
    if let refusal = try refusal(in: database) { return refusal }
    for lead in leads { try lead.store(in: database) }
    try finishMessages(in: database)
    try storeEffects(in: database)
    try finishEffects(in: database)
    try storeTimers(in: database)
    for (line, entry) in zip(commit.history, history) { try database.append(entry, toHistoryOf: line.lead) }
    try database.store(commit.documents)
    return .committed
  }

  private var partition: Int { commit.lease.partition.rawValue }

  private func refusal(in database: Database) throws -> CommitResult? {
    guard try database.isLatest(commit.lease), isWithinPartition else { return .staleLease }
    for lead in commit.leads {
      let stored = try database.int("SELECT version FROM leads WHERE id = ?", [lead.id.description])
      guard stored ?? 0 == lead.version else { return .leadChanged }
    }
    return try database.isUnchanged(commit.documents) ? nil : .documentChanged
  }

  /// A lease gives no right to another partition's leads.
  private var isWithinPartition: Bool {
    let written = commit.leads.map(\.id) + commit.effects.map(\.leadID) + commit.timers.map(\.leadID)
    return written.allSatisfy { $0.partition == commit.lease.partition }
  }

  private func finishMessages(in database: Database) throws {
    for id in commit.finishedMessages {
      try database.run("DELETE FROM messages WHERE id = ? AND partition = ?", [id, partition])
    }
  }

  private func storeEffects(in database: Database) throws {
    for (effect, document) in zip(commit.effects, effects) {
      try database.run(
        """
        INSERT INTO effects (key, lead, partition, target, sequence, created_at, not_before, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
        """,
        [
          effect.key, effect.leadID.description, partition, effect.target, effect.sequence, effect.createdAt.stored,
          effect.createdAt.stored, document,
        ])
    }
  }

  /// Only an effect that still waits can be finished: a late second answer changes nothing. The text of a refused one
  /// is kept to be sent on again.
  private func finishEffects(in database: Database) throws {
    for completion in commit.finishedEffects {
      try database.run(
        """
        UPDATE effects SET status = ?1, running = 0, deaths_alone = 0, finished_at = ?2,
          last_error = COALESCE(?3, last_error), document = CASE WHEN ?1 = 'refused' THEN document END
        WHERE key = ?4 AND partition = ?5 AND status = 'waiting'
        """,
        [completion.result.rawValue, now.stored, completion.reason, completion.key, partition])
    }
  }

  /// Cancelled first: a commit that handles a timer may set the same one for later.
  private func storeTimers(in database: Database) throws {
    for key in commit.cancelledTimers {
      try database.run("DELETE FROM timers WHERE key = ? AND partition = ?", [key, partition])
    }
    for timer in commit.timers {
      try database.run(
        "INSERT OR REPLACE INTO timers (key, lead, partition, kind, due) VALUES (?, ?, ?, ?, ?)",
        [timer.key, timer.leadID.description, partition, timer.kind.rawValue, timer.due.stored])
    }
  }
}

extension Database {
  func append(_ entry: String, toHistoryOf lead: LeadID) throws {
    try run("INSERT INTO history (lead, entry) VALUES (?, ?)", [lead.description, entry])
  }
}

extension Database {
  /// Whether each document has still the version that it was read with.
  func isUnchanged(_ documents: [DocumentChange]) throws -> Bool {
    for document in documents {
      let stored = try int("SELECT version FROM documents WHERE key = ?", [document.key])
      guard stored ?? 0 == document.version else { return false }
    }
    return true
  }

  func store(_ documents: [DocumentChange]) throws {
    for document in documents {
      try run(
        "INSERT OR REPLACE INTO documents (key, version, content) VALUES (?, ?, ?)",
        [document.key, document.version + 1, document.content])
    }
  }
}
