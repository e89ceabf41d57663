import Foundation

/// A call of a Slack method with its arguments, whatever body they came in.
struct SlackCall: Sendable {
  var arguments: [String: JSON]
  var now: Date

  /// Reads the arguments from query, form and, where the method takes it, JSON. A JSON body sent to another method is
  /// not read, as with Slack: its arguments are simply missing.
  init(_ inbound: Inbound, acceptsJSON: Bool) throws(SlackRefusal) {
    now = inbound.now
    arguments = SlackCall.members(inbound.query)
    switch inbound.contentType {
    case "application/x-www-form-urlencoded":
      let form = FormCoding.decode(String(decoding: inbound.body, as: UTF8.self))
      arguments.merge(SlackCall.members(form)) { _, new in new }
    case "application/json" where acceptsJSON && !inbound.body.isEmpty:
      guard let json = JSON.parse(inbound.body) else { throw SlackRefusal("invalid_json") }
      guard json.isObject else { throw SlackRefusal("json_not_object") }
      arguments.merge(json.fields) { _, new in new }
    default: break
    }
  }

  private static func members(_ pairs: [(name: String, value: String)]) -> [String: JSON] {
    Dictionary(pairs.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { _, last in last })
  }

  /// A text argument; nil where it is missing or empty.
  func text(_ name: String) -> String? {
    guard let text = arguments[name]?.plain, !text.isEmpty else { return nil }
    return text
  }

  func required(_ name: String, else code: String = "invalid_arguments") throws(SlackRefusal) -> String {
    guard let text = text(name) else {
      throw SlackRefusal(code, messages: ["[ERROR] missing required field: \(name)"])
    }
    return text
  }

  func flag(_ name: String) -> Bool { ["true", "1"].contains(text(name) ?? "") }

  func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

  /// A nested argument: JSON as it is, or JSON text as a form carries it. Nil where it is missing.
  func nested(_ name: String, else code: String) throws(SlackRefusal) -> JSON? {
    guard let value = arguments[name], !value.isNull else { return nil }
    guard let text = value.text else { return value }
    if text.isEmpty { return nil }
    guard let parsed = JSON.parse(text) else { throw SlackRefusal(code) }
    return parsed
  }
}
