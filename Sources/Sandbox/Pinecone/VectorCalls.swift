import Foundation

/// The calls of the data plane, each checked as the service checks it.
struct VectorCalls {
  let index: PineconeIndex
  let inbound: Inbound

  /// - Parameter stored: the index as it stands afterwards.
  func answer(_ call: PineconeRoute.Call, _ stored: inout PineconeIndex) throws(PineconeRefusal) -> Reply {
    switch call {
    case .fetch: return try fetch()
    case .query:
      return try query(try body(["namespace", "vector", "topK", "filter", "includeMetadata", "includeValues", "id"]))
    case .upsert: return try upsert(try body(["namespace", "vectors"]), &stored)
    case .delete: return try delete(try body(["namespace", "ids", "deleteAll", "filter"]), &stored)
    case .stats:
      _ = try body(["filter"])
      return stats()
    }
  }

  // MARK: Reading

  private func query(_ body: JSON) throws(PineconeRefusal) -> Reply {
    let space = try namespace(body["namespace"])
    guard let topK = body["topK"].whole, (1...10_000).contains(topK) else {
      throw .invalid("topK must be between 1 and 10000")
    }
    guard body["id"].isNull != body["vector"].isNull else { throw .invalid("Either id or vector, not both") }
    let named = body["id"].text.map { index.spaces[space]?[$0]?.values ?? [] }
    let values: [Double]
    if let named { values = named } else { values = try numbers(body["vector"]) }
    try check(values)
    let filter = try VectorFilter(body["filter"])
    let matches = (index.spaces[space] ?? [:]).values.filter { filter.matches($0.metadata) }
      .map { (record: $0, score: score($0.values, values)) }
      .sorted { ($0.score, $1.record.id) > ($1.score, $0.record.id) }.prefix(topK)
    let shown = matches.map { match in
      Self.shown(
        match.record, score: match.score, metadata: body["includeMetadata"].flag == true,
        values: body["includeValues"].flag == true)
    }
    return .json(
      ["matches": .array(shown), "namespace": .string(space), "usage": ["readUnits": 1]],
      headers: [("x-pinecone-max-indexed-lsn", String(index.shown))])
  }

  private func fetch() throws(PineconeRefusal) -> Reply {
    let ids = inbound.query.filter { $0.name == "ids" }.map(\.value)
    guard (1...1_000).contains(ids.count) else { throw .invalid("ids must hold between 1 and 1000 values") }
    let space = inbound.query("namespace") ?? ""
    var found: [String: JSON] = [:]
    for id in ids {
      found[id] = index.spaces[space]?[id].map { Self.shown($0, score: nil, metadata: true, values: true) }
    }
    return .json(["vectors": .object(found), "namespace": .string(space), "usage": ["readUnits": 1]])
  }

  private func stats() -> Reply {
    let spaces = index.spaces.mapValues { JSON.object(["vectorCount": .int($0.count)]) }
    return .json([
      "namespaces": .object(spaces), "dimension": .int(index.dimension), "indexFullness": 0,
      "totalVectorCount": .int(index.spaces.values.reduce(0) { $0 + $1.count }), "metric": .string(index.metric),
      "vectorType": "dense",
    ])
  }

  // MARK: Writing

  private func upsert(_ body: JSON, _ stored: inout PineconeIndex) throws(PineconeRefusal) -> Reply {
    let space = try namespace(body["namespace"])
    guard body["vectors"].isArray, (1...1_000).contains(body["vectors"].items.count) else {
      throw .invalid("vectors must hold between 1 and 1000 records")
    }
    guard inbound.body.count <= 2 * 1024 * 1024 else { throw .invalid("Request size exceeds 2 MB") }
    var records: [VectorRecord] = []
    for vector in body["vectors"].items { records.append(try record(vector)) }
    for record in records { stored.write(.put(record), to: space, at: inbound.now) }
    return written(["upsertedCount": .int(records.count)], stored)
  }

