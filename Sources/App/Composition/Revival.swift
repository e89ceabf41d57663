import Foundation
import Logging
import RevOps

/// Goes on with what a service refused because of Baton's credentials, once it accepts them: a revoked token is the
/// installation's trouble, not the leads', and nobody should have to send each of them on by hand.
struct Revival: Sendable {
  let storage: any Storage
  let wake: @Sendable (Partition) -> Void
  let now: @Sendable () -> Date
  let logger: Logger

  private static let pageSize = 200
  /// How long a wish to go on is remembered, so that several instances together make it once.
  private static let remembered = Duration.seconds(86_400)

  /// - Parameter service: as it stands in a dead letter's reason.
  func begin(_ service: String) async {
    do {
      let leads = try await refusedLeads(of: service)
      for (lead, letter) in leads { try await retry(lead, because: letter) }
      guard !leads.isEmpty else { return }
      logger.notice(
        "a service accepts the credentials again: going on with what it refused",
        metadata: ["service": "\(service)", "leads": "\(leads.count)"])
    } catch {
      logger.error(
        "what a service refused could not be sent on; `POST /admin/retry/{id}` does it by hand",
        metadata: ["service": "\(service)", "error": "\(error)"])
    }
  }

  private func refusedLeads(of service: String) async throws(StorageError) -> [LeadID: DeadLetter] {
    var found: [LeadID: DeadLetter] = [:]
    var cursor: String?
    repeat {
      let page = try await storage.deadLetters(cursor: cursor, limit: Self.pageSize)
      for letter in page.letters where Self.isCredentials(letter.reason, of: service) {
        found[letter.leadID] = found[letter.leadID] ?? letter
      }
      cursor = page.next
    } while cursor != nil
    return found
  }

  private func retry(_ lead: LeadID, because letter: DeadLetter) async throws(StorageError) {
    var random = SystemRandomNumberGenerator()
    let now = now()
    let message = InboxMessage(
      id: ULID.make(now: now, random: &random), leadID: lead,
      body: .command(DeskCommand(action: .retry, actor: .system, at: now, reply: nil)), receivedAt: now)
    let key = "revival/\(letter.effectKey ?? lead.description)/\(Int(letter.at.timeIntervalSince1970))"
    let delivery = Delivery(key: key, bodyHash: nil, keepFor: Self.remembered, message: message)
    guard try await storage.append(delivery, now: now) == .appended else { return }
    wake(lead.partition)
  }

  /// A refused effect's reason is the service and its own word for it.
  static func isCredentials(_ reason: String, of service: String) -> Bool {
    let parts = reason.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    return parts.count == 2 && parts[0] == service && words.contains(parts[1])
  }

  /// Slack: docs.slack.dev, errors common to all methods. HubSpot: its guide on error handling. The statuses stand for
  /// services that say nothing more.
  private static let words: Set = [
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope",
    "not_allowed_token_type", "no_permission", "access_denied", "accesslimited", "two_factor_setup_required",
    "team_access_not_granted", "ekm_access_denied",
    "INVALID_AUTHENTICATION", "EXPIRED_AUTHENTICATION", "MISSING_SCOPES", "UNAUTHENTICATED", "PERMISSION_DENIED",
    "invalid_api_key", "401", "403",
  ]
}
