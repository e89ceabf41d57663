import Foundation
import RevOps

/// The contact: read by its key, made if there is none, and if HubSpot says that there is one after all, filled.
///
/// A search never decides that a contact has to be made: its index lags behind. HubSpot itself keeps e-mail addresses
/// unique, so the creation is safe to repeat.
extension HubSpotAccount {
  func writeContact(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    let properties = ContactProperties(write, settings())
    let values = try await catalog.accepted(properties.values, of: .contacts)
    let contact = try await existingContact(write, record, reading: Array(values.keys))
    if let contact {
      record.contactID = contact.id
      try await fill(contact, .contacts, with: values, own: properties.own, &record)
    } else {
      try await createContact(write, values, own: properties.own, &record)
    }
    return record
  }

  /// The contact by the id we have; when that is gone (merged, deleted) by the address, which is asked once.
  private func existingContact(
    _ write: CRM.Write, _ record: CRMRecord, reading names: [String]
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    if let id = record.contactID ?? write.facts.crm.contactID,
      let contact = try await client.object(.contacts, id, properties: names)
    {
      return contact
    }
    let email = write.facts.normalized.email
    if let contact = try await client.object(.contacts, email, by: "email", properties: names) { return contact }
    // The look-up would have found the address among the further ones of somebody; without it, it is asked here.
    guard !write.facts.crm.checked, let id = try await contactID(withAddress: email) else { return nil }
    return try await client.object(.contacts, id, properties: names)
  }

  private func createContact(
    _ write: CRM.Write, _ values: [String: String], own: Set<String>, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    var values = values
    values["email"] = write.facts.normalized.email
    let client = client
    do {
      let made = try await save(values, &record) { values async throws(HubSpotFailure) in
        try await client.create(.contacts, values)
      }
      record.contactID = made?.id
    } catch {
      guard error.isConflict else { throw error }
      values["email"] = nil
      let contact = try await conflictingContact(error, write, reading: Array(values.keys))
      record.contactID = contact.id
      try await fill(contact, .contacts, with: values, own: own, &record)
    }
  }

  /// Who has the address already: the refusal says so in one of two ways, or it is read by the address, or searched for
  /// among the further addresses.
  private func conflictingContact(
    _ failure: HubSpotFailure, _ write: CRM.Write, reading names: [String]
  ) async throws(HubSpotFailure) -> HubSpotObject {
    if let id = failure.refusal?.existingID,
      let contact = try await client.object(.contacts, id, properties: names)
    {
      return contact
    }
    let email = write.facts.normalized.email
    if let contact = try await client.object(.contacts, email, by: "email", properties: names) { return contact }
    guard let id = try await contactID(withAddress: email),
      let contact = try await client.object(.contacts, id, properties: names)
    else { throw failure }
    return contact
  }
}
