import Foundation

/// People using the CRM. Each act changes a record and tells the product by a signed webhook.
public struct CRMPeople: Sendable {
  let world: World
  let product: ProductCalls
  let appSecret: String?
  /// What is signed in place of the address that is called.
  let publicURL: String?
  /// How subscriptions of this account are written.
  public var format = CRMWebhook.Format.classic

  /// Gives a record to another owner; an empty one takes it away.
  @discardableResult
  public func setOwner(_ kind: CRMKind, _ id: String, to owner: String) async -> ProductAnswer? {
    world.setRecord(kind, id, ["hubspot_owner_id": owner])
    return await tell([changed(kind, id, "hubspot_owner_id", owner)])
  }

  /// Types in a new contact.
  ///
  /// - Parameter source: where HubSpot says it is from: `CRM_UI`, or `IMPORT` for one of a file.
  /// - Returns: its id.
  @discardableResult
  public func createContact(_ properties: [String: String], source: String = "CRM_UI") async -> String {
    let id = world.addRecord(.contacts, properties)
    _ = await tell([created(.contacts, id, source: source)])
    return id
  }

  /// Logs a call, an e-mail or a meeting with a contact.
  ///
  /// - Returns: its id.
  @discardableResult
  public func log(
    _ kind: CRMKind, with contact: String, by owner: String, properties: [String: String] = [:]
  ) async -> String {
    let id = put(kind, with: contact, by: owner, properties)
    let stamp = world.record(kind, id)?.properties["hs_timestamp"] ?? ""
    _ = await tell([created(kind, id), changed(.contacts, contact, "notes_last_contacted", stamp)])
    return id
  }

  /// The same without a word to the product.
  @discardableResult
  public func put(
    _ kind: CRMKind, with contact: String, by owner: String, _ properties: [String: String] = [:]
  ) -> String {
    let time = stamp
    var values = ["hubspot_owner_id": owner, "hs_timestamp": time, "hs_createdate": time]
    if kind == .emails { values["hs_email_direction"] = "EMAIL" }
    let id = world.addRecord(kind, values.merging(properties) { $1 })
    world.link(kind, id, to: .contacts, contact)
    world.setRecord(.contacts, contact, ["notes_last_contacted": time])
    return id
  }

  /// Opens a deal with people and companies.
  ///
  /// - Returns: its id.
  @discardableResult
  public func openDeal(
    _ name: String, amount: Int, contacts: [String] = [], companies: [String] = []
  ) async -> String {
    let id = world.addRecord(
      .deals, ["dealname": name, "amount": String(amount), "dealstage": "contractsent", "pipeline": "default"])
    for contact in contacts { world.link(.deals, id, to: .contacts, contact) }
    for company in companies { world.link(.deals, id, to: .companies, company) }
    _ = await tell([created(.deals, id)])
    return id
  }

  /// Moves a deal to a stage, as `closedwon` or `closedlost`.
  @discardableResult
  public func moveDeal(_ id: String, to stage: String, reason: String? = nil) async -> ProductAnswer? {
    close(id, stage, reason: reason)
    return await tell([changed(.deals, id, "dealstage", stage)])
  }

  /// The same without a word to the product.
  public func close(_ deal: String, _ stage: String, reason: String? = nil) {
    var values = ["dealstage": stage]
    if stage.hasPrefix("closed") { values["closedate"] = stamp }
    if let reason { values[stage == "closedwon" ? "closed_won_reason" : "closed_lost_reason"] = reason }
    world.setRecord(.deals, deal, values)
  }

  private var stamp: String { HubSpotTime.text(world.now()) }

  // MARK: Events

  public func created(_ kind: CRMKind, _ id: String, source: String = "CRM_UI") -> JSON {
    webhook.event("creation", of: kind, id, source: source)
  }

  public func changed(_ kind: CRMKind, _ id: String, _ name: String, _ value: String) -> JSON {
    var event = webhook.event("propertyChange", of: kind, id)
    event["propertyName"] = .string(name)
    event["propertyValue"] = .string(value)
    return event
  }

  private var webhook: CRMWebhook {
    CRMWebhook(format: format, portalID: world.read(\.hubSpot.portalID), now: world.now())
  }

  /// Sends events in one signed batch, again while the product fails, as HubSpot does; nothing where no secret is known.
  @discardableResult
  public func tell(_ events: [JSON]) async -> ProductAnswer? {
    var answer: ProductAnswer?
    for attempt in 0..<CRMWebhook.attempts {
      answer = await send(events.map { CRMWebhook.numbered($0, attempt) })
      guard let answer, !answer.succeeded, answer.status.map({ $0 >= 429 }) ?? true else { break }
      // Cancelled, the next try is simply sooner.
      try? await Task.sleep(for: CRMWebhook.pause)
    }
    return answer
  }

  /// Sends one batch once.
  ///
  /// - Parameter query: put behind the address, as it is.
  public func send(_ events: [JSON], query: String = "") async -> ProductAnswer? {
    guard let appSecret, world.read({ !$0.productURLs.isEmpty }) else { return nil }
    let path = CRMWebhook.path + query
    let body = JSON.array(events).data
    let timestamp = String(Int(world.now().timeIntervalSince1970 * 1000))
    return await product.post(path, operation: "hubspot.events", body: body, timeout: .seconds(5)) { base in
      CRMWebhook.headers(
        secret: appSecret, address: (publicURL ?? base) + path, timestamp: timestamp, body: body)
    }
  }
}
