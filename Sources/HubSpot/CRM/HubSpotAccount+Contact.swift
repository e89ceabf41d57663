import Foundation
import RevOps
import VendorAPI

/// The contact: made if the look-up found none, else read by its key, filled, given its owner and its status.
///
/// A search never decides that a contact has to be made: its index lags behind. HubSpot itself keeps e-mail addresses
/// unique, so the creation is safe to repeat, and one that meets an existing contact fills that one.
extension HubSpotAccount {
  func writeContact(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    let properties = ContactProperties(write, settings())
    let values = try await catalog.accepted(properties.values, of: .contacts)
    if isKnownToBeNew(write, record) {
      try await createContact(write, values, own: properties.own, &record)
    } else if let contact = try await existingContact(write, record, reading: Array(values.keys)) {
      record.contactID = contact.id
      try await settle(contact, write, filling: values, own: properties.own, &record)
    } else {
      try await createContact(write, values, own: properties.own, &record)
    }
    return record
  }

  /// The look-up of this lead found nobody, a moment ago.
  private func isKnownToBeNew(_ write: CRM.Write, _ record: CRMRecord) -> Bool {
    let key = OwnerDirectory.fold(write.facts.normalized.email)
    return record.contactID == nil && write.facts.crm.contactID == nil
      && sightings.absentContacts.value(of: key, at: client.now()) != nil
  }

  /// The contact by the id we have; when that is gone (merged, deleted) by the address, which is asked once.
  private func existingContact(
    _ write: CRM.Write, _ record: CRMRecord, reading names: [String]
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    if let id = record.contactID ?? write.facts.crm.contactID, let contact = try await contact(id, names) {
      return contact
    }
    let email = write.facts.normalized.email
    if let contact = try await contact(withKey: email, names) { return contact }
    // The look-up would have found the address among the further ones of somebody; without it, it is asked here.
    let wasLookedUp = write.facts.crm.checked && write.facts.crm.contactID == nil && record.contactID == nil
    guard !wasLookedUp, let id = try await contactID(withAddress: email) else { return nil }
    return try await contact(id, names)
  }

  /// With what the write-back fills and sets, and when people changed what it sets.
  func contact(_ id: String, _ names: [String]) async throws(HubSpotFailure) -> HubSpotObject? {
    try await calls.contactsByID(question(id, names))
  }

  private func contact(withKey email: String, _ names: [String]) async throws(HubSpotFailure) -> HubSpotObject? {
    try await calls.contactsByKey(question(email, names))
  }

  private func question(_ id: String, _ names: [String]) -> GatheredCalls.ContactQuestion {
    let all = names + Self.standing + ["lifecyclestage", "email", "hs_additional_emails"]
    return .init(id: id, properties: all.uniqued(), traced: Self.standing)
  }

  /// What people set as well as Baton, and whose newer edits stay.
  static let standing = ["hubspot_owner_id", "hs_lead_status"]

  private func createContact(
    _ write: CRM.Write, _ values: [String: String], own: Set<String>, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    var values = values
    values["email"] = write.facts.normalized.email
    do {
      try await create(write, values, linkedTo: companyToLink(write), &record)
    } catch {
      guard error.isConflict else { throw error }
      values["email"] = nil
      let contact = try await conflictingContact(error, write, reading: Array(values.keys))
      record.contactID = contact.id
      try await settle(contact, write, filling: values, own: own, &record)
    }
    sightings.absentContacts.forget(OwnerDirectory.fold(write.facts.normalized.email))
  }

  /// The company that the look-up saw a moment ago: the contact is made with the link to it.
  private func companyToLink(_ write: CRM.Write) -> String? {
    guard let id = lookedUpCompany(write), sightings.companies.value(of: id, at: client.now()) != nil else {
      return nil
    }
    return id
  }

  private func create(
    _ write: CRM.Write, _ values: [String: String], linkedTo company: String?, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    var all = values
    let plan = try await plan(write, nil, &record)
    all.merge(plan.values) { _, planned in planned }
    let calls = calls
    let links = company.map { [NewAssociation(to: $0, type: 279)] } ?? []
    var isLinked = !links.isEmpty
    let made: Saved
    do {
      made = try await save(all, &record) { values async throws(HubSpotFailure) in
        try await calls.create(.contacts, values, linkedTo: links)
      }
    } catch {
      // The company is gone since: it is found anew by the next step.
      guard error.error.status == 400, isLinked else { throw error }
      isLinked = false
      made = try await save(all, &record) { values async throws(HubSpotFailure) in
        try await calls.create(.contacts, values)
      }
    }
    record.contactID = made.object?.id
    record.associated = isLinked
    try await conclude(plan, write, made, &record)
  }

  /// Who has the address already: the refusal says so in one of two ways, or it is read by the address, or searched for
  /// among the further addresses.
  private func conflictingContact(
    _ failure: HubSpotFailure, _ write: CRM.Write, reading names: [String]
  ) async throws(HubSpotFailure) -> HubSpotObject {
    if let id = failure.refusal?.existingID, let contact = try await contact(id, names) { return contact }
    let email = write.facts.normalized.email
    if let contact = try await contact(withKey: email, names) { return contact }
    guard let id = try await contactID(withAddress: email), let contact = try await contact(id, names)
    else { throw failure }
    return contact
  }
}