  private func delete(_ body: JSON, _ stored: inout PineconeIndex) throws(PineconeRefusal) -> Reply {
    let space = try namespace(body["namespace"])
    switch (body["ids"], body["deleteAll"], body["filter"]) {
    case (.array(let ids), .null, .null):
      guard (1...1_000).contains(ids.count) else { throw .invalid("ids must hold between 1 and 1000 values") }
      for id in ids {
        guard let text = id.text else { throw .invalid("ids must be strings") }
        stored.write(.delete(text), to: space, at: inbound.now)
      }
    case (.null, .bool(true), .null): stored.write(.deleteAll, to: space, at: inbound.now)
    case (.null, .null, .object):
      let filter = try VectorFilter(body["filter"])
      for record in (index.spaces[space] ?? [:]).values where filter.matches(record.metadata) {
        stored.write(.delete(record.id), to: space, at: inbound.now)
      }
    default: throw .invalid("Exactly one of ids, deleteAll and filter")
    }
    return written([:], stored)
  }

  private func written(_ answer: JSON, _ stored: PineconeIndex) -> Reply {
    .json(answer, headers: [("x-pinecone-request-lsn", String(stored.written))])
  }

  // MARK: Checks

  private func body(_ known: Set<String>) throws(PineconeRefusal) -> JSON {
    guard inbound.contentType == "application/json" else {
      throw PineconeRefusal(status: 415, code: 3, name: "INVALID_ARGUMENT", message: "Content-Type must be JSON")
    }
    guard let body = JSON.parse(inbound.body), body.isObject else { throw .invalid("the body is not a JSON object") }
    if let unknown = body.fields.keys.first(where: { !known.contains($0) }) {
      throw .invalid("unknown field \(unknown)")
    }
    return body
  }

  private func namespace(_ value: JSON) throws(PineconeRefusal) -> String {
    if value.isNull { return "" }
    guard let text = value.text else { throw .invalid("namespace must be a string") }
    return text == "__default__" ? "" : text
  }

  private func record(_ json: JSON) throws(PineconeRefusal) -> VectorRecord {
    if let unknown = json.fields.keys.first(where: { !["id", "values", "metadata", "sparseValues"].contains($0) }) {
      throw .invalid("unknown field \(unknown)")
    }
    guard let id = json["id"].text, !id.isEmpty, id.utf8.count <= 512, id.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw .invalid("Vector ID must be ASCII of 1 to 512 characters")
    }
    let values = try numbers(json["values"])
    try check(values)
    guard values.contains(where: { $0 != 0 }) else {
      throw .invalid("Dense vectors must contain at least one non-zero value")
    }
    let metadata = json["metadata"].fields
    guard json["metadata"].data.count <= 40 * 1024 else { throw .invalid("Metadata size exceeds 40 KB") }
    for (key, value) in metadata { try check(key, value) }
    return VectorRecord(id: id, values: values, metadata: metadata)
  }

  /// Text, numbers, booleans and lists of text; nothing nested and nothing null.
  private func check(_ key: String, _ value: JSON) throws(PineconeRefusal) {
    guard !key.isEmpty, !key.hasPrefix("$") else { throw .invalid("Invalid metadata key '\(key)'") }
    switch value {
    case .string, .int, .double, .bool: return
    case .array(let items) where items.allSatisfy({ $0.text != nil }): return
    case .null, .array, .object:
      throw .invalid(
        "Metadata value must be a string, number, boolean or list of strings, got '\(value.encoded)' for field '\(key)'"
      )
    }
  }

  private func numbers(_ json: JSON) throws(PineconeRefusal) -> [Double] {
    var numbers: [Double] = []
    for item in json.items {
      switch item {
      case .int(let value): numbers.append(Double(value))
      case .double(let value): numbers.append(value)
      default: throw .invalid("vectors hold numbers only")
      }
    }
    return numbers
  }

  private func check(_ values: [Double]) throws(PineconeRefusal) {
    guard values.count == index.dimension else {
      throw .invalid("Vector dimension \(values.count) does not match the dimension of the index \(index.dimension)")
    }
  }

  // MARK: Answers

  private func score(_ left: [Double], _ right: [Double]) -> Double {
    func product(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
    switch index.metric {
    case "dotproduct": return product(left, right)
    case "euclidean": return zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    default: return product(left, right) / (product(left, left) * product(right, right)).squareRoot()
    }
  }

  private static func shown(_ record: VectorRecord, score: Double?, metadata: Bool, values: Bool) -> JSON {
    var shown: JSON = ["id": .string(record.id)]
    if let score { shown["score"] = .double(score) }
    if metadata, !record.metadata.isEmpty { shown["metadata"] = .object(record.metadata) }
    if values { shown["values"] = .array(record.values.map { .double($0) }) }
    return shown
  }
}
