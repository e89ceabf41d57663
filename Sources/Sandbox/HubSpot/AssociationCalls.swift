import Foundation

/// Calls on the links between records.
enum AssociationCalls {
  /// A link named when its record is created.
  struct Inline: Sendable {
    var kind: CRMKind
    var id: String
    var type: Int
  }

  static func inline(_ given: [JSON], _ state: HubSpotState) throws(HubSpotRefusal) -> [Inline] {
    var links: [Inline] = []
    for association in given {
      let id = association["to"]["id"].plain ?? ""
      for type in association["types"].items.compactMap({ $0["associationTypeId"].whole }) {
        guard let kind = target(of: type), state.record(kind, id) != nil else {
          throw HubSpotRefusal(400, "VALIDATION_ERROR", "The object to associate with does not exist.")
        }
        links.append(Inline(kind: kind, id: id, type: type))
      }
    }
    return links
  }

  /// The kind of record at which a type of link ends.
  private static func target(of type: Int) -> CRMKind? {
    switch type {
    case 202, 204, 3, 280, 2, 608, 578: .contacts
    case 190, 192, 341, 5, 279, 1, 610, 580: .companies
    case 214, 216, 4, 342: .deals
    default: nil
    }
  }

  /// `PUT …/{from}/{id}/associations/default/{to}/{id}`; repeating it changes nothing.
  static func putDefault(
    _ from: CRMKind, _ fromID: String, _ toName: String, _ toID: String, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    let to = try existing(from, fromID, toName, toID, state)
    if state.linksNothing { return .json(["status": "COMPLETE", "results": []]) }
    let type = CRMKind.association(from: from, to: to)
    state.link(from, fromID, to, toID, type: type)
    return .json(["status": "COMPLETE", "results": [result(fromID, toID, type)]])
  }

  /// `PUT …/{from}/{id}/associations/{to}/{id}` with the types in the body; without types it links nothing, at 201.
  static func putLabelled(
    _ from: CRMKind, _ fromID: String, _ toName: String, _ toID: String, _ body: JSON, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    let to = try existing(from, fromID, toName, toID, state)
    for type in body.items.compactMap({ $0["associationTypeId"].whole }) {
      state.link(from, fromID, to, toID, type: type)
    }
    return .json(
      [
        "fromObjectTypeId": .string(from.rawValue), "fromObjectId": .string(fromID),
        "toObjectTypeId": .string(to.rawValue), "toObjectId": .string(toID), "labels": [],
      ], status: 201)
  }

  static func associateBatch(
    _ from: CRMKind, _ to: CRMKind, _ body: JSON, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    var results: [JSON] = []
    var missing: [JSON] = []
    let type = CRMKind.association(from: from, to: to)
    if state.linksNothing { return .json(["status": "COMPLETE", "results": []]) }
    for input in body["inputs"].items {
      let fromID = input["from"]["id"].plain ?? ""
      let toID = input["to"]["id"].plain ?? ""
      guard state.record(from, fromID) != nil, state.record(to, toID) != nil else {
        missing.append(.string(fromID))
        continue
      }
      state.link(from, fromID, to, toID, type: type)
      results.append(result(fromID, toID, type))
    }
    return RecordCalls.batch(results, missing: missing)
  }

  static func readBatch(_ from: CRMKind, _ to: CRMKind, _ body: JSON, _ state: HubSpotState) -> Reply {
    let results = body["inputs"].items.compactMap { input -> JSON? in
      let id = input["id"].plain ?? ""
      let links = state.linked(from, id, to)
      guard !links.isEmpty else { return nil }
      return ["from": ["id": .string(id)], "to": .array(links.map(end))]
    }
    return .json(["status": "COMPLETE", "results": .array(results)])
  }

  private static func end(_ link: (id: String, types: [Int])) -> JSON {
    let types = link.types.map { type -> JSON in
      ["category": "HUBSPOT_DEFINED", "typeId": .int(type), "label": .null]
    }
    return ["toObjectId": .string(link.id), "associationTypes": .array(types)]
  }

  private static func result(_ from: String, _ to: String, _ type: Int) -> JSON {
    [
      "from": ["id": .string(from)], "to": ["id": .string(to)],
      "associationSpec": ["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": .int(type)],
    ]
  }

  private static func existing(
    _ from: CRMKind, _ fromID: String, _ toName: String, _ toID: String, _ state: HubSpotState
  ) throws(HubSpotRefusal) -> CRMKind {
    guard let to = CRMKind(path: toName) else { throw .invalid("unknown object type") }
    guard state.record(from, fromID) != nil, state.record(to, toID) != nil else { throw .notFound }
    return to
  }
}
