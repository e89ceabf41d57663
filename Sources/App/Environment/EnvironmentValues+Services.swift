import Foundation
import Hiredis
import Ingress

/// The groups of variables that switch a service on together.
extension EnvironmentValues {
  mutating func webhook() -> WebhookCredentials {
    let texts = list(.webhookSecret)
    let secrets = texts.compactMap { WebhookSecret($0) }
    if secrets.count < texts.count {
      report(.webhookSecret, "must be whsec_ and at least 12 bytes in base64 (several: with commas between)")
    }
    return WebhookCredentials(secrets: secrets, tokens: list(.webhookToken))
  }

  /// Whoever calls from outside is to be encrypted; on one machine nobody listens in.
  mutating func publicURL() -> String? {
    guard let url = address(.publicURL) else { return nil }
    let host = URLComponents(string: url)?.host
    if url.lowercased().hasPrefix("https://") || ["127.0.0.1", "localhost", "[::1]"].contains(host) { return url }
    report(.publicURL, "must be an https address without query")
    return nil
  }

  mutating func redis() -> RedisAddress? {
    guard let text = text(.redisURL) else { return nil }
    do throws(RedisAddress.Fault) {
      return try RedisAddress(text)
    } catch {
      report(.redisURL, error.advice)
      return nil
    }
  }

  mutating func slack() -> SlackSettings? {
    let token = text(.slackBotToken)
    let secrets = list(.slackSigningSecret)
    let app = text(.slackAppToken)
    let url = address(.slackURL) ?? "https://slack.com/api"
    guard let token else {
      if !secrets.isEmpty { remark(.slackSigningSecret, "has no effect without SLACK_BOT_TOKEN") }
      if app != nil { remark(.slackAppToken, "has no effect without SLACK_BOT_TOKEN") }
      return nil
    }
    if secrets.isEmpty && app == nil {
      remark(.slackBotToken, "has no effect without SLACK_SIGNING_SECRET or SLACK_APP_TOKEN: clicks could not arrive")
      return nil
    }
    return SlackSettings(botToken: token, signingSecrets: secrets, appToken: app, apiURL: url)
  }

  /// - Parameter publicURL: what HubSpot signs together with its events.
  mutating func hubspot(publicURL: String?) -> HubSpotSettings? {
    let named = text(.hubspotToken)
    let alias = text(.hubspotKey)
    if let named, let alias, named != alias { report(.hubspotKey, "differs from HUBSPOT_ACCESS_TOKEN; unset one") }
    let secret = text(.hubspotAppSecret)
    let portal = text(.hubspotPortal)
    let url = address(.hubspotURL) ?? "https://api.hubapi.com"
    let release = text(.hubspotRelease, default: "2026-09")
    guard let token = named ?? alias else {
      if secret != nil { remark(.hubspotAppSecret, "has no effect without HUBSPOT_ACCESS_TOKEN") }
      return nil
    }
    if secret != nil, publicURL == nil {
      remark(.hubspotAppSecret, "has no effect without BATON_PUBLIC_URL: changes are polled every five minutes")
    }
    return HubSpotSettings(
      accessToken: token, appSecret: secret, portalID: portal, apiURL: url, apiRelease: release)
  }

  mutating func pinecone() -> PineconeSettings? {
    let key = text(.pineconeKey)
    let name = text(.pineconeIndex)
    let host = text(.pineconeHost)
    let space = text(.pineconeNamespace)
    let url = address(.pineconeURL) ?? "https://api.pinecone.io"
    let version = text(.pineconeVersion)
    guard let key else { return nil }
    let scheme = url.hasPrefix("http://") ? "http://" : "https://"
    let index =
      host.map { PineconeSettings.Index.host($0.contains("://") ? $0 : scheme + $0) } ?? name.map { .name($0) }
    guard let index else {
      remark(.pineconeKey, "has no effect without PINECONE_INDEX or PINECONE_INDEX_HOST")
      return nil
    }
    return PineconeSettings(apiKey: key, index: index, namespace: space, apiURL: url, apiVersion: version)
  }

  mutating func openAI() -> OpenAISettings? {
    let key = text(.openAIKey)
    let url = address(.openAIURL) ?? "https://api.openai.com/v1"
    let model = text(.openAIModel)
    let embedding = text(.openAIEmbeddingModel)
    let dimensions = whole(.openAIEmbeddingDimensions, in: 1...20_000)
    guard let key else { return nil }
    if model == nil && embedding == nil {
      remark(.openAIKey, "has no effect without OPENAI_MODEL or OPENAI_EMBEDDING_MODEL")
      return nil
    }
    return OpenAISettings(
      apiKey: key, baseURL: url, model: model, embeddingModel: embedding, embeddingDimensions: dimensions)
  }

  mutating func apollo() -> ApolloSettings? {
    let url = address(.apolloURL) ?? "https://api.apollo.io/api/v1"
    return text(.apolloKey).map { ApolloSettings(apiKey: $0, apiURL: url) }
  }

  mutating func clearbit() -> ClearbitSettings? {
    let url = address(.clearbitURL)
    return text(.clearbitKey).map { ClearbitSettings(apiKey: $0, apiURL: url) }
  }
}
