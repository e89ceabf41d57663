import Hiredis
import Ingress
import Logging

/// All that the environment says, checked. Secrets are in here: it never prints itself.
public struct BatonEnvironment: Sendable, CustomStringConvertible, CustomReflectable {
  public enum Mode: String, Sendable, CaseIterable {
    case live
    /// Everything runs and is recorded, nothing is written to a service.
    case shadow
  }

  public enum LogFormat: String, Sendable, CaseIterable {
    case json
    case text
  }

  public var host: String
  public var port: Int
  /// Without a slash at its end.
  public var publicURL: String?
  public var configDirectory: String
  public var promptsDirectory: String
  public var dataDirectory: String
  /// The store that several instances share; nil: SQLite in the data directory.
  public var redis: RedisAddress?
  public var mode: Mode
  public var webhook: WebhookCredentials
  public var adminToken: String?
  public var slack: SlackSettings?
  public var hubspot: HubSpotSettings?
  public var pinecone: PineconeSettings?
  public var openAI: OpenAISettings?
  public var apollo: ApolloSettings?
  public var clearbit: ClearbitSettings?
  public var logLevel: Logger.Level
  /// Nil: text on a terminal, JSON elsewhere.
  public var logFormat: LogFormat?
  /// What is set but has no effect as it stands, and why ("needs SLACK_SIGNING_SECRET too"). For the log and `doctor`.
  public var remarks: [EnvironmentProblem]

  /// Where the leads are kept, for people.
  public var storePlace: String { redis.map { "Redis at \($0)" } ?? "the store in \(dataDirectory)" }

  /// What HubSpot's events are held against; nil: they can't be verified, and changes are polled.
  public var hubspotEvents: HubSpotIngress? {
    guard let hubspot, let secret = hubspot.appSecret, let publicURL else { return nil }
    return HubSpotIngress(appSecret: secret, publicURL: publicURL, portalID: hubspot.portalID)
  }

  /// Whether each integration is on, in the order of the documentation.
  public var integrations: [(name: String, isOn: Bool)] {
    [
      ("webhook", !(webhook.secrets.isEmpty && webhook.tokens.isEmpty)), ("admin", adminToken != nil),
      ("slack", slack != nil), ("hubspot", hubspot != nil), ("pinecone", pinecone != nil), ("openai", openAI != nil),
      ("apollo", apollo != nil), ("clearbit", clearbit != nil),
    ]
  }

  public var description: String { "(environment)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
