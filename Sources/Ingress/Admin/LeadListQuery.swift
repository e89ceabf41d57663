import Foundation
import RevOps

/// Query parameters, each at most once, none that is not known: a misspelt filter must not list everybody.
struct QueryParameters {
  private let object: JSONObject

  init(_ query: String, allowed: Set<String>) throws(Problem) {
    guard let decoded = try? FormBody.decode(query.utf8, maxFields: 20), let object = decoded.object else {
      throw Problem(400, "invalid_query", "The query cannot be used")
    }
    for key in object.keys where !allowed.contains(key) {
      throw Problem(400, "invalid_query", "The query has a parameter that is unknown or repeated")
    }
    self.object = object
  }

  /// The value; nil when it is absent or empty.
  subscript(name: String) -> String? { object[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
}

/// `cursor` and `limit`.
struct PageQuery {
  static let names: Set<String> = ["cursor", "limit"]

  let cursor: String?
  let limit: Int

  init(_ query: String) throws(Problem) { try self.init(QueryParameters(query, allowed: Self.names)) }

  init(_ parameters: QueryParameters) throws(Problem) {
    cursor = parameters["cursor"]
    guard let text = parameters["limit"] else {
      limit = 50
      return
    }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let limit = Int(text), (1...200).contains(limit) else {
      throw .invalidQuery("limit", "must be a whole number from 1 to 200")
    }
    self.limit = limit
  }
}

/// The filter of `GET /admin/leads`.
struct LeadListQuery {
  let query: LeadQuery

  init(_ text: String) throws(Problem) {
    let parameters = try QueryParameters(
      text, allowed: PageQuery.names.union(["state", "owner", "email", "domain"]))
    let page = try PageQuery(parameters)
    query = LeadQuery(
      state: try Self.state(parameters), owner: try Self.address("owner", parameters),
      identity: try Self.address("email", parameters), domain: try Self.domain(parameters), cursor: page.cursor,
      limit: page.limit)
  }

  private static func state(_ parameters: QueryParameters) throws(Problem) -> LeadState? {
    guard let text = parameters["state"] else { return nil }
    guard let state = LeadState(rawValue: text) else {
      throw .invalidQuery("state", "must be one of " + LeadState.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return state
  }

  private static func address(_ name: String, _ parameters: QueryParameters) throws(Problem) -> String? {
    guard let text = parameters[name] else { return nil }
    guard let address = EmailAddress(text) else { throw .invalidQuery(name, "must be an e-mail address") }
    return address.identity
  }

  private static func domain(_ parameters: QueryParameters) throws(Problem) -> String? {
    guard let text = parameters["domain"] else { return nil }
    guard let domain = Domain.registrable(text) else { throw .invalidQuery("domain", "must be a company's domain") }
    return domain
  }
}
