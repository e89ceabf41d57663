import Foundation
import RevOps
import VendorAPI

/// The write-back, step by step. Each step reads what is there before it writes and only fills what is empty: people
/// work in HubSpot, and their edits are newer than our facts.
extension HubSpotAccount {
  func perform(
    _ step: CRMStep, _ write: CRM.Write, _ record: CRMRecord
  ) async throws(HubSpotFailure) -> CRMRecord {
    switch step {
    case .contact: try await writeContact(write, record)
    case .company: try await writeCompany(write, record)
    case .association: try await associate(record)
    case .owner: try await writeOwner(write, record)
    case .status: try await writeStatus(write, record)
    }
  }

  private func associate(_ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    guard let contact = record.contactID, let company = record.companyID, !record.associated else { return record }
    record.associated = try await client.associate(.contacts, contact, to: .companies, company)
    if !record.associated { record.remark("HubSpot did not link the contact to the company") }
    return record
  }

  /// Writes `values` and, where HubSpot names properties that it does not take, once more without them.
  /// - Returns: the record as HubSpot answered; nil when nothing was left to write.
  func save(
    _ values: [String: String], _ record: inout CRMRecord,
    by call: ([String: String]) async throws(HubSpotFailure) -> HubSpotObject
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    guard !values.isEmpty else { return nil }
    do { return try await call(values) } catch {
      let refused = error.refusedProperties(of: values)
      guard !refused.isEmpty else { throw error }
      record.remark("HubSpot does not take " + refused.sorted().joined(separator: ", "))
      let rest = values.filter { !refused.contains($0.key) }
      return rest.isEmpty ? nil : try await call(rest)
    }
  }

  /// Gives an existing record the values it lacks; those under `own` names are ours and follow the lead.
  func fill(
    _ object: HubSpotObject, _ kind: ObjectKind, with values: [String: String], own: Set<String> = [],
    _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    let missing = values.filter { name, value in
      own.contains(name) ? object.properties[name] != value : object.properties[name] == nil
    }
    let client = client
    _ = try await save(missing, &record) { values async throws(HubSpotFailure) in
      try await client.update(kind, object.id, values)
    }
  }
}

extension HubSpotFailure {
  /// Of the values sent, those that HubSpot refused by name. Without its address a contact is no contact, so a refused
  /// one is not left out.
  fileprivate func refusedProperties(of values: [String: String]) -> Set<String> {
    guard error.status == 400, let refusal else { return [] }
    return refusal.properties.intersection(values.keys).subtracting(["email"])
  }
}

extension CRMRecord {
  /// Says it once, however often the step is repeated.
  mutating func remark(_ text: String) {
    if !remarks.contains(text) { remarks.append(text) }
  }
}
