import Apollo
import Clearbit
import Curl
import Foundation
import HubSpot
import OpenAI
import RevOps
import SlackAPI
import SlackDesk
import VendorAPI

/// The outside services that are configured, each behind its port.
struct Services: Sendable {
  let transport: any HTTPTransport
  let sources: [EnrichmentSource]
  let crm: CRM?
  let slack: SlackClient?
  let directory: SlackDirectory?
  let chat: Chat?
  let language: LanguageModel?
  let openAI: OpenAIClient?

  init(
    _ settings: BatonEnvironment, policy: LivePolicy, sharedLimits: SharedLimits? = nil,
    now: @escaping @Sendable () -> Date
  ) {
    let transport = PermittedTransport(transport: CurlClient())
    let limiter = RateLimiter(rates: policy.current.playbook.rates.limits, shared: sharedLimits?.wait)
    self.transport = transport
    sources = Self.sources(settings, transport, limiter)
    crm = settings.hubspot.map { hubspot in
      let client = HubSpotClient(
        transport: transport, baseURL: hubspot.apiURL, token: hubspot.accessToken, release: hubspot.apiRelease,
        limiter: limiter)
      return HubSpotCRM.make(
        client: client, portalID: hubspot.portalID, settings: { policy.current.playbook.hubspot })
    }
    openAI = settings.openAI.map { openAI in
      OpenAIClient(transport: transport, baseURL: openAI.baseURL, apiKey: openAI.apiKey, limiter: limiter)
    }
    language = Self.language(settings, policy, openAI, now)
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

  private static func language(
    _ settings: BatonEnvironment, _ policy: LivePolicy, _ client: OpenAIClient?, _ now: @escaping @Sendable () -> Date
  ) -> LanguageModel? {
    // They are loaded wherever a model is configured, and a reload never takes them away.
    guard let client, let model = settings.openAI?.model, let first = policy.prompts else { return nil }
    return OpenAILanguageModel.make(client: client, model: model, prompts: { policy.prompts ?? first }, now: now)
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
