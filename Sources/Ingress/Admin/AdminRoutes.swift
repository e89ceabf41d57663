import Foundation
import RevOps

/// What an admin may read and set going. Every call needs the token, and leaves its line in the access log.
struct AdminRoutes: Sendable {
  let dependencies: IngressDependencies

  /// Messages of a partition that are searched for a lead that no commit has stored yet.
  private static let inboxDepth = 1_000
  /// Merges that are followed; a longer chain is damage.
  private static let mergeDepth = 16
  /// How long a retry's own key is remembered: it is random, so only its storing matters.
  private static let retryKept = Duration.seconds(3_600)

  func answer(_ route: Route, _ request: IncomingRequest) async throws -> Reply {
    try authorize(request)
    return switch route {
    case .metrics:
      Reply(status: 200, type: "text/plain; version=0.0.4; charset=utf-8", body: dependencies.renderMetrics())
    case .lead: try await lead(request)
    case .leads: try await leads(request)
    case .retry: try await retry(request)
    default: try await deadLetters(request)
    }
  }

  private func authorize(_ request: IncomingRequest) throws(Problem) {
    guard let token = dependencies.adminToken, !token.isEmpty else { throw .notConfigured("ADMIN_TOKEN") }
    guard let presented = BearerToken.presented(by: request), BearerToken.matches(presented, token) else {
      throw .unauthorized
    }
  }

  private func lead(_ request: IncomingRequest) async throws -> Reply {
    let lead = try await find(request.id)
    let history = try await dependencies.leads.history(of: lead.id)
    return .json(.object(LeadDocument(lead, policy: await policy(of: lead)).whole(history)), lead: lead.id)
  }

  private func leads(_ request: IncomingRequest) async throws -> Reply {
    let query = try LeadListQuery(request.query).query
    let page = try await Self.page(cursor: query.cursor) { () async throws(StorageError) in
      try await dependencies.leads.leads(query)
    }
    return .json(
      .object([
        "leads": .array(page.leads.map { .object(LeadDocument($0, policy: nil).members()) }),
        "next_cursor": .text(page.nextCursor),
      ]))
  }

  private func deadLetters(_ request: IncomingRequest) async throws -> Reply {
    let page = try PageQuery(request.query)
    let found = try await Self.page(cursor: page.cursor) { () async throws(StorageError) in
      try await dependencies.outbox.deadLetters(cursor: page.cursor, limit: page.limit)
    }
    return .json(
      .object([
        "dead_letters": .array(found.letters.map(\.document)), "next_cursor": .text(found.next),
      ]))
  }

  /// Puts the wish to go on into the lead's own line of work, as a click in Slack would.
  private func retry(_ request: IncomingRequest) async throws -> Reply {
    let lead = try await find(request.id)
    let id = dependencies.ids.message(request.now)
    let command = DeskCommand(action: .retry, actor: .admin, at: request.now, reply: nil)
    let message = InboxMessage(id: id, leadID: lead.id, body: .command(command), receivedAt: request.now)
    let delivery = Delivery(key: "admin/retry/\(id)", bodyHash: nil, keepFor: Self.retryKept, message: message)
    _ = try await dependencies.inbox.append(delivery, now: request.now)
    dependencies.wake(lead.id.partition)
    let body: JSONObject = ["status": .string("accepted"), "lead_id": .string(lead.id.description)]
    return .json(.object(body), status: 202, lead: lead.id)
  }

  /// The lead that answers to this id: itself, the one it joined, or the one still in the inbox.
  private func find(_ text: String) async throws -> Lead {
    guard let wanted = LeadID(text) else { throw Problem.notFound }
    var id = wanted
    for _ in 0..<Self.mergeDepth {
      guard let lead = try await dependencies.leads.lead(id) else { break }
      guard let target = lead.mergedInto else { return lead }
      id = target
    }
    guard let waiting = try await waiting(wanted) else { throw Problem.notFound }
    return waiting
  }

  private func waiting(_ id: LeadID) async throws -> Lead? {
    let pending = try await dependencies.inbox.pendingMessages(in: id.partition, limit: Self.inboxDepth)
    for message in pending.map(\.message) where message.leadID == id {
      if case .submission(let intake) = message.body { return Lead(id: id, intake: intake) }
    }
    return nil
  }

  private func policy(of lead: Lead) async -> Policy? {
    guard let version = lead.decidingVersion else { return nil }
    return await dependencies.policy(version)
  }

  /// A cursor that the store cannot read is the caller's mistake.
  private static func page<Page>(
    cursor: String?, _ read: () async throws(StorageError) -> Page
  ) async throws -> Page {
    do throws(StorageError) {
      return try await read()
    } catch {
      if cursor != nil && error.cause == .unreadable { throw Problem.invalidQuery("cursor", "is of no page") }
      throw error
    }
  }
}

extension DeadLetter {
  fileprivate var document: JSONValue {
    .object([
      "lead_id": .string(leadID.description), "effect": .text(effectKey), "reason": .string(reason), "at": .time(at),
    ])
  }
}
