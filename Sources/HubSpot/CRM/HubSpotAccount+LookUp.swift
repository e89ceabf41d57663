import Foundation
import RevOps

/// What the CRM knows of a person and their company.
///
/// The person's side and the company's side are asked at the same time, then the open deals: three calls, one after
/// another, in the usual cases. Only exact equality counts as a match: a domain that looks alike inherits nothing.
extension HubSpotAccount {
  /// A company, how it was found, and the ids of its deals.
  private struct KnownAccount: Sendable {
    var company: HubSpotObject
    var matchedBy: String
    /// Why this one, where there were several.
    var note: String?
    var deals: [String]
  }

  static let contactProperties = [
    "email", "hs_additional_emails", "hubspot_owner_id", "lifecyclestage", "hs_lead_status", "hs_email_optout",
    "associatedcompanyid",
  ]
  static let dealProperties = ["hs_is_closed", "hubspot_owner_id", "createdate"]

  func lookUp(_ query: CRM.Query) async throws(HubSpotFailure) -> CRMFacts {
    async let contactSide = attempt { () async throws(HubSpotFailure) in try await findContact(query.email) }
    async let companySide = attempt { () async throws(HubSpotFailure) in try await findAccount(query) }
    async let repList = attempt { () async throws(HubSpotFailure) in try await reps() }
    let contact = try await contactSide.get()
    let known = try await account(of: contact, else: try await companySide.get())
    remember(query, contact, known?.company)
    let openDeal = try await newestOpenDeal(among: (contact?.associated(.deals) ?? []) + (known?.deals ?? []))
    return facts(contact, known, openDeal, try await repList.get())
  }

  // MARK: The person

  private func findContact(_ email: String) async throws(HubSpotFailure) -> HubSpotObject? {
    // Somebody asks for a company.
    if email.isEmpty { return nil }
    if let found = try await calls.contactsByEmail(email) { return try await withLinks(found) }
    guard let id = try await contactID(withAddress: email) else { return nil }
    return try await client.object(.contacts, id, properties: Self.contactProperties, with: [.companies, .deals])
  }

  private func withLinks(_ found: GatheredCalls.FoundContact) async throws(HubSpotFailure) -> HubSpotObject {
    guard !found.hasLinks else { return found.object }
    var contact = found.object
    let id = contact.id
    async let companies = attempt { () async throws(HubSpotFailure) in try await calls.companiesOfContacts(id) }
    async let deals = attempt { () async throws(HubSpotFailure) in try await calls.dealsOfContacts(id) }
    contact.associations = [
      ObjectKind.companies.rawValue: try await companies.get(), ObjectKind.deals.rawValue: try await deals.get(),
    ]
    return contact
  }

  /// The contact who has the address as a further one, which reading by `email` does not find. For finding only: the
  /// index lags, so nobody may conclude from its silence that a contact has to be made.
  func contactID(withAddress email: String) async throws(HubSpotFailure) -> String? {
    try await calls.contactsByAddress(email.lowercased()).min { RecordID.precedes($0.id, $1.id) }?.id
  }

  /// The write-back of the lead comes in seconds: it need not ask again.
  private func remember(_ query: CRM.Query, _ contact: HubSpotObject?, _ company: HubSpotObject?) {
    let now = client.now()
    if contact == nil { sightings.absentContacts.note(OwnerDirectory.fold(query.email), (), at: now) }
    if let company {
      sightings.companies.note(company.id, company, at: now)
    } else if let domain = query.domain {
      sightings.absentDomains.note(domain, (), at: now)
    }
  }

  // MARK: The company

  private func findAccount(_ query: CRM.Query) async throws(HubSpotFailure) -> KnownAccount? {
    let matchedBy = query.domain == nil ? "name" : "domain"
    let companies = try await findCompanies(query)
    guard let company = best(companies) else { return nil }
    let deals = try await calls.dealsOfCompanies(company.id)
    return KnownAccount(
      company: company, matchedBy: matchedBy, note: why(company, of: companies), deals: deals)
  }

  /// A person with a domain of their own belongs to nobody's account by the name they type: anybody can type a name.
  private func findCompanies(_ query: CRM.Query) async throws(HubSpotFailure) -> [HubSpotObject] {
    if let domain = query.domain { return try await calls.companiesByDomain(domain) }
    guard let name = query.company else { return [] }
    let wanted = CompanyName(name)
    guard !wanted.key.isEmpty else { return [] }
    let words = wanted.words.prefix(Self.mostFilters).map { SearchFilter("name", word: $0) }
    let found = try await client.search(
      .companies, groups: [[SearchFilter("name", equals: name)], Array(words)], properties: CompanyProperties.read)
    return found.filter { company in
      company.properties["name"].map { CompanyName($0).isSame(as: wanted) } ?? false
    }
  }

  /// HubSpot's limit for one group.
  private static let mostFilters = 6

  /// The company with exactly that domain, in ASCII form.
  func company(ofDomain domain: String) async throws(HubSpotFailure) -> HubSpotObject? {
    best(try await calls.companiesByDomain(domain))
  }

  /// Which of several companies is meant: one that somebody owns, then the one changed last, then the oldest.
  private func best(_ companies: [HubSpotObject]) -> HubSpotObject? {
    companies.min { left, right in
      let leftIsOwned = left.owner != nil
      guard leftIsOwned == (right.owner != nil) else { return leftIsOwned }
      let leftTime = left.properties["hs_lastmodifieddate"] ?? ""
      let rightTime = right.properties["hs_lastmodifieddate"] ?? ""
      return leftTime == rightTime ? RecordID.precedes(left.id, right.id) : leftTime > rightTime
    }
  }

