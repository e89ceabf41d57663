import Foundation

/// A method of Slack's Web API.
struct SlackMethod: Sendable {
  /// Whether it reads a JSON body; the reading methods take query and form alone.
  var acceptsJSON = true
  var answer: @Sendable (SlackCall, inout SlackState) throws(SlackRefusal) -> JSON
}

/// The Web API: finds the method, checks the token, and puts the answer in Slack's envelope.
enum SlackService {
  static let methods: [String: SlackMethod] = {
    var all: [String: SlackMethod] = [:]
    for group in [ChatMethods.all, ConversationMethods.all, UserMethods.all, ViewMethods.all] {
      all.merge(group) { first, _ in first }
    }
    return all
  }()

  static func answer(_ operation: String, _ inbound: Inbound, _ state: inout SlackState) -> Reply {
    do throws(SlackRefusal) {
      guard let method = methods[operation] else {
        throw SlackRefusal("unknown_method")
      }
      let call = try SlackCall(inbound, acceptsJSON: method.acceptsJSON)
      try authenticate(inbound, call, state)
      var body = try method.answer(call, &state)
      body["ok"] = true
      warnOfCharset(inbound, &body)
      return .json(body, headers: [("x-oauth-scopes", state.workspace.scopes.joined(separator: ","))])
    } catch {
      return error.reply
    }
  }

  private static func authenticate(
    _ inbound: Inbound, _ call: SlackCall, _ state: SlackState
  ) throws(SlackRefusal) {
    guard let token = inbound.bearer ?? call.text("token") else { throw SlackRefusal("not_authed") }
    guard token == state.token else { throw SlackRefusal("invalid_auth") }
  }

  private static func warnOfCharset(_ inbound: Inbound, _ body: inout JSON) {
    let type = inbound.headers["content-type"] ?? ""
    guard inbound.contentType == "application/json", !type.contains("charset") else { return }
    body["warning"] = "missing_charset"
    var metadata = body["response_metadata"]
    metadata["warnings"] = .array(metadata["warnings"].items + ["missing_charset"])
    body["response_metadata"] = metadata
  }
}
