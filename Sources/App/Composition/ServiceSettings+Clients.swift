import Apollo
import HubSpot
import OpenAI
import Pinecone
import Pipeline
import RevOps
import VendorAPI

extension HubSpotSettings {
  func client(_ transport: any HTTPTransport, _ limiter: RateLimiter) -> HubSpotClient {
    HubSpotClient(
      transport: transport, baseURL: apiURL, token: accessToken, release: apiRelease, limiter: limiter,
      permit: WorkPermit.probe)
  }
}

extension ApolloSettings {
  func client(_ transport: any HTTPTransport, _ limiter: RateLimiter) -> ApolloClient {
    ApolloClient(transport: transport, baseURL: apiURL, apiKey: apiKey, limiter: limiter)
  }
}

extension PineconeSettings {
  func client(_ transport: any HTTPTransport, _ limiter: RateLimiter) -> PineconeClient {
    let place: PineconeClient.Index =
      switch index {
      case .name(let name): .name(name)
      case .host(let address): .host(address)
      }
    return PineconeClient(
      transport: transport, apiURL: apiURL, apiKey: apiKey, index: place, namespace: namespace, version: apiVersion,
      limiter: limiter)
  }
}

extension OpenAISettings {
  func client(_ transport: any HTTPTransport, _ limiter: RateLimiter) -> OpenAIClient {
    OpenAIClient(transport: transport, baseURL: baseURL, apiKey: apiKey, limiter: limiter)
  }

  /// Nil: no model for vectors is named, and they are worked out here.
  func embedding(_ client: OpenAIClient) -> Embedding? {
    embeddingModel.map { OpenAIEmbeddings.make(client: client, model: $0, dimensions: embeddingDimensions) }
  }
}
