import Foundation
import RevOps

/// A text that HubSpot may send as string, number or boolean: ids are strings in dated releases and numbers before.
struct LooseText: Decodable, Sendable {
  var text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self.text = text
    } else if let number = try? container.decode(Int.self) {
      text = String(number)
    } else if let flag = try? container.decode(Bool.self) {
      text = String(flag)
    } else {
      text = String(try container.decode(Double.self))
    }
  }
}

/// One record, with the properties that were asked for.
struct HubSpotObject: Decodable, Sendable {
  var id: String
  /// Those that have a value; an empty one is absent.
  var properties: [String: String]
  /// Ids by kind, each once, where associations were asked for.
  var associations: [String: [String]]
  /// When properties got the values that they have, where that was asked for and is told.
  var changed: [String: Date]
  var createdAt: Date?
  /// Of an input of a batch, as it was given.
  var traceID: String?

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(LooseText.self, forKey: .id).text
    properties = (try container.decodeIfPresent([String: LooseText?].self, forKey: .properties) ?? [:])
      .compactMapValues { $0.flatMap { $0.text.isEmpty ? nil : $0.text } }
    associations = (try container.decodeIfPresent([String: AssociationList].self, forKey: .associations) ?? [:])
      .mapValues(\.ids)
    changed = (try container.decodeIfPresent([String: [Version]].self, forKey: .propertiesWithHistory) ?? [:])
      .compactMapValues { $0.compactMap { $0.timestamp.flatMap(Self.date) }.max() }
    createdAt = try container.decodeIfPresent(String.self, forKey: .createdAt).flatMap(Self.date)
    traceID = try container.decodeIfPresent(String.self, forKey: .objectWriteTraceId)
  }

  private static func date(_ text: String) -> Date? {
    let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    // Either form is right; a time in neither is not told.
    return (try? Date(text, strategy: fractional)) ?? (try? Date(text, strategy: .iso8601))
  }

  private struct Version: Decodable { var timestamp: String? }

  func associated(_ kind: ObjectKind) -> [String] { associations[kind.rawValue] ?? [] }

  private enum CodingKeys: String, CodingKey {
    case id, properties, associations, propertiesWithHistory, createdAt, objectWriteTraceId
  }

  private struct AssociationList: Decodable {
    struct Target: Decodable { var id: LooseText }
    var results: [Target]

    /// A target comes once for each of its labels.
    var ids: [String] { results.map(\.id.text).uniqued() }
  }
}

/// A page of anything.
struct Page<Item: Decodable & Sendable>: Decodable, Sendable {
  var results: [Item]
  private var paging: Paging?

  var next: String? { paging?.next?.after?.text }

  private struct Paging: Decodable, Sendable {
    struct Next: Decodable, Sendable { var after: LooseText? }
    var next: Next?
  }
}

/// What a batch did. A success may hold fewer results than there were inputs, and errors beside them.
struct BatchAnswer<Item: Decodable & Sendable>: Decodable, Sendable {
  var results: [Item]
  var numErrors: Int?
  private var errors: [JSONValue]?

  var hasErrors: Bool { (numErrors ?? 0) > 0 || errors?.isEmpty == false }
  var faults: [Refusal] { (errors ?? []).map(Refusal.init) }
}

/// What a record is linked to.
struct AssociatedRecords: Decodable, Sendable {
  struct Origin: Decodable, Sendable { var id: LooseText }
  struct Target: Decodable, Sendable { var toObjectId: LooseText }
  var from: Origin
  var to: [Target]
}

/// A link made by `associations/default`.
struct AssociationMade: Decodable, Sendable {
  struct End: Decodable, Sendable { var id: LooseText }
  var from: End?
  var to: End?
}

struct HubSpotOwner: Decodable, Sendable {
  var id: LooseText
  var email: String?
  /// Of the person as a user, for what is done in their name.
  var userId: LooseText?
  /// `PERSON` or `QUEUE`.
  var type: String?
  var archived: Bool?
}

struct WrittenProperties: Encodable, Sendable {
  /// In a batch of changes.
  var id: String?
  var properties: [String: String]
  var associations: [NewAssociation]?
  /// Tells the inputs of a batch apart: without it one conflict fails them all.
  var objectWriteTraceId: String?
}

/// What a batch is given.
struct BatchInputs<Input: Encodable & Sendable>: Encodable, Sendable {
  var inputs: [Input]
}

struct RecordReference: Codable, Sendable { var id: String }

/// A link that is made together with the record.
struct NewAssociation: Encodable, Sendable {
  struct Target: Encodable, Sendable { var id: String }
  struct Kind: Encodable, Sendable {
    var associationCategory = "HUBSPOT_DEFINED"
    var associationTypeId: Int
  }
  var to: Target
  var types: [Kind]

  init(to id: String, type: Int) {
    to = Target(id: id)
    types = [Kind(associationTypeId: type)]
  }
}

struct SearchFilter: Encodable, Sendable {
  var propertyName: String
  var `operator` = "EQ"
  var value: String?
  var values: [String]?

  /// - Parameter values: in lower case, at most 100.
  init(_ property: String, oneOf values: [String]) {
    propertyName = property
    `operator` = "IN"
    self.values = values
  }

  init(_ property: String, equals value: String) {
    propertyName = property
    self.value = value
  }

  /// The value has that word, in any place.
  init(_ property: String, word: String) {
    propertyName = property
    `operator` = "CONTAINS_TOKEN"
    value = word
  }
}
