import Foundation
import RevOps
import VendorAPI

/// Notes, tasks and lists.
extension HubSpotAccount {
  /// Adds the activity to the contact and its company.
  ///
  /// Without `lookFirst` a repeat makes a second one. With it, only one whose creation HubSpot finished between our look
  /// and our call could be doubled.
  func add(
    _ activity: Activity, to record: CRMRecord, owner: String?, lookFirst: Bool
  ) async throws(HubSpotFailure) -> String {
    guard let contactID = record.contactID else { throw .contactGone }
    if lookFirst, let id = try await find(activity, of: contactID) { return id }
    var properties = activity.properties
    if let owner { properties["hubspot_owner_id"] = try await owners.current().id(of: owner) }
    var links = [NewAssociation(to: contactID, type: activity.contactLink)]
    if let companyID = record.companyID { links.append(NewAssociation(to: companyID, type: activity.companyLink)) }
    return try await client.create(activity.kind, properties, linkedTo: links).id
  }

  /// Looks through the contact's activities, the newest first. Links and reads by id do not depend on the search index.
  private func find(_ activity: Activity, of contactID: String) async throws(HubSpotFailure) -> String? {
    let linked = try await client.associated(.contacts, [contactID], to: activity.kind)
    var ids = (linked[contactID] ?? []).sorted { RecordID.precedes($1, $0) }[...]
    while !ids.isEmpty {
      let some = Array(ids.prefix(HubSpotClient.batchSize))
      ids = ids.dropFirst(some.count)
      let found = try await client.read(activity.kind, some, properties: [activity.bodyName])
      if let match = found.filter({ activity.isIn($0) }).min(by: { RecordID.precedes($0.id, $1.id) }) {
        return match.id
      }
    }
    return nil
  }

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
