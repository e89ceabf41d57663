/// Every variable that Baton reads. The start checks and `config/env.example` go by this list.
public enum Variable: String, Sendable, CaseIterable {
  case host = "BATON_HOST"
  case port = "BATON_PORT"
  case publicURL = "BATON_PUBLIC_URL"
  case configDirectory = "BATON_CONFIG_DIR"
  case promptsDirectory = "BATON_PROMPTS_DIR"
  case dataDirectory = "BATON_DATA_DIR"
  case mode = "BATON_MODE"
  case redisURL = "REDIS_URL"
  case webhookSecret = "WEBHOOK_SECRET"
  case webhookToken = "WEBHOOK_TOKEN"
  case adminToken = "ADMIN_TOKEN"
  case slackBotToken = "SLACK_BOT_TOKEN"
  case slackSigningSecret = "SLACK_SIGNING_SECRET"
  case slackURL = "SLACK_API_URL"
  case slackAppToken = "SLACK_APP_TOKEN"
  case hubspotToken = "HUBSPOT_ACCESS_TOKEN"
  case hubspotKey = "HUBSPOT_API_KEY"
  case hubspotAppSecret = "HUBSPOT_APP_SECRET"
  case hubspotPortal = "HUBSPOT_PORTAL_ID"
  case hubspotURL = "HUBSPOT_API_URL"
  case hubspotRelease = "HUBSPOT_API_RELEASE"
  case pineconeKey = "PINECONE_API_KEY"
  case pineconeIndex = "PINECONE_INDEX"
  case pineconeHost = "PINECONE_INDEX_HOST"
  case pineconeNamespace = "PINECONE_NAMESPACE"
  case pineconeURL = "PINECONE_API_URL"
  case pineconeVersion = "PINECONE_API_VERSION"
  case openAIKey = "OPENAI_API_KEY"
  case openAIURL = "OPENAI_BASE_URL"
  case openAIModel = "OPENAI_MODEL"
  case openAIEmbeddingModel = "OPENAI_EMBEDDING_MODEL"
  case openAIEmbeddingDimensions = "OPENAI_EMBEDDING_DIMENSIONS"
  case apolloKey = "APOLLO_API_KEY"
  case apolloURL = "APOLLO_API_URL"
  case clearbitKey = "CLEARBIT_API_KEY"
  case clearbitURL = "CLEARBIT_API_URL"
  case logLevel = "LOG_LEVEL"
  case logFormat = "LOG_FORMAT"

  public var name: String { rawValue }

  /// Whoever knows the value can act as Baton, or as somebody towards Baton.
  public var isSecret: Bool {
    switch self {
    case .redisURL, .webhookSecret, .webhookToken, .adminToken, .slackBotToken, .slackSigningSecret, .slackAppToken,
      .hubspotToken, .hubspotKey, .hubspotAppSecret, .pineconeKey, .openAIKey, .apolloKey, .clearbitKey:
      true
    default: false
    }
  }

  /// Several values, separated by commas, while one is rotated.
  var isList: Bool {
    switch self {
    case .webhookSecret, .webhookToken, .slackSigningSecret: true
    default: false
    }
  }
}
