import Foundation

/// Pinecone's front: checks version and key, reads the body, and calls what the path names.
enum PineconeService {
  /// What the stand-in knows the shapes of; they are the same in all of them.
  private static let versions: Set<String> = ["2025-10", "2026-01", "2026-04"]

  static func answer(_ route: PineconeRoute, _ inbound: Inbound, _ state: inout PineconeState) -> Reply {
    do throws(PineconeRefusal) {
      guard inbound.headers["api-key"] == state.key else {
        throw .unauthenticated
      }
      guard let version = inbound.headers["x-pinecone-api-version"] else {
        throw .invalid("X-Pinecone-Api-Version header is required")
      }
      guard versions.contains(version) else { throw .invalid("API version \(version) is not supported") }
      return try dispatch(route, inbound, &state)
    } catch {
      return error.reply(for: route)
    }
  }

  private static func dispatch(
    _ route: PineconeRoute, _ inbound: Inbound, _ state: inout PineconeState
  ) throws(PineconeRefusal) -> Reply {
    switch route {
    case .list:
      return .json(["indexes": .array(state.indexes.values.map { description($0, inbound) })])
    case .describe(let name):
      guard let index = state.indexes[name] else { throw .unknownIndex(name) }
      return .json(description(index, inbound))
    case .data(let name, let call):
      guard var index = state.indexes[name] else { throw .unknownIndex(name) }
      index.settle(at: inbound.now, lag: state.lag)
      let reply = try VectorCalls(index: index, inbound: inbound).answer(call, &index)
      state.indexes[name] = index
      return reply
    case .unknown:
      throw PineconeRefusal(status: 404, code: 5, name: "NOT_FOUND", message: "Not found")
    }
  }

  /// The address of the data plane is without a scheme, as the service gives it.
  private static func description(_ index: PineconeIndex, _ inbound: Inbound) -> JSON {
    let caller = inbound.caller.map { "/from/\($0)" } ?? ""
    let host = (inbound.headers["host"] ?? "") + caller + "/pinecone/data/\(index.name)"
    return [
      "name": .string(index.name), "dimension": .int(index.dimension), "metric": .string(index.metric),
      "host": .string(host), "vector_type": "dense", "deletion_protection": "disabled",
      "spec": ["serverless": ["cloud": "aws", "region": "us-east-1"]], "status": ["ready": true, "state": "Ready"],
    ]
  }
}

/// What is asked of Pinecone, by the path below its prefix: `indexes/…` of the control plane, `data/INDEX/…` of the data
/// plane.
enum PineconeRoute: Sendable {
  case list
  case describe(String)
  case data(String, Call)
  case unknown

  enum Call: String, Sendable {
    case query
    case upsert = "vectors.upsert"
    case delete = "vectors.delete"
    case fetch = "vectors.fetch"
    case stats = "index.stats"
  }

  init(_ method: String, _ path: [String]) {
    switch (method, path.first, path.count) {
    case ("GET", "indexes", 1): self = .list
    case ("GET", "indexes", 2): self = .describe(path[1])
    case (_, "data", 3...):
      let call: Call? =
        switch (method, path.dropFirst(2).joined(separator: "/")) {
        case ("POST", "query"): .query
        case ("POST", "vectors/upsert"): .upsert
        case ("POST", "vectors/delete"): .delete
        case ("GET", "vectors/fetch"): .fetch
        case ("POST", "describe_index_stats"): .stats
        default: nil
        }
      self = call.map { .data(path[1], $0) } ?? .unknown
    default: self = .unknown
    }
  }

  /// What faults and the call log go by.
  var operation: String {
    switch self {
    case .list: "indexes.list"
    case .describe: "indexes.describe"
    case .data(_, let call): call.rawValue
    case .unknown: "unknown"
    }
  }
}

/// A refusal, in the form of whichever plane was asked.
struct PineconeRefusal: Error, Sendable {
  var status: Int
  /// gRPC's number and its name.
  var code: Int
  var name: String
  var message: String

  static let unauthenticated = PineconeRefusal(
    status: 401, code: 16, name: "UNAUTHENTICATED", message: "Invalid API Key")

  static func invalid(_ message: String) -> PineconeRefusal {
    PineconeRefusal(status: 400, code: 3, name: "INVALID_ARGUMENT", message: message)
  }

  static func unknownIndex(_ name: String) -> PineconeRefusal {
    PineconeRefusal(status: 404, code: 5, name: "NOT_FOUND", message: "Resource \(name) not found")
  }

  func reply(for route: PineconeRoute) -> Reply {
    if case .data = route {
      return .json(["code": .int(code), "message": .string(message), "details": []], status: status)
    }
    return .json(
      ["status": .int(status), "error": ["code": .string(name), "message": .string(message)]], status: status)
  }
}
