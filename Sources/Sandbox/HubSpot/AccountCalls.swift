import Foundation

/// Calls on what an account is made of: owners, properties, lists, sequences.
enum AccountCalls {
  static func owners(_ inbound: Inbound, _ state: HubSpotState) -> Reply {
    let archived = inbound.query("archived") == "true"
    let email = inbound.query("email")?.lowercased()
    let all = state.owners.filter { $0.archived == archived && (email == nil || $0.email.lowercased() == email) }
    let limit = min(inbound.query("limit").flatMap { Int($0) } ?? 100, 500)
    let start = min(inbound.query("after").flatMap { Int($0) } ?? 0, all.count)
    let end = min(start + limit, all.count)
    var out: JSON = ["results": .array(all[start..<end].map(\.json))]
    if end < all.count { out["paging"] = ["next": ["after": .string(String(end))]] }
    return .json(out)
  }

  static func owner(_ id: String, _ state: HubSpotState) throws(HubSpotRefusal) -> Reply {
    guard let owner = state.owners.first(where: { $0.id == id }) else { throw .notFound }
    return .json(owner.json)
  }

  static func properties(_ kind: CRMKind, _ state: HubSpotState) -> Reply {
    .json(["results": .array((state.properties[kind] ?? []).map(\.json))])
  }

  static func property(_ kind: CRMKind, _ name: String, _ state: HubSpotState) throws(HubSpotRefusal) -> Reply {
    guard let property = state.property(kind, name) else { throw .notFound }
    return .json(property.json)
  }

  static func createProperty(_ kind: CRMKind, _ body: JSON, _ state: inout HubSpotState) throws(HubSpotRefusal)
    -> Reply
  {
    guard let name = body["name"].text, let type = body["type"].text, let field = body["fieldType"].text,
      let group = body["groupName"].text
    else { throw .invalid("name, type, fieldType and groupName are required") }
    guard state.property(kind, name) == nil else { throw exists("A property named '\(name)' already exists.") }
    guard ["string", "number", "date", "datetime", "enumeration", "bool", "phone_number"].contains(type) else {
      throw .invalid("unknown type")
    }
    let options = body["options"].items.compactMap { $0["value"].text }
    var property = CRMProperty(name, type, field: field, group: group, label: body["label"].text, options: options)
    property.hasUniqueValue = body["hasUniqueValue"].flag ?? false
    state.properties[kind, default: []].append(property)
    return .json(property.json, status: 201)
  }

  static func createGroup(_ kind: CRMKind, _ body: JSON, _ state: inout HubSpotState) throws(HubSpotRefusal) -> Reply {
    guard let name = body["name"].text, let label = body["label"].text else { throw .invalid("name, label required") }
    guard state.groups[kind]?[name] == nil else { throw exists("A group named '\(name)' already exists.") }
    state.groups[kind, default: [:]][name] = label
    return .json(["name": .string(name), "label": .string(label), "archived": false, "displayOrder": -1], status: 201)
  }

  private static func exists(_ message: String) -> HubSpotRefusal {
    HubSpotRefusal(409, "OBJECT_ALREADY_EXISTS", message)
  }

  static func addToList(_ list: String, _ body: JSON, _ state: inout HubSpotState) throws(HubSpotRefusal) -> Reply {
    guard !state.dynamicLists.contains(list) else { throw NurtureCalls.isDynamic }
    guard let members = state.lists[list] else { throw .notFound }
    let ids = body.items.compactMap(\.plain)
    let known = ids.filter { state.record(.contacts, $0) != nil }
    state.lists[list] = members.union(known)
    return .json([
      "recordsIdsAdded": .array(known.filter { !members.contains($0) }.map { .string($0) }),
      "recordIdsMissing": .array(ids.filter { !known.contains($0) }.map { .string($0) }), "recordIdsRemoved": [],
    ])
  }

  static func details(_ state: HubSpotState) -> Reply {
    .json(["portalId": .int(state.portalID), "accountType": "STANDARD", "timeZone": "Europe/Berlin"])
  }

  static func tokenInfo(_ body: JSON, _ state: HubSpotState) throws(HubSpotRefusal) -> Reply {
    guard body["tokenKey"].text == state.token, let scopes = state.scopes else { throw .notFound }
    return .json([
      "userId": 5, "hubId": .int(state.portalID), "appId": 99, "scopes": .array(scopes.sorted().map { .string($0) }),
    ])
  }
}
