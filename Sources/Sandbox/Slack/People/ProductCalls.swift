import Foundation
import VendorAPI

/// What the product answered to a call of a service, and how soon.
public struct ProductAnswer: Sendable {
  /// HTTP status; nil where none came in time.
  public var status: Int?
  public var body: Data
  public var milliseconds: Double

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
    let started = ContinuousClock.now
    func answer(_ status: Int?, _ body: Data) -> ProductAnswer {
      let took = Double((ContinuousClock.now - started) / .microseconds(1)) / 1000
      return ProductAnswer(status: status, body: body, milliseconds: took)
    }
    guard let base = world.read(\.productURL) else { return answer(nil, Data()) }
    let request = VendorRequest(
      vendor: "product", operation: operation, method: .post, url: base + path, headers: headers, body: body,
      timeout: timeout)
    do throws(TransportError) {
      let response = try await transport.send(request)
      return answer(response.status, response.body)
    } catch {
      return answer(nil, Data())
    }
  }
}
