import Foundation
import HTTPTypes
import Hummingbird

/// A request whose head has been checked: what the routes see of it.
struct IncomingRequest: Sendable {
  let request: Request
  /// Path and query as they were sent.
  let target: String
  let path: String
  /// Without the question mark; empty when there is none.
  let query: String
  /// The value of `{id}` in the route.
  var id = ""
  let peer: String
  let requestID: String
  let now: Date

  init(_ request: Request, peer: String, requestID: String, now: Date) {
    let target = request.head.path ?? ""
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    self.request = request
    self.target = target
    path = String(parts.first ?? "")
    query = parts.count > 1 ? String(parts[1]) : ""
    self.peer = peer
    self.requestID = requestID
    self.now = now
  }

  /// The values of a header, one for each time that it was sent.
  func values(_ name: String) -> [String] {
    guard let name = HTTPField.Name(name) else { return [] }
    return request.headers[values: name]
  }

  /// The value of a header that was sent exactly once. Of two, no two parties would choose the same.
  func only(_ name: String) -> String? {
    let values = values(name)
    return values.count == 1 ? values[0] : nil
  }

  /// Refuses a head that is larger than anybody needs.
  func checkHead(_ limits: IngressLimits) throws(Problem) {
    guard (request.head.path ?? "").utf8.count <= limits.target else {
      throw Problem(414, "target_too_long", "The address is too long", headers: ["connection": "close"])
    }
    let bytes = request.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
    guard request.headers.count <= limits.headerFields, bytes <= limits.headerBytes else {
      throw Problem(431, "headers_too_large", "The header fields are too large", headers: ["connection": "close"])
    }
  }
}
