import RevOps

/// One record as it is written. Metadata is flat: text, whole numbers, and nothing that is null.
struct Record: Encodable, Sendable, Equatable {
  enum Metadatum: Encodable, Sendable, Equatable {
    case text(String)
    case whole(Int)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .whole(let number): try container.encode(number)
      }
    }
  }

  var id: String
  var values: [Float]
  var metadata: [String: Metadatum]
}

struct UpsertBody: Encodable {
  var namespace: String?
  var vectors: [Record]
}

struct DeleteBody: Encodable {
  var namespace: String?
  var ids: [String]
}

/// A filter of the kind `{"model": {"$eq": "m"}}`; all conditions must hold.
struct QueryBody: Encodable {
  struct Condition: Encodable {
    var equals: Record.Metadatum?
    var differs: Record.Metadatum?

    enum CodingKeys: String, CodingKey {
      case equals = "$eq"
      case differs = "$ne"
    }
  }

  var namespace: String?
  var vector: [Float]
  var topK: Int
  var filter: [String: Condition]
  var includeMetadata = true
}

struct EmptyBody: Encodable {}

/// One answer to a query.
struct Match: Sendable, Equatable {
  var id: String
  var score: Double
  var metadata: JSONObject
}
