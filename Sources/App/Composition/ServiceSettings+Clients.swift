import Apollo
import HubSpot
import Pinecone
import VendorAPI

extension HubSpotSettings {
  func client(_ transport: any HTTPTransport, _ limiter: RateLimiter) -> HubSpotClient {
    HubSpotClient(
      transport: transport, baseURL: apiURL, token: accessToken, release: apiRelease, limiter: limiter)
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
