import Foundation

/// People using the CRM. Each act changes a record and tells the product by a signed webhook.
public struct CRMPeople: Sendable {
  let world: World
  let product: ProductCalls
  let appSecret: String?

  /// Gives a record to another owner.
  @discardableResult
  public func setOwner(_ kind: CRMKind, _ id: String, to owner: String) async -> ProductAnswer? {
    world.setRecord(kind, id, ["hubspot_owner_id": owner])
    return await changed(kind, id, "hubspot_owner_id", owner)
  }

  /// Types in a new contact.
  ///
  /// - Returns: its id.
  @discardableResult
  public func createContact(_ properties: [String: String]) async -> String {
    let id = world.addRecord(.contacts, properties)
    _ = await tell([event("contact.creation", id)])
    return id
  }

  /// Logs an e-mail or call with a contact.
  @discardableResult
  public func contacted(_ id: String) async -> ProductAnswer? {
    let time = String(Int(world.now().timeIntervalSince1970 * 1000))
    world.setRecord(.contacts, id, ["notes_last_contacted": time])
    return await changed(.contacts, id, "notes_last_contacted", time)
  }

  /// Moves a deal to a stage, as "closedwon".
  @discardableResult
  public func moveDeal(_ id: String, to stage: String) async -> ProductAnswer? {
    world.setRecord(.deals, id, ["dealstage": stage])
    return await changed(.deals, id, "dealstage", stage)
  }

  private func changed(_ kind: CRMKind, _ id: String, _ name: String, _ value: String) async -> ProductAnswer? {
    var event = event(kind.singular + ".propertyChange", id)
    event["propertyName"] = .string(name)
    event["propertyValue"] = .string(value)
    return await tell([event])
  }

  private func event(_ type: String, _ id: String) -> JSON {
    let now = world.now()
    return [
      "eventId": .int(Int.random(in: 1...4_000_000_000)), "subscriptionId": 12,
      "portalId": .int(world.read(\.hubSpot.portalID)), "appId": 99,
      "occurredAt": .int(Int(now.timeIntervalSince1970 * 1000)), "subscriptionType": .string(type),
      "attemptNumber": 0, "objectId": .int(Int(id) ?? 0), "changeSource": "CRM_UI",
    ]
  }

  /// Sends events in one signed batch; nothing where no secret is known.
  public func tell(_ events: [JSON]) async -> ProductAnswer? {
    guard let appSecret, world.read({ !$0.productURLs.isEmpty }) else { return nil }
    let path = "/webhooks/hubspot"
    let body = JSON.array(events).data
    let timestamp = String(Int(world.now().timeIntervalSince1970 * 1000))
    return await product.post(path, operation: "hubspot.events", body: body, timeout: .seconds(5)) { base in
      // The address is part of what is signed.
      let signature = Signatures.hubSpot(
        secret: appSecret, method: "POST", address: base + path, timestamp: timestamp, body: body)
      return [
        ("content-type", "application/json"), ("x-hubspot-signature-v3", signature),
        ("x-hubspot-request-timestamp", timestamp),
      ]
    }
  }
}
