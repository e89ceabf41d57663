import RevOps

/// The leads that wait for somebody.
struct OpenLeads {
  /// More than this nobody reads.
  static let limit = 1_000
  static let states: Set<LeadState> = [.delivered, .claimed, .worked]

  private let leads: any Leads

  init(_ leads: any Leads) { self.leads = leads }

  /// Of one person, newest first.
  func of(_ email: String) async throws(StorageError) -> [Lead] {
    try await all { LeadQuery(owner: email, cursor: $0, limit: 200) }.filter { Self.states.contains($0.state) }
  }

  /// To be reviewed, or to be claimed by anybody, oldest first.
  func waiting() async throws(StorageError) -> [Lead] {
    let review = try await all { LeadQuery(state: .inReview, cursor: $0, limit: 200) }
    return Self.oldestFirst(try await unclaimed() + review)
  }

  /// Nobody's yet, oldest first.
  func unowned() async throws(StorageError) -> [Lead] { Self.oldestFirst(try await unclaimed()) }

  private func unclaimed() async throws(StorageError) -> [Lead] {
    try await all { LeadQuery(state: .delivered, cursor: $0, limit: 200) }.filter { $0.desk.owner == nil }
  }

  private static func oldestFirst(_ leads: [Lead]) -> [Lead] {
    leads.sorted { ($0.intake.receivedAt, $0.id) < ($1.intake.receivedAt, $1.id) }
  }

  private func all(_ query: (String?) -> LeadQuery) async throws(StorageError) -> [Lead] {
    var found: [Lead] = []
    var cursor: String?
    repeat {
      let page = try await leads.leads(query(cursor))
      found += page.leads
      cursor = page.nextCursor
    } while cursor != nil && found.count < Self.limit
    return found
  }
}
