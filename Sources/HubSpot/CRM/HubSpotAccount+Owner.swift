import Foundation
import RevOps

/// What is to be set besides the facts, and what became of it.
struct StandingPlan: Sendable {
  var values: [String: String] = [:]
  /// The owner is what it should be, or will be.
  var ownerID: String?
}

/// Who owns the contact, and how far it has come.
extension HubSpotAccount {
  /// Sets owner, status and stage of a contact that was there before.
  func writeStanding(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    guard let contactID = record.contactID, try await hasSomethingToSet(write, &record) else { return record }
    guard let contact = try await contact(contactID, []) else { throw .contactGone }
    try await settle(contact, write, filling: [:], own: [], &record)
    return record
  }

  private func hasSomethingToSet(_ write: CRM.Write, _ record: inout CRMRecord) async throws(HubSpotFailure) -> Bool {
    if write.leadStatus != nil || write.lifecycle != nil { return true }
    return try await ownerID(write, &record) != nil
  }

  /// Writes everything that an existing contact lacks and should have, at once.
  func settle(
    _ contact: HubSpotObject, _ write: CRM.Write, filling values: [String: String], own: Set<String>,
    _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    let plan = try await plan(write, contact, &record)
    let missing = lacking(contact, values, own: own)
    let calls = calls
    let all = missing.merging(plan.values) { _, planned in planned }
    let saved = try await save(all, &record) { values async throws(HubSpotFailure) in
      try await calls.update(.contacts, contact.id, values)
    }
    try await conclude(plan, write, Saved(object: saved.object ?? contact, refused: saved.refused), &record)
  }

  // MARK: What to set

  /// - Parameter contact: as it is; nil: a new one.
  func plan(
    _ write: CRM.Write, _ contact: HubSpotObject?, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) -> StandingPlan {
    var plan = StandingPlan()
    // Each owner is written once: whom somebody makes owner afterwards stays.
    if write.owner != record.ownerWritten { plan.ownerID = try await ownerID(write, &record) }
    if let ownerID = plan.ownerID, contact?.owner != ownerID {
      if let contact, try await leavesOwner(of: contact, write, &record) {
        plan.ownerID = nil
      } else {
        plan.values["hubspot_owner_id"] = ownerID
      }
    }
    let definitions = try await catalog.definitions(of: .contacts)
    var values: [String: String] = [:]
    values["hs_lead_status"] = leadStatus(write, contact, &record)
    values["lifecyclestage"] = lifecycle(write, contact, definitions?["lifecyclestage"])
    let accepted = try await catalog.accepted(values, of: .contacts)
    for name in values.keys.sorted() where accepted[name] == nil {
      record.remark("HubSpot has no value \(values[name] ?? "") for \(name)")
    }
    plan.values.merge(accepted) { _, accepted in accepted }
    return plan
  }

  private func ownerID(_ write: CRM.Write, _ record: inout CRMRecord) async throws(HubSpotFailure) -> String? {
    guard let owner = write.owner else { return nil }
    guard let id = try await reps().id(of: owner) else {
      record.remark("\(owner) has no HubSpot owner")
      return nil
    }
    return id
  }

  /// Another owner stays unless a rule or a click named this one, and stays in any case if somebody set it since.
  private func leavesOwner(
    of contact: HubSpotObject, _ write: CRM.Write, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) -> Bool {
    guard let current = contact.owner else { return false }
    guard write.replacesOwner else { return true }
    let looked = try await reps().id(of: write.facts.crm.contactOwner ?? "")
    let seen = record.ownerSeen ?? (write.facts.crm.checked ? looked : nil)
    guard isEditedSince("hubspot_owner_id", of: contact, write.decidedAt, seen: seen) else { return false }
    let name = try await reps().rep(current) ?? "somebody"
    record.remark("\(name) was made owner in HubSpot since: left so")
    record.ownerSeen = current
    return true
  }

  /// Each status of ours is written once, so that what a person sets afterwards stays; and the status of a lead that is
  /// merely new does not take the place of one that somebody gave.
  private func leadStatus(
    _ write: CRM.Write, _ contact: HubSpotObject?, _ record: inout CRMRecord
  ) -> String? {
    guard let status = write.leadStatus, status != record.leadStatusWritten else { return nil }
    guard let current = contact?.properties["hs_lead_status"], let contact else { return status }
    if status == current || (status == settings().leadStatusNew && record.leadStatusWritten == nil) { return nil }
    let seen = record.leadStatusWritten ?? (write.facts.crm.checked ? write.facts.crm.leadStatus : nil)
    guard isEditedSince("hs_lead_status", of: contact, write.decidedAt, seen: seen) else { return status }
    record.remark("hs_lead_status was set to \(current) in HubSpot since: left so")
    return nil
  }

  /// Whether somebody set the property after the decision that is being written. Where HubSpot does not tell when: whether
  /// it is no longer what was last seen there.
  private func isEditedSince(_ name: String, of contact: HubSpotObject, _ decided: Date?, seen: String?) -> Bool {
    guard let decided else { return false }
    let isOther = seen != contact.properties[name]
    if let changed = contact.changed[name] { return isOther && changed > decided }
    return seen != nil && isOther
  }

  private func lifecycle(
    _ write: CRM.Write, _ contact: HubSpotObject?, _ definition: PropertyDefinition?
  ) -> String? {
    guard let stage = write.lifecycle else { return nil }
    return LifecycleOrder(definition).isForward(from: contact?.lifecycle, to: stage) ? stage : nil
  }

  // MARK: What became of it

  /// Reads back from HubSpot's answer whether it did what was asked: some changes are accepted and not made.
  func conclude(
    _ plan: StandingPlan, _ write: CRM.Write, _ saved: Saved, _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    if let ownerID = plan.ownerID, let owner = write.owner {
      let now = saved.object?.owner
      if !saved.refused.contains("hubspot_owner_id"), now == nil || now == ownerID {
        record.ownerWritten = owner
        record.ownerSeen = ownerID
      } else {
        // Whoever was listed and is refused has left since.
        await owners.expire()
        record.remark("HubSpot did not take \(owner) as owner")
      }
    }
    for (name, value) in plan.values.sorted(by: { $0.key < $1.key }) where name != "hubspot_owner_id" {
      if let now = saved.object?.properties[name], now != value { record.remark("HubSpot kept \(name) at \(now)") }
    }
    if write.leadStatus != nil || write.lifecycle != nil { record.statusWritten = write.statusWord }
  }
}

extension CRMRecord {
  /// The lead status of ours that was last written or found reached; `statusWritten` holds the stage behind it.
  var leadStatusWritten: String? {
    guard let first = statusWritten?.split(separator: "/", omittingEmptySubsequences: false).first, !first.isEmpty
    else { return nil }
    return String(first)
  }
}
