import Foundation
import Hiredis
import RevOps
import StoredForms

extension RedisStore {
  /// A lead that this release cannot read is left out of pages; asked for by its id it is `.unreadable`.
  public func leads(_ query: LeadQuery) async throws(StorageError) -> LeadPage {
    let limit = min(max(query.limit, 1), 200)
    var last = try query.cursor.map { text throws(StorageError) in try Self.cursor(text) }
    var page = LeadPage(leads: [], nextCursor: nil)
    // One more than wanted tells whether there is another page.
    while page.leads.count <= limit {
      let answer = try await rows(of: query, after: last, limit: limit + 1 - page.leads.count)
      for row in answer.found {
        if page.leads.count == limit {
          page.nextCursor = last?.text
          return page
        }
        if let lead = try? StoredJSON.value(Lead.self, from: row.document) { page.leads.append(lead) }
        last = row.place
      }
      guard let end = answer.end else { break }
      last = end
    }
    return page
  }

  public func leads(matching folded: String, limit: Int) async throws(StorageError) -> [Lead] {
    let rows = try await run(.searchLeads, isRepeatable: true) { command in
      command.add(folded)
      command.add(limit)
    }.list().rows(of: 3)
    var found: [(place: PageCursor, document: Data)] = []
    for row in rows.map(Array.init) where row[2] != .null {
      found.append((PageCursor(time: try row[0].real(), key: try row[1].word()), try row[2].content()))
    }
    found.sort { ($0.place.time, $0.place.key) > ($1.place.time, $1.place.key) }
    return found.compactMap { try? StoredJSON.value(Lead.self, from: $0.document) }
  }

  private struct Rows {
    /// The last row looked at; nil: there are no more.
    var end: PageCursor?
    var found: [(place: PageCursor, document: Data)] = []
  }

  private func rows(
    of query: LeadQuery, after last: PageCursor?, limit: Int
  ) async throws(StorageError) -> Rows {
    let answer = try await run(.listLeads, isRepeatable: true) { command in
      command.add(last)
      command.add(limit)
      command.add(query.state?.rawValue ?? "")
      command.add(query.owner ?? "")
      command.add(query.identity ?? "")
      command.add(query.domain ?? "")
      command.add(query.leavesOutMerged)
    }.list()
    guard answer.count >= 2 else { throw .strange }
    var rows = Rows()
    let end = try answer[1].word()
    if !end.isEmpty { rows.end = PageCursor(time: try answer[0].real(), key: end) }
    for row in try Array(answer[2...]).rows(of: 3).map(Array.init) {
      let place = PageCursor(time: try row[1].real(), key: try row[2].word())
      rows.found.append((place, try row[0].content()))
    }
    return rows
  }

  static func cursor(_ text: String) throws(StorageError) -> PageCursor {
    try StorageError.coding { try PageCursor(text) }
  }
}

extension RedisCommand {
  /// Where a page begins: time and key of the last row of the one before.
  mutating func add(_ cursor: PageCursor?) {
    add(cursor.map { "\($0.time)" } ?? "+inf")
    add(cursor?.key ?? "")
  }
}
