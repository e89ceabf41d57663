/// How the services are reached. A group that is nil is switched off.
public struct SlackSettings: Sendable, Equatable {
  public var botToken: String
  /// Empty with Socket Mode alone.
  public var signingSecrets: [String]
  /// `xapp-…`: events come over a socket that Baton opens.
  public var appToken: String?
  public var apiURL: String
}

public struct HubSpotSettings: Sendable, Equatable {
  public var accessToken: String
  /// Nil: HubSpot's own events can't be verified, changes are polled.
  public var appSecret: String?
  public var portalID: String?
  public var apiURL: String
  public var apiRelease: String
}

public struct PineconeSettings: Sendable, Equatable {
  public enum Index: Sendable, Equatable {
    case name(String)
    /// With its scheme; one given without takes that of `apiURL`.
    case host(String)
  }

  public var apiKey: String
  public var index: Index
  public var namespace: String?
  public var apiURL: String
  public var apiVersion: String?
}

public struct OpenAISettings: Sendable, Equatable {
  public var apiKey: String
  public var baseURL: String
  /// Nil: no scoring or summary call is made.
  public var model: String?
  /// Nil: the local embedding.
  public var embeddingModel: String?
  public var embeddingDimensions: Int?
}

public struct ApolloSettings: Sendable, Equatable {
  public var apiKey: String
  public var apiURL: String
}

public struct ClearbitSettings: Sendable, Equatable {
  public var apiKey: String
  /// Nil: its own two hosts.
  public var apiURL: String?
}
