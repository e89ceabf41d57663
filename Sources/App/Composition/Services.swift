import Apollo
import Clearbit
import Curl
import Foundation
import HubSpot
import OpenAI
import Pinecone
import RevOps
import SlackAPI
import SlackDesk
import VendorAPI

/// The outside services that are configured, each behind its port.
struct Services: Sendable {
  let transport: any HTTPTransport
  /// Whether a service is left alone now because it does not answer.
  let isResting: @Sendable (_ service: String) -> Bool
  /// The word with which a service lately refused the credentials.
  let credentialRefusal: @Sendable (_ service: String) -> String?
  let sources: [EnrichmentSource]
  let apollo: ApolloClient?
  let hubspot: HubSpotClient?
  let crm: CRM?
  /// Memory of past accounts beside the store's.
  let memoryIndex: MemoryIndex?
  /// Nil: vectors are worked out here.
  let embedding: Embedding?
  /// Nil without HubSpot.
  let records: CRMRecords?
  let slack: SlackClient?
  let directory: SlackDirectory?
  let chat: Chat?
  let language: LanguageModel?
  let openAI: OpenAIClient?

  init(
    _ settings: BatonEnvironment, policy: LivePolicy, documents: any Documents, sharedLimits: SharedLimits? = nil,
    now: @escaping @Sendable () -> Date, onRest: @escaping @Sendable (_ service: String, _ isResting: Bool) -> Void,
    onAccepted: @escaping @Sendable (_ service: String) -> Void
  ) {
    let guarded = GuardedTransport(CurlClient(), onChange: onRest)
    let watch = CredentialWatch(guarded, onAccepted: onAccepted)
    let transport = PermittedTransport(transport: watch)
    credentialRefusal = { watch.refusal(of: $0) }
    let limiter = RateLimiter(rates: policy.current.playbook.rates.limits, shared: sharedLimits?.wait)
    self.transport = transport
    isResting = { guarded.isResting($0) }
    apollo = settings.apollo?.client(transport, limiter)
    sources = Self.sources(settings, apollo, transport, limiter)
    hubspot = settings.hubspot?.client(transport, limiter)
    crm = hubspot.map { client in
      HubSpotCRM.make(
        client: client, portalID: settings.hubspot?.portalID, documents: documents, policy: { policy.current })
    }
    records = hubspot.map { client in
      HubSpotRecords.make(
        client: client, settings: { policy.current.playbook.hubspot }, announcesChanges: settings.hubspotEvents != nil)
    }
    memoryIndex = settings.pinecone.map { PineconeIndex.make(client: $0.client(transport, limiter)) }
    openAI = settings.openAI?.client(transport, limiter)
    language = Self.language(settings, policy, openAI, now)
    embedding = openAI.flatMap { settings.openAI?.embedding($0) }
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
    _ settings: BatonEnvironment, _ apollo: ApolloClient?, _ transport: any HTTPTransport, _ limiter: RateLimiter
  ) -> [EnrichmentSource] {
    var sources: [EnrichmentSource] = []
    if let apollo { sources.append(ApolloSource.make(client: apollo)) }
    if let clearbit = settings.clearbit {
      let client = ClearbitClient(
        transport: transport, baseURL: clearbit.apiURL, apiKey: clearbit.apiKey, limiter: limiter)
      sources.append(ClearbitSource.make(client: client))
    }
    return sources
  }
}
