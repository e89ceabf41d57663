import RevOps

/// One event as HubSpot sends it, in either of its two formats: `contact.creation`, or `object.creation` with the type's
/// id beside it.
struct HubSpotEvent: Equatable {
  /// `contact`, `deal`, `call`, …, whichever format named it.
  let object: String
  /// `creation`, `propertyChange`, `merge`, …
  let change: String
  let portalID: String
  /// What HubSpot's own id of an event does not promise: the same for each time that it is told.
  let identity: [String?]
  private let record: String
  private let property: String?
  private let source: String?

  /// The types that something follows from (HubSpot, "Object type ids").
  private static let types = [
    "0-1": "contact", "0-3": "deal", "0-47": "meeting", "0-48": "call", "0-49": "email",
  ]
  /// A contact's properties that tell of its owner, and of somebody having been in touch.
  private static let contactProperties: Set<String> = [
    "hubspot_owner_id", "notes_last_contacted", "hs_last_sales_activity_timestamp", "num_contacted_notes",
  ]
  private static let dealProperties: Set<String> = [
    "dealstage", "hs_is_closed", "hs_is_closed_won", "hs_is_closed_lost", "amount", "closedate", "closed_lost_reason",
    "closed_won_reason",
  ]

  /// - Parameter index: its place among the others, for what is said about it.
  init(_ json: JSONValue, at index: Int) throws(Problem) {
    let fields = EventFields(json, at: index)
    let type = try fields.text("subscriptionType")
    let parts = type.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw fields.wrong("subscriptionType") }
    change = parts[1]
    let typeID = try fields.optional("objectTypeId")
    object = parts[0] == "object" ? typeID.flatMap { Self.types[$0] } ?? "other" : parts[0]
    portalID = try fields.id("portalId")
    property = try fields.optional("propertyName")
    source = try fields.optional("changeSource")
    record = try Self.record(change, fields)
    identity = [
      try fields.id("subscriptionId"), record, try fields.id("occurredAt"), property,
      fields.value("propertyValue"), type, typeID,
    ]
  }

  /// After a merge the record that goes on, of an association the one that it starts at.
  private static func record(_ change: String, _ fields: EventFields) throws(Problem) -> String {
    switch change {
    case "merge":
      if let new = try fields.optionalID("newObjectId") { return new }
      if let primary = try fields.optionalID("primaryObjectId") { return primary }
      return try fields.id("objectId")
    case "associationChange": return try fields.id("fromObjectId")
    default: return try fields.id("objectId")
    }
  }

  /// What it means for leads; nil: nothing.
  var hint: CRMEvent? {
    switch (object, change) {
    case ("contact", "creation"): CRMEvent(.contactCreated, record, isImported: source == "IMPORT")
    case ("contact", "propertyChange"):
      property.map(Self.contactProperties.contains) == true ? CRMEvent(.contact, record) : nil
    case ("contact", "merge"): CRMEvent(.contact, record)
    case ("call", "creation"), ("call", "associationChange"): CRMEvent(.call, record)
    case ("email", "creation"), ("email", "associationChange"): CRMEvent(.email, record)
    case ("meeting", "creation"), ("meeting", "associationChange"): CRMEvent(.meeting, record)
    case ("deal", "propertyChange"):
      property.map(Self.dealProperties.contains) == true ? CRMEvent(.deal, record) : nil
    case ("deal", "creation"), ("deal", "associationChange"), ("deal", "merge"): CRMEvent(.deal, record)
    default: nil
    }
  }
}

/// The members of one event, each of its type or refused.
private struct EventFields {
  private let object: JSONObject
  private let index: Int

  init(_ json: JSONValue, at index: Int) {
    object = json.object ?? JSONObject()
    self.index = index
  }

  func wrong(_ name: String) -> Problem {
    Problem(
      400, "invalid_event", "An event cannot be read",
      fields: [.init(pointer: "/\(index)/\(name)", code: "invalid", message: "is missing or of the wrong type")])
  }

  func text(_ name: String) throws(Problem) -> String {
    guard let text = try optional(name), !text.isEmpty else { throw wrong(name) }
    return text
  }

  func optional(_ name: String) throws(Problem) -> String? {
    guard let value = object[name], !value.isNull else { return nil }
    guard let text = value.string else { throw wrong(name) }
    return text
  }

  /// Whatever it is: it is only compared.
  func value(_ name: String) -> String? { object[name]?.jsonText }

  /// A number, or its digits.
  func id(_ name: String) throws(Problem) -> String {
    guard let id = try optionalID(name) else { throw wrong(name) }
    return id
  }

  func optionalID(_ name: String) throws(Problem) -> String? {
    guard let value = object[name], !value.isNull else { return nil }
    let text: String? = if case .number(let digits) = value { digits } else { value.string }
    guard let text, (1...20).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw wrong(name)
    }
    return text
  }
}
