import Foundation

/// One call that came in, read whole.
struct Inbound: Sendable {
  var method: String
  /// Without query, percent-decoded per segment.
  var segments: [String]
  var path: String
  var query: [(name: String, value: String)]
  /// Names in lower case.
  var headers: [String: String]
  var body: Data
  var now: Date
  /// Who calls, if the address says so.
  var caller: String?

  func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

  var contentType: String {
    let whole = headers["content-type"] ?? ""
    return whole.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() } ?? ""
  }

  /// The token of an `Authorization: Bearer` header.
  var bearer: String? {
    guard let value = headers["authorization"], value.hasPrefix("Bearer ") else { return nil }
    return String(value.dropFirst("Bearer ".count))
  }
}

/// What goes back.
struct Reply: Sendable {
  var status: Int
  var headers: [(name: String, value: String)]
  var body: Data

  static func json(_ value: JSON, status: Int = 200, headers: [(name: String, value: String)] = []) -> Reply {
    Reply(
      status: status, headers: [("content-type", "application/json; charset=utf-8")] + headers, body: value.data)
  }

  static func text(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> Reply {
    Reply(status: status, headers: [("content-type", "text/plain; charset=utf-8")] + headers, body: Data(text.utf8))
  }

  static func empty(status: Int = 200) -> Reply { Reply(status: status, headers: [], body: Data()) }
}
