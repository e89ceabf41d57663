import Foundation
import VendorAPI

/// What the product answered to a call of a service, and how soon.
public struct ProductAnswer: Sendable {
  /// HTTP status; nil where none came in time.
  public var status: Int?
  public var body: Data
  public var milliseconds: Double
  /// Seconds, where the answer says when to come again.
  public var retryAfter: Int?

  /// The body as JSON; null where it is none.
  public var json: JSON { JSON.parse(body) ?? .null }
  public var succeeded: Bool { status.map { (200..<300).contains($0) } ?? false }
}

/// Sends to the product what Slack, HubSpot and web forms send.
struct ProductCalls: Sendable {
  let world: World
  let transport: any HTTPTransport

  func post(
    _ path: String, operation: String, headers: [(name: String, value: String)], body: Data, timeout: Duration
  ) async -> ProductAnswer {
    await post(path, operation: operation, body: body, timeout: timeout) { _ in headers }
  }

  /// Where the product runs several times, one that refuses the connection is passed over.
  ///
  /// - Parameter headers: those for one of the product's addresses.
  func post(
    _ path: String, operation: String, body: Data, timeout: Duration,
    headers: @Sendable (String) -> [(name: String, value: String)]
  ) async -> ProductAnswer {
    let started = ContinuousClock.now
    var response: VendorResponse?
    for base in world.productURLsByTurn() {
      let request = VendorRequest(
        vendor: "product", operation: operation, method: .post, url: base + path, headers: headers(base), body: body,
        timeout: timeout)
      do throws(TransportError) {
        response = try await transport.send(request)
        break
      } catch {
        if error.mayHaveReachedService { break }
      }
    }
    return ProductAnswer(
      status: response?.status, body: response?.body ?? Data(),
      milliseconds: Double((ContinuousClock.now - started) / .microseconds(1)) / 1000,
      retryAfter: response?.header("retry-after").flatMap { Int($0) })
  }
}
