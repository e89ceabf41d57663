import Foundation
import RevOps

/// What the routes need from the rest of Baton. Nothing here is asked for before a request has been checked.
public struct IngressDependencies: Sendable {
  public var inbox: any Inbox
  public var leads: any Leads
  public var outbox: any Outbox
  /// Without any credential `/webhooks/lead` answers 503 `not_configured`.
  public var webhook: WebhookCredentials
  /// Nil: HubSpot's events are off, its route answers 503 `not_configured`.
  public var hubspot: HubSpotIngress?
  /// Nil: Slack is off, its routes answer 503 `not_configured`.
  public var slack: SlackIngress?
  /// Nil: `/admin/*` and `/metrics` answer 503 `not_configured`.
  public var adminToken: String?
  public var readiness: @Sendable () async -> Readiness
  /// All metrics in the Prometheus text format, version 0.0.4.
  public var renderMetrics: @Sendable () -> String
  /// The configuration version that made a decision, for the words of its trace; nil: it is no longer kept.
  public var policy: @Sendable (_ version: String) async -> Policy?
  /// Whether a submission goes to CRM and digest only (a bulk source, or old when it came).
  public var isBulk: @Sendable (_ payload: LeadPayload, _ now: Date) -> Bool
  /// Tells the pipeline that the inbox of a partition has grown.
  public var wake: @Sendable (Partition) -> Void
  public var now: @Sendable () -> Date
  public var ids: IngressIDs

  public init(
    inbox: any Inbox, leads: any Leads, outbox: any Outbox, webhook: WebhookCredentials = WebhookCredentials(),
    hubspot: HubSpotIngress? = nil, slack: SlackIngress? = nil, adminToken: String? = nil,
    readiness: @escaping @Sendable () async -> Readiness,
    renderMetrics: @escaping @Sendable () -> String,
    policy: @escaping @Sendable (String) async -> Policy? = { _ in nil },
    isBulk: @escaping @Sendable (LeadPayload, Date) -> Bool = IngressDependencies.isOld,
    wake: @escaping @Sendable (Partition) -> Void,
    now: @escaping @Sendable () -> Date = { Date() }, ids: IngressIDs = IngressIDs()
  ) {
    self.inbox = inbox
    self.leads = leads
    self.outbox = outbox
    self.webhook = webhook
    self.hubspot = hubspot
    self.slack = slack
    self.adminToken = adminToken
    self.readiness = readiness
    self.renderMetrics = renderMetrics
    self.policy = policy
    self.isBulk = isBulk
    self.wake = wake
    self.now = now
    self.ids = ids
  }

  /// `submitted_at` lies more than 24 hours back: nobody waits for a call any more.
  public static let isOld: @Sendable (LeadPayload, Date) -> Bool = { payload, now in
    payload.isOld(now: now)
  }
}

/// Where new names come from; replaced where a test must know them.
public struct IngressIDs: Sendable {
  public var lead: @Sendable (_ identity: String, _ now: Date) -> LeadID
  public var message: @Sendable (_ now: Date) -> String
  /// Names one request in the log and in `x-request-id`.
  public var request: @Sendable () -> String

  public init(
    lead: @escaping @Sendable (String, Date) -> LeadID = { identity, now in
      var random = SystemRandomNumberGenerator()
      return LeadID(identity: identity, now: now, random: &random)
    },
    message: @escaping @Sendable (Date) -> String = { now in
      var random = SystemRandomNumberGenerator()
      return ULID.make(now: now, random: &random)
    },
    request: @escaping @Sendable () -> String = {
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  ) {
    self.lead = lead
    self.message = message
    self.request = request
  }
}
