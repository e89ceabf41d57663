import Foundation
import RevOps
import VendorAPI

/// The write-back, step by step. What exists is read before it is written and only filled where it is empty: people work
/// in HubSpot, and their edits are newer than our facts.
extension HubSpotAccount {
  func perform(
    _ step: CRMStep, _ write: CRM.Write, _ record: CRMRecord
  ) async throws(HubSpotFailure) -> CRMRecord {
    switch step {
    case .contact: try await writeContact(write, record)
    case .company: try await writeCompany(write, record)
    case .association: try await associate(write, record)
    case .owner, .status: try await writeStanding(write, record)
    }
  }

  private func associate(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    guard !record.associated else { return record }
    do { return try await link(record) } catch {
      guard error.isNotFound else { throw error }
      // One of the two is gone (merged, deleted): both are found anew, once.
      return try await link(try await foundAnew(write, record))
    }
  }

  private func link(_ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    guard let contact = record.contactID, let company = record.companyID, !record.associated else { return record }
    record.associated = try await calls.links(RecordLink(from: contact, to: company))
    if !record.associated { record.remark("HubSpot did not link the contact to the company") }
    return record
  }

  private func foundAnew(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    if let domain = write.facts.normalized.domain { await companies.distrust(domain) }
    if let id = record.companyID { sightings.companies.forget(id) }
    return try await writeCompany(write, try await writeContact(write, record))
  }

  /// Writes `values` and, where HubSpot names properties that it does not take, once more without them.
  func save(
    _ values: [String: String], _ record: inout CRMRecord,
    by call: ([String: String]) async throws(HubSpotFailure) -> HubSpotObject
  ) async throws(HubSpotFailure) -> Saved {
    guard !values.isEmpty else { return Saved() }
    do { return Saved(object: try await call(values)) } catch {
      let refused = error.refusedProperties(of: values)
      guard !refused.isEmpty else { throw error }
      record.remark("HubSpot does not take " + refused.sorted().joined(separator: ", "))
      // What was read of the account's properties is no longer true.
      await catalog.expire()
      let rest = values.filter { !refused.contains($0.key) }
      return Saved(object: rest.isEmpty ? nil : try await call(rest), refused: refused)
    }
  }

  /// The values that an existing record lacks; those under `own` names are ours and follow the lead.
  func lacking(_ object: HubSpotObject, _ values: [String: String], own: Set<String> = []) -> [String: String] {
    values.filter { name, value in
      own.contains(name) ? object.properties[name] != value : object.properties[name] == nil
    }
  }
}

/// What became of values that were to be written.
struct Saved: Sendable {
  /// The record as HubSpot answered; nil when nothing was left to write.
  var object: HubSpotObject?
  var refused: Set<String> = []
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
