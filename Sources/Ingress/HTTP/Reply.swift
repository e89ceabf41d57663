import HTTPTypes
import Hummingbird
import NIOCore
import RevOps

/// An answer, and what the access log may say of it.
struct Reply: Sendable {
  var status: Int
  var type: String?
  var body: String
  var headers: [String: String] = [:]
  /// The lead that the request was about, where known.
  var lead: LeadID?

  init(status: Int, type: String? = nil, body: String = "") {
    self.status = status
    self.type = type
    self.body = body
  }

  static func json(_ value: JSONValue, status: Int = 200, lead: LeadID? = nil) -> Reply {
    var reply = Reply(status: status, type: "application/json; charset=utf-8", body: value.jsonText)
    reply.lead = lead
    return reply
  }

  static let empty = Reply(status: 200)

  /// The whole answer. Nothing here may be cached or guessed at: answers hold personal data.
  func response(requestID: String) -> Response {
    var fields = HTTPFields()
    for (name, value) in headers { fields.set(name, value) }
    if let type { fields.set("content-type", type) }
    fields.set("cache-control", "no-store")
    fields.set("x-content-type-options", "nosniff")
    fields.set("x-request-id", requestID)
    return Response(
      status: HTTPResponse.Status(code: status), headers: fields,
      body: body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: body)))
  }
}

extension HTTPFields {
  fileprivate mutating func set(_ name: String, _ value: String) {
    guard let name = HTTPField.Name(name) else { return }
    self[name] = value
  }
}

extension JSONValue {
  /// `null` for nil.
  static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
  static func whole(_ number: Int?) -> JSONValue { number.map(JSONValue.int) ?? .null }
  static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