  private func why(_ company: HubSpotObject, of companies: [HubSpotObject]) -> String? {
    guard companies.count > 1 else { return nil }
    let reason =
      if company.owner != nil, companies.count(where: { $0.owner != nil }) == 1 {
        "the only one that somebody owns"
      } else if companies.contains(where: { $0.id != company.id && isAsRecent($0, as: company) }) {
        "the oldest of those changed last"
      } else {
        company.owner == nil ? "the one changed last" : "the one changed last of those that somebody owns"
      }
    return "\(reason) of \(companies.count)"
  }

  private func isAsRecent(_ left: HubSpotObject, as right: HubSpotObject) -> Bool {
    (left.owner == nil) == (right.owner == nil)
      && left.properties["hs_lastmodifieddate"] == right.properties["hs_lastmodifieddate"]
  }

  /// The company that the contact is linked to outranks one found by domain or name.
  private func account(
    of contact: HubSpotObject?, else found: KnownAccount?
  ) async throws(HubSpotFailure) -> KnownAccount? {
    let ids = contact?.associated(.companies) ?? []
    guard !ids.isEmpty else { return found }
    let primary = contact?.properties["associatedcompanyid"]
    if var found, ids.contains(found.company.id), primary == nil || primary == found.company.id {
      found.matchedBy = "contact"
      found.note = nil
      return found
    }
    return try await linkedAccount(ids, primary: primary) ?? found
  }

  private func linkedAccount(
    _ ids: [String], primary: String?
  ) async throws(HubSpotFailure) -> KnownAccount? {
    async let companySide = attempt { () async throws(HubSpotFailure) in
      try await calls.companiesByID(ids)
    }
    async let dealSide = attempt { () async throws(HubSpotFailure) in
      try await client.associated(.companies, ids, to: .deals)
    }
    let companies = try await companySide.get()
    let deals = try await dealSide.get()
    let main = companies.first { $0.id == primary }
    guard let company = main ?? best(companies) else { return nil }
    let several = companies.count > 1 ? "the contact's main company of \(companies.count)" : nil
    return KnownAccount(
      company: company, matchedBy: "contact", note: main == nil ? why(company, of: companies) : several,
      deals: deals[company.id] ?? [])
  }

  // MARK: The deals

  /// The newest deal that is not closed; of more than a hundred, the newest hundred are looked at.
  private func newestOpenDeal(among ids: [String]) async throws(HubSpotFailure) -> HubSpotObject? {
    let newest = ids.uniqued().sorted { RecordID.precedes($1, $0) }.prefix(HubSpotClient.batchSize)
    guard !newest.isEmpty else { return nil }
    let deals = try await calls.deals(Array(newest))
    return deals.filter { $0.properties["hs_is_closed"] != "true" }.max { left, right in
      let leftTime = left.properties["createdate"] ?? ""
      let rightTime = right.properties["createdate"] ?? ""
      return leftTime == rightTime ? RecordID.precedes(left.id, right.id) : leftTime < rightTime
    }
  }

  // MARK: The answer

  private func facts(
    _ contact: HubSpotObject?, _ known: KnownAccount?, _ openDeal: HubSpotObject?, _ reps: RepDirectory
  ) -> CRMFacts {
    var facts = CRMFacts()
    facts.contactID = contact?.id
    facts.contactOwner = reps.rep(contact?.owner)
    facts.lifecycleStage = contact?.lifecycle
    facts.leadStatus = contact?.properties["hs_lead_status"]
    facts.optedOut = contact?.properties["hs_email_optout"] == "true"
    facts.companyID = known?.company.id
    facts.companyName = known?.company.properties["name"]
    facts.matchedBy = known?.matchedBy
    facts.matchNote = known?.note
    facts.accountOwner = reps.rep(known?.company.owner)
    if facts.accountOwner == nil, let owner = facts.contactOwner {
      facts.accountOwner = owner
      facts.matchedBy = "contact"
      facts.matchNote =
        "the contact's own owner, since \(known == nil ? "no company is known" : "the company has none")"
    }
    facts.dealOwner = reps.rep(openDeal?.owner)
    facts.accountStage = stage(contact, known?.company, openDeal)
    return facts
  }

  private func stage(
    _ contact: HubSpotObject?, _ company: HubSpotObject?, _ openDeal: HubSpotObject?
  ) -> AccountStage {
    let customers = ["customer", "evangelist"]
    if [contact, company].contains(where: { customers.contains($0?.lifecycle ?? "") }) { return .customer }
    if openDeal != nil { return .openDeal }
    return contact == nil && company == nil ? .none : .known
  }
}

extension HubSpotObject {
  var owner: String? { properties["hubspot_owner_id"] }
  var lifecycle: String? { properties["lifecyclestage"] }

  /// All e-mail addresses of a contact, folded.
  var addresses: [String] {
    let further = properties["hs_additional_emails"]?.split(separator: ";").map(String.init) ?? []
    return (further + [properties["email"] ?? ""]).map {
      OwnerDirectory.fold($0.trimmingCharacters(in: .whitespaces))
    }
  }
}
