import Foundation

/// Calls on records: create, read, change, search, batch read.
enum RecordCalls {
  static func create(_ kind: CRMKind, _ body: JSON, now: Date, _ state: inout HubSpotState) throws(HubSpotRefusal)
    -> Reply
  {
    .json(try created(kind, body, now: now, &state), status: 201)
  }

  static func created(
    _ kind: CRMKind, _ input: JSON, now: Date, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> JSON {
    let values = try PropertyRules.checked(input["properties"], kind, old: [:], state)
    try PropertyRules.checkRequired(kind, values)
    if kind == .contacts, let email = values["email"] { try checkUnique(email, except: nil, state) }
    let links = try AssociationCalls.inline(input["associations"].items, state)
    let record = state.create(kind, values, now: now)
    for link in links { state.link(kind, record.id, link.kind, link.id, type: link.type) }
    return RecordShape.whole(record)
  }

  static func read(_ kind: CRMKind, _ id: String, _ inbound: Inbound, _ state: HubSpotState) throws(HubSpotRefusal)
    -> Reply
  {
    let record = try find(kind, id, idProperty: inbound.query("idProperty"), state)
    var out = RecordShape.json(
      record, names: list(inbound.query("properties")), traced: list(inbound.query("propertiesWithHistory")), state)
    for name in list(inbound.query("associations")) {
      guard let other = CRMKind(path: name) else { throw .invalid("unknown association") }
      let results = state.linked(kind, record.id, other).map { link -> JSON in
        ["id": .string(link.id), "type": .string("\(kind.singular)_to_\(other.singular)")]
      }
      if !results.isEmpty { out["associations"][other.rawValue] = ["results": .array(results)] }
    }
    return .json(out)
  }

  static func update(
    _ kind: CRMKind, _ id: String, _ inbound: Inbound, _ body: JSON, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    let record = try find(kind, id, idProperty: inbound.query("idProperty"), state)
    return .json(try updated(kind, record.id, body, now: inbound.now, &state))
  }

  static func updated(
    _ kind: CRMKind, _ id: String, _ input: JSON, now: Date, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> JSON {
    let record = try find(kind, id, idProperty: nil, state)
    let values = try PropertyRules.checked(input["properties"], kind, old: record.properties, state)
    if kind == .contacts, let email = values["email"], !email.isEmpty {
      try checkUnique(email, except: record.id, state)
    }
    state.set(values, of: kind, record.id, now: now)
    return RecordShape.whole(state.record(kind, record.id) ?? record)
  }

  static func archive(_ kind: CRMKind, _ id: String, _ state: inout HubSpotState) -> Reply {
    state.archive(kind, id)
    return .empty(status: 204)
  }

  static func batchRead(_ kind: CRMKind, _ body: JSON, _ state: HubSpotState) throws(HubSpotRefusal) -> Reply {
    let inputs = body["inputs"].items
    let traced = body["propertiesWithHistory"].items.compactMap(\.text)
    guard traced.isEmpty || inputs.count <= mostWithHistory else {
      throw .invalid("no more than \(mostWithHistory) inputs with history")
    }
    let names = body["properties"].items.compactMap(\.text)
    var results: [JSON] = []
    var missing: [JSON] = []
    for input in inputs {
      let id = input["id"].plain ?? ""
      if let record = try? find(kind, id, idProperty: body["idProperty"].text, state) {
        results.append(RecordShape.json(record, names: names, traced: traced, state))
      } else {
        missing.append(.string(id))
      }
    }
    return batch(results, missing: missing)
  }

  /// HubSpot's limit for reading with the history of properties.
  private static let mostWithHistory = 50

  static func batch(_ results: [JSON], missing: [JSON]) -> Reply {
    var out: JSON = ["status": "COMPLETE", "results": .array(results)]
    guard !missing.isEmpty else { return .json(out) }
    out["numErrors"] = 1
    out["errors"] = [
      [
        "status": "error", "category": "OBJECT_NOT_FOUND", "message": "Could not get some objects, they may be deleted",
        "context": ["ids": .array(missing)],
      ]
    ]
    return .json(out, status: 207)
  }

  static func find(
    _ kind: CRMKind, _ id: String, idProperty: String?, _ state: HubSpotState
  ) throws(HubSpotRefusal) -> CRMRecord {
    var found = state.record(kind, id)
    if let name = idProperty {
      guard (kind == .contacts && name == "email") || state.property(kind, name)?.hasUniqueValue == true else {
        throw HubSpotRefusal(400, "VALIDATION_ERROR", "\(name) is a non-unique property")
      }
      found = unique(kind, name, id, state)
    }
    guard let found else { throw .notFound }
    return found
  }

  private static func unique(_ kind: CRMKind, _ name: String, _ value: String, _ state: HubSpotState) -> CRMRecord? {
    guard kind == .contacts, name == "email" else {
      return state.all(kind).first { $0.properties[name] == value }
    }
    let record = state.contactsByEmail[value.lowercased()].flatMap { state.record(.contacts, $0) }
    return record?.properties["email"]?.lowercased() == value.lowercased() ? record : nil
  }

  private static func list(_ text: String?) -> [String] {
    text?.split(separator: ",").map(String.init) ?? []
  }

  private static func checkUnique(
    _ email: String, except: String?, _ state: HubSpotState
  ) throws(HubSpotRefusal) {
    guard let id = state.contactsByEmail[email.lowercased()], id != except else { return }
    throw HubSpotRefusal(status: 409, body: conflict(id, email, state.conflictForm))
  }

  private static func conflict(_ id: String, _ email: String, _ form: ConflictForm) -> JSON {
    let message: JSON =
      form == .bare ? "Contact already exists." : .string("Contact already exists. Existing ID: \(id)")
    guard form == .identityProfile else {
      return [
        "status": "error", "message": message, "category": "CONFLICT",
        "correlationId": "00000000-0000-4000-8000-000000000409",
      ]
    }
    let identity: JSON = ["type": "EMAIL", "value": .string(email), "isPrimary": true]
    return [
      "status": "error", "category": "OBJECT_ALREADY_EXISTS", "error": "CONTACT_EXISTS", "message": message,
      "identityProfile": ["vid": .int(Int(id) ?? 0), "identity": [identity]],
      "errors": [["message": message, "in": "email"]],
    ]
  }
}
