import Foundation
import VendorAPI

/// Slack's Web API for one workspace.
///
/// Every call fails with a `VendorError` of the vendor "slack": its `code` is Slack's own word. Nothing is repeated
/// here, with one exception: a message whose blocks Slack refuses is sent once more in its minimal form.
public struct SlackClient: Sendable {
  /// Waits until a call of that method, to that channel, may be made.
  public typealias Throttle = @Sendable (_ method: String, _ channel: String?) async throws -> Void

  let transport: any HTTPTransport
  let apiURL: String
  let token: String
  let timeout: Duration
  let throttle: Throttle?

  /// - Parameters:
  ///   - apiURL: where the methods are, without a slash at the end needed: `https://slack.com/api`.
  ///   - token: the bot's (`xoxb-…`).
  ///   - timeout: of each call.
  public init(
    transport: any HTTPTransport, apiURL: String = "https://slack.com/api", token: String,
    timeout: Duration = .seconds(10), throttle: Throttle? = nil
  ) {
    self.transport = transport
    self.apiURL = apiURL.hasSuffix("/") ? String(apiURL.dropLast()) : apiURL
    self.token = token
    self.timeout = timeout
    self.throttle = throttle
  }
}
