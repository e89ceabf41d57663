import Foundation
import GRDB
import RevOps
import StoredForms

extension SQLiteStore {
  /// Refused effects and parked leads.
  public func deadLetters(
    cursor: String?, limit: Int
  ) async throws(StorageError) -> (letters: [DeadLetter], next: String?) {
    try await read { database in
      let after = try cursor.map { try PageCursor($0) } ?? PageCursor(time: .infinity, key: "")
      let rows = try Row.fetchAll(
        database.cachedStatement(sql: deadLetterSelection), arguments: [after.time, after.key, limit + 1])
      let page = rows.prefix(limit)
      let last = page.last.map { PageCursor(time: $0[0], key: $0[1]) }
      return (try page.map { try DeadLetter(stored: $0) }, rows.count > limit ? last?.text : nil)
    }
  }
}

/// `place` orders what arose at the same moment: a lead and its effects have one each.
private let deadLetterSelection = """
  SELECT * FROM (
    SELECT finished_at AS at, lead || '/' || key AS place, lead, key, COALESCE(last_error, '') FROM effects
    WHERE status = 'refused'
    UNION ALL
    SELECT parked_at, id, id, NULL, COALESCE(parked_reason, '') FROM leads WHERE parked_at IS NOT NULL
  ) WHERE (at, place) < (?, ?) ORDER BY at DESC, place DESC LIMIT ?
  """

extension DeadLetter {
  fileprivate init(stored row: Row) throws {
    self.init(leadID: try LeadID(stored: row[2]), effectKey: row[3], reason: row[4], at: Date(stored: row[0]))
  }
}
