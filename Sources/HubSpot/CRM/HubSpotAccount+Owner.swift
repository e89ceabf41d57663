import Foundation
import RevOps

/// Who owns the contact, and how far it has come.
extension HubSpotAccount {
  func writeOwner(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    guard let owner = write.owner, let contactID = record.contactID else { return record }
    guard let ownerID = try await owners.current().id(of: owner) else {
      record.remark("\(owner) has no HubSpot owner")
      return record
    }
    let contact = try await contact(contactID, reading: ["hubspot_owner_id"])
    if contact.owner != ownerID {
      guard write.replacesOwner || contact.owner == nil else { return record }
      try await take(ownerID, owner, contact, &record)
    } else {
      record.ownerWritten = owner
    }
    return record
  }

  private func take(
    _ ownerID: String, _ owner: String, _ contact: HubSpotObject, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    let client = client
    let taken = try await save(["hubspot_owner_id": ownerID], &record) { values async throws(HubSpotFailure) in
      try await client.update(.contacts, contact.id, values)
    }
    // A property that HubSpot passes over in silence is answered with its old value.
    if let taken, taken.owner == nil || taken.owner == ownerID {
      record.ownerWritten = owner
    } else {
      // Whoever was listed and is refused has left since.
      await owners.expire()
      record.remark("HubSpot did not take \(owner) as owner")
    }
  }

  func writeStatus(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    guard let contactID = record.contactID, write.leadStatus != nil || write.lifecycle != nil else { return record }
    let contact = try await contact(contactID, reading: ["hs_lead_status", "lifecyclestage"])
    let definitions = try await catalog.definitions(of: .contacts)
    var values: [String: String] = [:]
    values["hs_lead_status"] = leadStatus(write, record, contact)
    values["lifecyclestage"] = lifecycle(write, contact, definitions?["lifecyclestage"])
    let accepted = try await catalog.accepted(values, of: .contacts)
    for name in values.keys.sorted() where accepted[name] == nil {
      record.remark("HubSpot has no value \(values[name] ?? "") for \(name)")
    }
    try await reach(accepted, contact, &record)
    record.statusWritten = write.leadStatus ?? record.statusWritten
    return record
  }

  /// Each status of ours is written once, so that what a person sets afterwards stays; and the status of a lead that is
  /// merely new does not take the place of one that somebody gave.
  private func leadStatus(_ write: CRM.Write, _ record: CRMRecord, _ contact: HubSpotObject) -> String? {
    guard let status = write.leadStatus, status != record.statusWritten else { return nil }
    let current = contact.properties["hs_lead_status"]
    if status == settings().leadStatusNew, record.statusWritten == nil, current != nil { return nil }
    return status == current ? nil : status
  }

  private func lifecycle(
    _ write: CRM.Write, _ contact: HubSpotObject, _ definition: PropertyDefinition?
  ) -> String? {
    guard let stage = write.lifecycle else { return nil }
    return LifecycleOrder(definition).isForward(from: contact.lifecycle, to: stage) ? stage : nil
  }

  /// Writes, and reads back from the answer whether HubSpot did it: some changes are accepted and not made.
  private func reach(
    _ values: [String: String], _ contact: HubSpotObject, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    let client = client
    let updated = try await save(values, &record) { values async throws(HubSpotFailure) in
      try await client.update(.contacts, contact.id, values)
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      if let now = updated?.properties[name], now != value { record.remark("HubSpot kept \(name) at \(now)") }
    }
  }

  /// A contact that was there a step ago.
  private func contact(_ id: String, reading names: [String]) async throws(HubSpotFailure) -> HubSpotObject {
    guard let contact = try await client.object(.contacts, id, properties: names) else { throw .contactGone }
    return contact
  }
}
