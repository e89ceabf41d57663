import Foundation
import RevOps
import VendorAPI

/// The company of a lead's domain: found or made, never twice. A mail provider's domain is no company's, and a lead
/// without a domain of its own gets none.
extension HubSpotAccount {
  func writeCompany(_ write: CRM.Write, _ record: CRMRecord) async throws(HubSpotFailure) -> CRMRecord {
    var record = record
    let values = try await catalog.accepted(CompanyProperties.values(write.facts), of: .companies)
    if let company = try await storedCompany(write, record, reading: Array(values.keys)) {
      record.companyID = company.id
      try await fill(company, .companies, with: values, &record)
      return record
    }
    record.companyID = nil
    record.associated = false
    guard let domain = write.facts.normalized.domain else { return record }
    let before = record
    return try await companies.alone(with: domain) { () async throws(HubSpotFailure) in
      try await settleCompany(domain, values, before)
    }
  }

  /// The company that the lead is known to belong to. One found by its name alone is a guess good enough to tell whose
  /// account it may be, not to write to.
  private func storedCompany(
    _ write: CRM.Write, _ record: CRMRecord, reading names: [String]
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    let crm = write.facts.crm
    let looked = crm.matchedBy == "name" || !isSame(crm, write) ? nil : crm.companyID
    guard let id = record.companyID ?? looked else { return nil }
    return try await client.object(.companies, id, properties: names)
  }

  /// An account found through the contact's owner while the lead has no domain came from the name.
  private func isSame(_ crm: CRMFacts, _ write: CRM.Write) -> Bool {
    write.facts.normalized.domain != nil || crm.matchedBy == "contact"
  }

  private func settleCompany(
    _ domain: String, _ values: [String: String], _ before: CRMRecord
  ) async throws(HubSpotFailure) -> CRMRecord {
    var record = before
    if let company = try await existingCompany(domain, reading: Array(values.keys)) {
      record.companyID = company.id
      await companies.remember(company.id, for: domain)
      try await fill(company, .companies, with: values, &record)
    } else {
      try await refuseIfUnsettled(domain)
      record.companyID = try await createCompany(domain, values, &record)
    }
    return record
  }

  private func existingCompany(
    _ domain: String, reading names: [String]
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    if let id = await companies.company(of: domain) {
      if let company = try await client.object(.companies, id, properties: names) { return company }
      await companies.forget(domain)
    }
    return try await company(ofDomain: domain, names.filter { $0 != "domain" } + Self.rankProperties)
  }

  private static let rankProperties = ["domain", "hubspot_owner_id", "hs_lastmodifieddate"]

  private func createCompany(
    _ domain: String, _ values: [String: String], _ record: inout CRMRecord
  ) async throws(HubSpotFailure) -> String? {
    var values = values
    values["domain"] = domain
    let client = client
    do {
      let made = try await save(values, &record) { values async throws(HubSpotFailure) in
        try await client.create(.companies, values)
      }
      if let made { await companies.remember(made.id, for: domain) }
      return made?.id
    } catch {
      guard error.error.outcomeUnknown else { throw error }
      // It may be there, and nothing but the search can tell, in a while.
      await companies.markUnsettled(domain)
      var failure = error
      failure.error.retry = .later(.seconds(CompanyLedger.indexLag))
      throw failure
    }
  }

  private func refuseIfUnsettled(_ domain: String) async throws(HubSpotFailure) {
    guard let wait = await companies.wait(for: domain) else { return }
    throw .unsettled(wait)
  }
}
