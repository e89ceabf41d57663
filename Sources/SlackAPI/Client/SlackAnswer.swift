import Foundation
import VendorAPI

/// Slack's answer to one call. Most failures come with status 200 and `"ok": false`.
struct SlackAnswer {
  var method: String
  var kind: CallKind
  var status: Int
  var json: SlackJSON
  /// Whether the body was an object at all: a proxy's error page is not.
  var isReadable: Bool
  var requestID: String?
  var retryAfter: Duration?
  /// What the token may do, of the header `X-OAuth-Scopes`.
  var scopes: [String]
  /// Why the call was made again without blocks, in Slack's word.
  var refusedBlocks: String?

  init(_ response: VendorResponse, method: String, kind: CallKind) {
    self.method = method
    self.kind = kind
    status = response.status
    let parsed = try? SlackJSON(parsing: response.body)
    json = parsed ?? .null
    isReadable = parsed?.isObject ?? false
    requestID = response.header("x-slack-req-id").map { String($0.prefix(64)) }
    retryAfter = response.header("retry-after").flatMap(Self.seconds)
    scopes = (response.header("x-oauth-scopes") ?? "").split { $0 == "," || $0 == " " }.map(String.init)
  }

  /// Whole seconds; more than a day is taken for a day, so that no header stops the app for good.
  private static func seconds(_ text: String) -> Duration? {
    guard let seconds = Int(text), seconds >= 0 else { return nil }
    return .seconds(min(seconds, 86_400))
  }

  func requireOK() throws(VendorError) {
    if (200..<300).contains(status), json["ok"].bool == true { return }
    throw failure
  }

  var failure: VendorError {
    let code = errorCode
    let fault = SlackFault(status: status, code: code, isReadable: isReadable)
    return VendorError(
      vendor: "slack", operation: method, status: status, code: code, requestID: requestID,
      detail: detail(code), retry: fault.retry(after: retryAfter),
      outcomeUnknown: kind == .write && fault.mayHaveHappened)
  }

  /// Slack's word, as far as it is one: it becomes part of logs and metrics.
  private var errorCode: String? {
    guard isReadable else { return status == 429 ? "ratelimited" : nil }
    if isExpiredTrigger { return "expired_trigger_id" }
    guard let word = json["error"].text else { return nil }
    let isWord = word.utf8.count <= 64 && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
    return isWord ? word : "unknown_error"
  }

  /// A trigger that came too late is reported as `invalid_arguments` now and then.
  private var isExpiredTrigger: Bool {
    json["error"].string == "invalid_arguments" && messages.contains { $0.contains("trigger_id expired") }
  }

  private var messages: [String] {
    json["response_metadata"]["messages"].array.compactMap(\.string)
  }

  private func detail(_ code: String?) -> String {
    guard let code else { return "Slack answered status \(status) without a usable body" }
    if code == "missing_scope", let scope = neededScope { return "the token lacks the scope \(scope)" }
    let places = messages.compactMap(Self.pointer).prefix(5)
    return places.isEmpty ? "Slack refused: \(code)" : "Slack refused: \(code) at \(places.joined(separator: ", "))"
  }

  private var neededScope: String? {
    guard let scope = json["needed"].text, scope.wholeMatch(of: /[a-z:.,_]{1,200}/) != nil else { return nil }
    return scope
  }

  /// Where a refused value stands. The rest of Slack's message may quote the value.
  private static func pointer(_ message: String) -> String? {
    message.firstMatch(of: /json-pointer:([A-Za-z0-9_\/]{1,100})/).map { String($0.1) }
  }
}
