import Foundation
import RevOps
import VendorAPI

/// The company of a lead's domain: found or made, never twice. A mail provider's domain is no company's, and a lead
/// without a domain of its own gets none.
extension HubSpotAccount {
  func writeCompany(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    let linked = record.companyID ?? lookedUpCompany(write)
    let values = try await catalog.accepted(CompanyProperties.values(write.facts), of: .companies)
    if let company = try await storedCompany(write, record) {
      record.companyID = company.id
      try await fill(company, with: values, &record)
      return record
    }
    record.companyID = nil
    guard let domain = write.facts.normalized.domain else {
      record.associated = false
      return record
    }
    let before = record
    record = try await companies.alone(with: domain) { () async throws(HubSpotFailure) in
      try await settleCompany(domain, values, before)
    }
    // The link, if there is one, is to the company that was looked up.
    if let linked, linked != record.companyID { record.associated = false }
    return record
  }

  /// The company that the lead is known to belong to.
  private func storedCompany(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> HubSpotObject? {
    guard let id = record.companyID ?? lookedUpCompany(write) else { return nil }
    if let seen = sightings.companies.value(of: id, at: client.now()) { return seen }
    return try await calls.companiesByID([id]).first
  }

  /// A company found by its name alone is a guess good enough to tell whose account it may be, not to write to. An account
  /// found through the contact's owner while the lead has no domain came from the name as well.
  func lookedUpCompany(_ write: CRM.Write) -> String? {
    let crm = write.facts.crm
    let isSame = crm.matchedBy != "name" && (write.facts.normalized.domain != nil || crm.matchedBy == "contact")
    return isSame ? crm.companyID : nil
  }

  private func settleCompany(
    _ domain: String, _ values: [String: String], _ before: CRMRecord
  ) async throws(HubSpotFailure) -> CRMRecord {
    var record = before
    if let id = await companies.company(of: domain, having: values.keys.map { $0 }) {
      record.companyID = id
      return record
    }
    let standing = try await claims.standing(of: domain)
    if let company = try await existingCompany(domain, standing) {
      try await take(company, domain, values, &record)
    } else {
      try await claim(domain, standing)
      try await createCompany(domain, values, &record)
    }
    return record
  }

  private func take(
    _ company: HubSpotObject, _ domain: String, _ values: [String: String], _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    record.companyID = company.id
    try await fill(company, with: values, &record)
    let filled = Set(company.properties.keys).union(values.keys)
    await companies.remember(company.id, having: filled, for: domain)
  }

  private func existingCompany(
    _ domain: String, _ standing: CompanyClaims.Standing
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    if let known = await companies.company(of: domain) {
      if let company = try await calls.companiesByID([known.id]).first { return company }
      await companies.forget(domain)
    }
    switch standing {
    case .made(let id):
      if let company = try await calls.companiesByID([id]).first { return company }
    case .free where sightings.absentDomains.value(of: domain, at: client.now()) != nil: return nil
    // Somebody may have made it since it was last looked for.
    case .free, .held, .doubtful: break
    }
    return try await company(ofDomain: domain)
  }

  /// Of all who would make the company one does. The others come back when it is there.
  private func claim(_ domain: String, _ before: CompanyClaims.Standing) async throws(HubSpotFailure) {
    var gone: String?
    if case .made(let id) = before { gone = id }
    switch try await claims.claim(domain, insteadOf: gone) {
    case .free, .doubtful: return
    case .held(let wait): throw .unsettled(wait)
    case .made: throw .unsettled(.milliseconds(100))
    }
  }

  /// Made with the link to the contact, which is there by now.
  private func createCompany(
    _ domain: String, _ values: [String: String], _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    var values = values
    values["domain"] = domain
    let calls = calls
    let isInTime = claims.permission()
    let links = record.contactID.map { [NewAssociation(to: $0, type: 280)] } ?? []
    do {
      let made = try await save(values, &record) { values async throws(HubSpotFailure) in
        try await calls.create(.companies, values, linkedTo: links, while: isInTime)
      }
      guard let made = made.object else { return await claims.release(domain) }
      record.companyID = made.id
      record.associated = !links.isEmpty
      await companies.remember(made.id, having: Set(values.keys), for: domain)
      await isThere(domain, made.id)
    } catch {
      guard !error.error.outcomeUnknown else { throw await unanswered(error, domain) }
      await claims.release(domain)
      // An account may keep a property of its own unique.
      guard error.isConflict, let id = error.refusal?.existingID,
        let company = try await calls.companiesByID([id]).first
      else { throw error }
      values["domain"] = nil
      try await take(company, domain, values, &record)
      await isThere(domain, id)
    }
  }

  private func isThere(_ domain: String, _ id: String) async {
    sightings.absentDomains.forget(domain)
    await claims.settle(domain, id)
  }

  /// It may be there, and nothing but the search can tell, in a while.
  private func unanswered(_ failure: HubSpotFailure, _ domain: String) async -> HubSpotFailure {
    sightings.absentDomains.forget(domain)
    await claims.doubt(domain)
    var failure = failure
    failure.error.retry = .later(.seconds(CompanyClaims.indexLag))
    return failure
  }

  private func fill(
    _ company: HubSpotObject, with values: [String: String], _ record: inout CRMRecord
  ) async throws(HubSpotFailure) {
    let calls = calls
    let updated = try await save(lacking(company, values), &record) { values async throws(HubSpotFailure) in
      try await calls.update(.companies, company.id, values)
    }
    if updated.object != nil { sightings.companies.forget(company.id) }
  }
}
