/// What is asked of Pinecone, by the path below its prefix.
struct PineconeRoute: Sendable {
  /// What faults and the call log go by.
  let operation: String

  init(_ method: String, _ path: [String]) {
    operation = "unknown"
  }
}

/// What Pinecone keeps.
struct PineconeState: Sendable {
  var key: String
}

enum PineconeService {
  static func answer(_ route: PineconeRoute, _ inbound: Inbound, _ state: inout PineconeState) -> Reply {
    .json(["message": "Not found"], status: 404)
  }
}
