import Foundation

extension Sandbox {
  /// What the stand-ins know before the first call. Every secret is made up: none opens anything outside.
  public struct Configuration: Sendable {
    /// 0 takes a free one.
    public var port = 0
    /// Where the product listens ("http://127.0.0.1:8080"); can be told later through `World.setProductURL`.
    public var productURL: String?
    /// The product's address as HubSpot was told it, which is what it signs; nil: where it listens.
    public var publicURL: String?
    public var slackSigningSecret = "sandbox-signing-secret"
    public var slackBotToken = "xoxb-sandbox-bot-token"
    public var hubSpotToken = "sandbox-hubspot-token"
    /// The secret of HubSpot's webhook signatures; nil sends none.
    public var hubSpotAppSecret: String? = "sandbox-hubspot-app-secret"
    public var apolloKey = "sandbox-apollo-key"
    public var clearbitKey = "sandbox-clearbit-key"
    public var openAIKey = "sandbox-openai-key"
    public var pineconeKey = "sandbox-pinecone-key"
    /// Empty indexes with their dimension.
    public var indexes = ["past-accounts": 256]
    /// Seconds until a write to an index turns up in its answers.
    public var indexLag = 0.0
    /// `whsec_…`: what the page's form signs with.
    public var webhookSecret = "whsec_" + Data("sandbox webhook secret 32 bytes!".utf8).base64EncodedString()
    public var workspace = Workspace.northwind
    /// How long each service takes at least.
    public var delays: [StandIn: Duration] = [:]
    /// Seconds until a new CRM record turns up in searches.
    public var searchLag = 0.0
    /// What HubSpot enforces; nil lets everything through.
    public var hubSpotLimits: HubSpotLimits?
    /// The clock of stamps, triggers and signatures.
    public var now: @Sendable () -> Date = { Date() }
    /// The clock behind `now`, if the page may move it.
    public var clock: DemoClock?

    public init() {}
  }
}

extension WorldState {
  init(_ configuration: Sandbox.Configuration) {
    var hubSpot = HubSpotState(token: configuration.hubSpotToken)
    hubSpot.searchLag = configuration.searchLag
    hubSpot.gate.limits = configuration.hubSpotLimits
    hubSpot.owners = configuration.workspace.members.enumerated().map { index, member in
      CRMOwner(id: String(7001 + index), email: member.email, name: member.name)
    }
    var pinecone = PineconeState(key: configuration.pineconeKey, lag: configuration.indexLag)
    for (name, dimension) in configuration.indexes {
      pinecone.indexes[name] = PineconeIndex(name: name, dimension: dimension)
    }
    self.init(
      slack: SlackState(workspace: configuration.workspace, token: configuration.slackBotToken), hubSpot: hubSpot,
      catalogue: .fixtures, openAI: OpenAIState(key: configuration.openAIKey),
      pinecone: pinecone,
      keys: Keys(apollo: configuration.apolloKey, clearbit: configuration.clearbitKey),
      productURLs: configuration.productURL.map { [$0] } ?? [])
    faults.delays = configuration.delays
  }
}
