import VendorAPI

/// What a failed call means for whoever made it. The one place that maps Slack's words to again, later, never.
///
/// Source: docs.slack.dev reference/methods (errors common to all methods) and apis/web-api/rate-limits.
struct SlackFault {
  var status: Int
  var code: String?
  var isReadable: Bool

  private static let rateCodes: Set = ["ratelimited", "rate_limited", "message_limit_exceeded"]
  /// Slack's own trouble. The request may have been carried out.
  private static let serverCodes: Set = ["internal_error", "fatal_error", "service_unavailable"]
  /// Slack says that it did nothing, and will later: the body did not arrive whole, the workspace or the channel is being
  /// moved, an edit failed inside.
  private static let passingCodes: Set = [
    "request_timeout", "team_added_to_org", "org_login_required", "external_channel_migrating", "update_failed",
  ]

  func retry(after delay: Duration?) -> VendorError.Retry {
    if isRateLimit || isServerFault || isPassing { return delay.map { .later($0) } ?? .now }
    return .never
  }

  var mayHaveHappened: Bool { isServerFault }

  private var isRateLimit: Bool { status == 429 || Self.rateCodes.contains(code ?? "") }

  /// Without a readable body a 2xx says nothing either: something in between answered for Slack.
  private var isServerFault: Bool {
    status >= 500 || Self.serverCodes.contains(code ?? "") || (status < 300 && !isReadable)
  }

  private var isPassing: Bool { status == 408 || Self.passingCodes.contains(code ?? "") }
}
