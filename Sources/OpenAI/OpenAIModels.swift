import Foundation
import RevOps
import VendorAPI
import VendorPorts

/// What the service offers: whether a configured model is among it, and for how long.
public struct OpenAIModels: Sendable {
  public struct Model: Sendable, Equatable {
    public var id: String
    /// The day on which it will be shut down, as the service writes it; nil: none is announced.
    public var shutdownDate: String?
  }

  private let client: OpenAIClient

  public init(client: OpenAIClient) { self.client = client }

  public func all() async throws(ServiceError) -> [Model] {
    do throws(OpenAIRefusal) {
      let answer = try await client.get("models.list", ["models"], timeout: .seconds(8))
      return (answer["data"]?.array ?? []).compactMap { model in
        model["id"]?.string.map { Model(id: $0, shutdownDate: Self.date(model["shutdown_date"])) }
      }
    } catch { throw ServiceError(error.error) }
  }

  private static func date(_ value: JSONValue?) -> String? {
    if let text = value?.string { return String(text.prefix(10)) }
    guard let seconds = value?.double else { return nil }
    return String(Date(timeIntervalSince1970: seconds).formatted(.iso8601).prefix(10))
  }
}
