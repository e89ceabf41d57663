/// Reading lists and sequences.
enum NurtureCalls {
  static let isDynamic = HubSpotRefusal(
    400, "VALIDATION_ERROR", "Records can't be added to lists with processing type DYNAMIC.")

  static func list(_ id: String, _ state: HubSpotState) throws(HubSpotRefusal) -> Reply {
    let isDynamic = state.dynamicLists.contains(id)
    guard isDynamic || state.lists[id] != nil else { throw .notFound }
    return .json([
      "list": [
        "listId": .string(id), "listVersion": 1, "name": .string("List \(id)"), "objectTypeId": "0-1",
        "processingType": .string(isDynamic ? "DYNAMIC" : "MANUAL"), "processingStatus": "COMPLETE",
      ]
    ])
  }

  static func sequences(_ inbound: Inbound, _ state: HubSpotState) throws(HubSpotRefusal) -> Reply {
    guard let user = inbound.query("userId"), !user.isEmpty else { throw .invalid("userId is required") }
    let time = HubSpotTime.text(inbound.now)
    let all = state.sequences.sorted { $0.key < $1.key }.map { id, name -> JSON in
      [
        "id": .string(id), "name": .string(name), "userId": .string(user), "createdAt": .string(time),
        "updatedAt": .string(time),
      ]
    }
    return .json(["total": .int(all.count), "results": .array(all)])
  }
}
