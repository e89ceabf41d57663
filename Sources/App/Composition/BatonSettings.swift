import Pipeline

/// Everything that Baton is told from outside, read and checked: by the environment for `baton serve`, by the demo
/// itself for `baton demo`.
public struct BatonSettings: Sendable {
  public struct Slack: Sendable {
    public var botToken: String
    /// Several while one is rotated.
    public var signingSecrets: [String]
    public var apiURL: String

    public init(botToken: String, signingSecrets: [String], apiURL: String = "https://slack.com/api") {
      self.botToken = botToken
      self.signingSecrets = signingSecrets
      self.apiURL = apiURL
    }
  }

  public struct HubSpot: Sendable {
    public var token: String
    public var portalID: String?
    public var apiURL: String
    public var release: String

    public init(
      token: String, portalID: String? = nil, apiURL: String = "https://api.hubapi.com", release: String = "2026-09"
    ) {
      self.token = token
      self.portalID = portalID
      self.apiURL = apiURL
      self.release = release
    }
  }

  /// An enrichment source; without `apiURL` it is called on its own hosts.
  public struct Source: Sendable {
    public var key: String
    public var apiURL: String?

    public init(key: String, apiURL: String? = nil) {
      self.key = key
      self.apiURL = apiURL
    }
  }

  public var host = "127.0.0.1"
  /// 0 takes a free one.
  public var port = 8080
  public var publicURL: String?
  public var configFolder = "./config"
  public var dataFolder = "./var"
  public var mode = PipelineDependencies.Mode.live
  public var webhookSecrets: [String] = []
  public var webhookTokens: [String] = []
  public var adminToken: String?
  public var slack: Slack?
  public var hubspot: HubSpot?
  public var apollo: Source?
  public var clearbit: Source?

  public init() {}
}
