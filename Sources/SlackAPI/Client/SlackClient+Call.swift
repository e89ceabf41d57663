import Foundation
import VendorAPI

/// Whether a call changes something: after a write without a clear answer, somebody has to look before repeating it.
enum CallKind {
  case read
  case write
}

/// Read methods ignore JSON bodies silently, so each call says how its arguments travel.
enum CallArguments {
  case json([String: SlackJSON?])
  case form([String: String?])
}

extension SlackClient {
  /// Makes one call and gives Slack's answer when it is `ok`.
  func call(
    _ method: String, _ arguments: CallArguments, kind: CallKind, channel: String? = nil
  ) async throws(VendorError) -> SlackAnswer {
    try await wait(for: method, channel: channel)
    let request = VendorRequest(
      vendor: "slack", operation: method, method: .post, url: "\(apiURL)/\(method)",
      headers: [
        ("Authorization", "Bearer \(token)"), ("Content-Type", arguments.contentType),
        ("Accept", "application/json"),
      ],
      body: arguments.body, timeout: timeout)
    let answer = try await send(request, kind: kind)
    try answer.requireOK()
    return answer
  }

  func send(_ request: VendorRequest, kind: CallKind) async throws(VendorError) -> SlackAnswer {
    do {
      let response = try await transport.send(request)
      return SlackAnswer(response, method: request.operation, kind: kind)
    } catch {
      var failure = VendorError(error, vendor: "slack", operation: request.operation)
      if kind == .read { failure.outcomeUnknown = false }
      throw failure
    }
  }

  func wait(for method: String, channel: String?) async throws(VendorError) {
    guard let throttle else { return }
    do {
      try await throttle(method, channel)
    } catch let error as VendorError {
      throw error
    } catch {
      throw VendorError(
        vendor: "slack", operation: method, detail: "stopped while waiting for its turn", retry: .now)
    }
  }
}

extension CallArguments {
  /// Slack warns about JSON without a charset, and about forms with one.
  var contentType: String {
    switch self {
    case .json: "application/json; charset=utf-8"
    case .form: "application/x-www-form-urlencoded"
    }
  }

  var body: Data {
    switch self {
    case .json(let members): SlackJSON.members(members).data
    case .form(let fields): Data(Self.encoded(fields).utf8)
    }
  }

  private static func encoded(_ fields: [String: String?]) -> String {
    fields.compactMapValues { $0 }.sorted { $0.key < $1.key }
      .map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
  }

  /// RFC 3986 §2.3: unreserved characters as they are, everything else as the bytes of UTF-8 in percent signs.
  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
