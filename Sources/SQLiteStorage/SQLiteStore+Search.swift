import Foundation
import GRDB
import RevOps
import StoredForms

extension SQLiteStore {
  /// A lead that this release cannot read is left out of pages; asked for by its id it is `.unreadable`.
  public func leads(_ query: LeadQuery) async throws(StorageError) -> LeadPage {
    let limit = min(max(query.limit, 1), 200)
    return try await read { database in
      let rows = try LeadSelection(query).rows(in: database)
      var page = LeadPage(leads: [], nextCursor: nil)
      var last: PageCursor?
      while let row = try rows.next() {
        if page.leads.count == limit {
          page.nextCursor = last?.text
          break
        }
        if let lead = Lead(listed: row[2]) { page.leads.append(lead) }
        last = PageCursor(time: row[0], key: row[1])
      }
      return page
    }
  }

  public func leads(matching folded: String, limit: Int) async throws(StorageError) -> [Lead] {
    // No text that begins with `folded` sorts behind it with the last code point of Unicode added.
    let end = folded + "\u{10FFFF}"
    return try await read { database in
      let rows = try database.rows(
        """
        SELECT document FROM leads WHERE id IN (
          SELECT id FROM leads WHERE name >= ?1 AND name < ?2
          UNION SELECT id FROM leads WHERE company >= ?1 AND company < ?2
          UNION SELECT id FROM leads WHERE identity >= ?1 AND identity < ?2
        ) ORDER BY received_at DESC, id DESC
        """, [folded, end])
      var leads: [Lead] = []
      while leads.count < limit, let row = try rows.next() {
        if let lead = Lead(listed: row[0]) { leads.append(lead) }
      }
      return leads
    }
  }
}

extension Lead {
  fileprivate init?(listed document: Data) {
    guard let lead = try? StoredJSON.value(Lead.self, from: document) else { return nil }
    self = lead
  }
}

/// A query as SQL: only the conditions that it has, so that SQLite can choose the index for them.
private struct LeadSelection {
  private var conditions: [String] = []
  private var arguments: [any DatabaseValueConvertible] = []

  init(_ query: LeadQuery) throws {
    add("state = ?", query.state?.rawValue)
    add("owner = ?", query.owner)
    add("identity = ?", query.identity)
    add("domain = ?", query.domain)
    if query.leavesOutMerged { add("state <> ?", LeadState.merged.rawValue) }
    guard let cursor = try query.cursor.map({ try PageCursor($0) }) else { return }
    conditions.append("(received_at, id) < (?, ?)")
    arguments += [cursor.time, cursor.key]
  }

  private mutating func add(_ condition: String, _ value: String?) {
    guard let value else { return }
    conditions.append(condition)
    arguments.append(value)
  }

  func rows(in database: Database) throws -> RowCursor {
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    return try database.rows(
      "SELECT received_at, id, document FROM leads \(filter) ORDER BY received_at DESC, id DESC",
      StatementArguments(arguments))
  }
}
