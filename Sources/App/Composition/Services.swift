import Apollo
import Clearbit
import Curl
import Foundation
import HubSpot
import Pipeline
import RevOps
import SlackAPI
import SlackDesk
import VendorAPI

/// The outside services that are configured, each behind its port.
struct Services: Sendable {
  let transport: any HTTPTransport
  /// Whether a service is left alone now because it does not answer.
  let isResting: @Sendable (_ service: String) -> Bool
  let sources: [EnrichmentSource]
  let crm: CRM?
  let slack: SlackClient?
  let directory: SlackDirectory?
  let chat: Chat?

  init(
    _ settings: BatonEnvironment, policy: LivePolicy, sharedLimits: SharedLimits? = nil,
    now: @escaping @Sendable () -> Date, onRest: @escaping @Sendable (_ service: String, _ isResting: Bool) -> Void
  ) {
    let guarded = GuardedTransport(CurlClient(), onChange: onRest)
    let transport = PermittedTransport(transport: guarded)
    let limiter = RateLimiter(rates: policy.current.playbook.rates.limits, shared: sharedLimits?.wait)
    self.transport = transport
    isResting = { guarded.isResting($0) }
    sources = Self.sources(settings, transport, limiter)
    crm = settings.hubspot.map { hubspot in
      let client = HubSpotClient(
        transport: transport, baseURL: hubspot.apiURL, token: hubspot.accessToken, release: hubspot.apiRelease,
        limiter: limiter, permit: WorkPermit.probe)
      return HubSpotCRM.make(
        client: client, portalID: hubspot.portalID, settings: { policy.current.playbook.hubspot })
    }
    slack = settings.slack.map { slack in
      SlackClient(transport: transport, apiURL: slack.apiURL, token: slack.botToken) { method, channel in
        // Slack allows about one post a second in a channel; edits and look-ups have tiers of their own.
        guard method == "chat.postMessage", let channel else { return }
        try await limiter.acquire(.init("slack_channel", scope: channel))
      }
    }
    directory = slack.map { SlackDirectory(client: $0, policy: { policy.current }, now: now) }
    if let slack, let directory {
      chat = SlackChat.make(client: slack, directory: directory)
    } else {
      chat = nil
    }
  }

  private static func sources(
    _ settings: BatonEnvironment, _ transport: any HTTPTransport, _ limiter: RateLimiter
  ) -> [EnrichmentSource] {
    var sources: [EnrichmentSource] = []
    if let apollo = settings.apollo {
      let client = ApolloClient(
        transport: transport, baseURL: apollo.apiURL, apiKey: apollo.apiKey, limiter: limiter)
      sources.append(ApolloSource.make(client: client))
    }
    if let clearbit = settings.clearbit {
      let client = ClearbitClient(
        transport: transport, baseURL: clearbit.apiURL, apiKey: clearbit.apiKey, limiter: limiter)
      sources.append(ClearbitSource.make(client: client))
    }
    return sources
  }
}
