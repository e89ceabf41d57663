import Foundation

/// What came in a time and what became of it, for stats, Home and digests.
public struct DeskFigures: Sendable, Equatable {
  public var received = 0
  public var paths: [Path: Int] = [:]
  public var outcomes: [Outcome.Result: Int] = [:]
  /// Seconds from the card to the claim, and to the first touch, shortest first.
  private var claims: [TimeInterval] = []
  private var touches: [TimeInterval] = []

  public init(of leads: [Lead]) {
    for lead in leads where lead.state != .merged { add(lead) }
    claims.sort()
    touches.sort()
  }

  public var claimed: Int { claims.count }
  public var touched: Int { touches.count }
  /// Half of them took no longer.
  public var usualClaim: TimeInterval? { Self.median(claims) }
  public var usualTouch: TimeInterval? { Self.median(touches) }

  private mutating func add(_ lead: Lead) {
    received += 1
    if let path = lead.path { paths[path, default: 0] += 1 }
    if let outcome = lead.desk.outcome { outcomes[outcome.result, default: 0] += 1 }
    let start = max(lead.desk.deliveredAt ?? lead.intake.receivedAt, lead.desk.assignedAt ?? .distantPast)
    if let at = lead.desk.claimedAt { claims.append(max(0, at.timeIntervalSince(min(start, at)))) }
    if let at = lead.desk.firstTouchAt { touches.append(max(0, at.timeIntervalSince(lead.intake.receivedAt))) }
  }

  private static func median(_ sorted: [TimeInterval]) -> TimeInterval? {
    sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
  }
}

extension DeskFigures {
  /// More than this nobody counts while somebody waits; the newest are counted.
  public static let limit = 5_000

  /// The leads that came since a moment, newest first.
  public static func leads(since start: Date, in store: any Leads) async throws(StorageError) -> [Lead] {
    var found: [Lead] = []
    var cursor: String?
    repeat {
      var query = LeadQuery(cursor: cursor, limit: 200)
      query.leavesOutMerged = true
      let page = try await store.leads(query)
      let recent = page.leads.prefix { $0.intake.receivedAt >= start }
      found += recent
      cursor = recent.count == page.leads.count ? page.nextCursor : nil
    } while cursor != nil && found.count < limit
    return found
  }
}
