extension Sandbox.Configuration {
  /// The environment in which a product calls the stand-ins instead of the services.
  ///
  /// - Parameters:
  ///   - base: where the sandbox listens, "http://127.0.0.1:PORT".
  ///   - services: those that are configured; the others are off.
  public func environment(at base: String, for services: [StandIn] = StandIn.allCases) -> [String: String] {
    services.reduce(into: ["WEBHOOK_SECRET": webhookSecret]) { all, service in
      all.merge(variables(of: service, at: base)) { $1 }
    }
  }

  private func variables(of service: StandIn, at base: String) -> [String: String] {
    switch service {
    case .slack:
      [
        "SLACK_BOT_TOKEN": slackBotToken, "SLACK_SIGNING_SECRET": slackSigningSecret,
        "SLACK_API_URL": base + "/slack/api",
      ]
    case .hubspot: ["HUBSPOT_ACCESS_TOKEN": hubSpotToken, "HUBSPOT_API_URL": base + "/hubspot"]
    case .apollo: ["APOLLO_API_KEY": apolloKey, "APOLLO_API_URL": base + "/apollo/api/v1"]
    case .clearbit: ["CLEARBIT_API_KEY": clearbitKey, "CLEARBIT_API_URL": base + "/clearbit"]
    case .openai:
      [
        "OPENAI_API_KEY": openAIKey, "OPENAI_BASE_URL": base + "/openai/v1", "OPENAI_MODEL": Self.languageModel,
        "OPENAI_EMBEDDING_MODEL": Self.embeddingModel, "OPENAI_EMBEDDING_DIMENSIONS": "256",
      ]
    case .pinecone:
      ["PINECONE_API_KEY": pineconeKey, "PINECONE_API_URL": base + "/pinecone", "PINECONE_INDEX": "past-accounts"]
    }
  }
}
