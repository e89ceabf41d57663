import Foundation
import GRDB
import RevOps
import StoredForms

/// A lead as it is stored: its document, and the columns that it is found by.
struct LeadRow: Sendable {
  let lead: Lead
  let changedAt: Date
  /// With the version that it will have.
  let document: String

  init(_ lead: Lead, changedAt: Date) throws {
    self.lead = lead
    self.changedAt = changedAt
    document = try lead.nextDocument()
  }

  private static let unknownMembers = """
    SELECT json_group_object(member.key, json(leads.document -> member.fullkey))
    FROM leads, json_each(leads.document) AS member
    WHERE leads.id = ? AND member.key NOT IN (\(Lead.storedMembers.map { "'\($0)'" }.joined(separator: ", ")))
    """

  func store(in database: Database) throws {
    try database.run(
      """
      INSERT INTO leads (id, partition, version, state, owner, identity, domain, name, company, received_at,
        changed_at, parked_at, parked_reason, document)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, owner = excluded.owner,
        identity = excluded.identity, domain = excluded.domain, name = excluded.name, company = excluded.company,
        changed_at = excluded.changed_at, parked_reason = excluded.parked_reason, document = excluded.document,
        parked_at = CASE WHEN excluded.parked_at IS NULL THEN NULL
          ELSE COALESCE(leads.parked_at, excluded.parked_at) END
      """,
      arguments(document: lead.version == 0 ? document : try keepingUnknownMembers(of: database)))
    try rememberAssignment(in: database)
  }

  private func arguments(document: String) -> StatementArguments {
    let parkedAt = lead.parkedReason.map { _ in changedAt.stored }
    return [
      lead.id.description, lead.id.partition.rawValue, lead.version + 1, lead.state.rawValue, lead.desk.owner,
      lead.identity, lead.facts?.normalized.domain, lead.foldedName, lead.foldedCompany, lead.intake.receivedAt.stored,
      changedAt.stored, parkedAt, lead.parkedReason, document,
    ]
  }

  /// Puts what the stored document has beyond `Lead.storedMembers` at the end of the new one.
  private func keepingUnknownMembers(of database: Database) throws -> String {
    let unknown = try String.fetchOne(
      database.cachedStatement(sql: Self.unknownMembers), arguments: [lead.id.description])
    guard let unknown, unknown != "{}" else { return document }
    return document.dropLast() + "," + unknown.dropFirst()
  }

  /// Kept apart from the lead, which may go to somebody else later.
  private func rememberAssignment(in database: Database) throws {
    guard let owner = lead.desk.owner, let at = lead.desk.assignedAt else { return }
    try database.run(
      """
      INSERT INTO assignments (owner, at) VALUES (?, ?)
      ON CONFLICT (owner) DO UPDATE SET at = max(at, excluded.at)
      """,
      [owner, at.stored])
  }
}
