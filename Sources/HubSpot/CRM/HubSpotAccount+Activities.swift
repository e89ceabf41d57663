import Foundation
import RevOps
import VendorAPI

/// Notes, tasks and lists.
extension HubSpotAccount {
  /// Adds the activity to the contact and its company.
  ///
  /// Without `lookFirst` a repeat makes a second one. With it, only one whose creation HubSpot finished between our look
  /// and our call could be doubled, or one under which more than thirty others have gathered since.
  func add(
    _ activity: Activity, to record: CRMRecord, owner: String?, lookFirst: Bool
  ) async throws(HubSpotFailure) -> String {
    guard let contactID = record.contactID else { throw .contactGone }
    if lookFirst, let id = try await find(activity, of: contactID) { return id }
    var properties = activity.properties
    if let owner { properties["hubspot_owner_id"] = try await reps().id(of: owner) }
    let contactLink = NewAssociation(to: contactID, type: activity.contactLink)
    let companyLinks = record.companyID.map { [NewAssociation(to: $0, type: activity.companyLink)] } ?? []
    do {
      return try await calls.create(activity.kind, properties, linkedTo: [contactLink] + companyLinks).id
    } catch {
      guard [400, 404].contains(error.error.status) else { throw error }
      // One of the two may be gone. Without the contact there is nothing to note; without the company there is.
      guard try await contact(contactID, []) != nil else { throw .contactGone }
      guard !companyLinks.isEmpty else { throw error }
      return try await calls.create(activity.kind, properties, linkedTo: [contactLink]).id
    }
  }

  /// Looks through the contact's activities, the newest first. Links and reads by id do not depend on the search index.
  private func find(_ activity: Activity, of contactID: String) async throws(HubSpotFailure) -> String? {
    let linked = try await client.associated(.contacts, [contactID], to: activity.kind)
    let newest = (linked[contactID] ?? []).sorted { RecordID.precedes($1, $0) }.prefix(Self.mostLookedThrough)
    for id in newest {
      let object = try await client.object(activity.kind, id, properties: [activity.bodyName])
      if let object, activity.isIn(object) { return id }
    }
    return nil
  }

  private static let mostLookedThrough = 30

  func addToList(_ list: String, _ record: CRMRecord) async throws(HubSpotFailure) {
    guard let contactID = record.contactID else { throw .contactGone }
    guard try await client.addToList(list, contactID) else { throw .contactGone }
  }
}

extension HubSpotFailure {
  /// The write-back has no contact to work on (any more).
  static let contactGone = HubSpotFailure(
    VendorError(
      vendor: HubSpotClient.vendor, operation: "contacts.read", code: "OBJECT_NOT_FOUND",
      detail: "the contact does not exist", retry: .never))

  /// A company may or may not have been made: until the search can tell, no other is.
  static func unsettled(_ wait: Duration) -> HubSpotFailure {
    HubSpotFailure(
      VendorError(
        vendor: HubSpotClient.vendor, operation: "companies.create",
        detail: "an unanswered creation has to show in the search first", retry: .later(wait)))
  }
}
