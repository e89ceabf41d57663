import Foundation
import Synchronization
import VendorAPI

/// Notices, on the calls that are made anyway, which service refuses Baton's credentials and when it accepts them again.
final class CredentialWatch: HTTPTransport {
  private let transport: any HTTPTransport
  private let onAccepted: @Sendable (_ vendor: String) -> Void
  private let refusals = Mutex<[String: String]>([:])

  /// - Parameter onAccepted: told when a service that refused them answers a call again.
  init(_ transport: any HTTPTransport, onAccepted: @escaping @Sendable (_ vendor: String) -> Void) {
    self.transport = transport
    self.onAccepted = onAccepted
  }

  /// The service's word for refusing the credentials; nil: it has not refused them lately.
  func refusal(of vendor: String) -> String? { refusals.withLock { $0[vendor] } }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let response = try await transport.send(request)
    if let word = Self.refusal(in: response) {
      refusals.withLock { $0[request.vendor] = word }
    } else if (200..<300).contains(response.status),
      refusals.withLock({ $0.removeValue(forKey: request.vendor) }) != nil
    {
      onAccepted(request.vendor)
    }
    return response
  }

  /// Slack refuses with status 200 and a word in the body; such an answer is short, and all others are passed over.
  private static func refusal(in response: VendorResponse) -> String? {
    if response.status == 401 { return "401" }
    guard response.status == 200, response.body.count < 512,
      let answer = try? JSONDecoder().decode(Answer.self, from: response.body),
      answer.ok == false, let word = answer.error, slackWords.contains(word)
    else { return nil }
    return word
  }

  private struct Answer: Decodable {
    var ok: Bool?
    var error: String?
  }

  private static let slackWords: Set = [
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
    "not_allowed_token_type", "access_denied", "accesslimited", "two_factor_setup_required",
  ]
}
