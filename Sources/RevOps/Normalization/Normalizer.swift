import Foundation

/// Turns what people and providers write into the canonical facts of a lead. The form outranks every provider, field by
/// field; a form value that says nothing, or not what the field should hold, is no value. Nothing is guessed.
public struct Normalizer: Sendable {
  public static let shared = Normalizer()

  public init() {}

  /// Reads the tables, which the first lead would otherwise wait for.
  public func warmUp() {
    _ = normalize(
      payload: LeadPayload(
        email: "a@b.example", title: "x", phone: "+1 212 555 0100", country: "xx xx", state: "no such state",
        city: "no such city", employees: "no number", industry: "x"),
      enrichment: nil, crm: CRMFacts())
  }

  /// Every fact with its source. Depends on nothing but its arguments.
  public func normalize(payload: LeadPayload, enrichment: Enrichment?, crm: CRMFacts) -> LeadFacts {
    var reader = FactReader(payload: payload, enrichment: enrichment, crm: crm)
    return reader.facts()
  }
}

/// Reads the facts of one lead.
struct FactReader {
  let payload: LeadPayload
  let enrichment: Enrichment?
  let crm: CRMFacts
  private let address: EmailAddress?
  private var sources: [Field: Source] = [:]

  init(payload: LeadPayload, enrichment: Enrichment?, crm: CRMFacts) {
    self.payload = payload
    self.enrichment = enrichment
    self.crm = crm
    address = EmailAddress(payload.email)
  }

  mutating func facts() -> LeadFacts {
    var lead = NormalizedLead(email: payload.email, emailType: address?.type ?? .business)
    sources[.email] = .form
    sources[.emailType] = .derived
    identity(&lead)
    role(&lead)
    place(&lead)
    company(&lead)
    return LeadFacts(normalized: lead, sources: sources, payload: payload, crm: crm)
  }

  private mutating func identity(_ lead: inout NormalizedLead) {
    let parts = [payload.firstName, payload.lastName].compactMap { FormValue.shown($0) }
    lead.fullName = take(
      .fullName, FormValue.shown(payload.fullName) ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
    ) { $0.fullName }
    lead.phone = take(.phone, FormValue.meaning(payload.phone)) { $0.phone }
    if let domain = companyDomain() {
      lead.domain = domain
      sources[.domain] = .derived
    }
  }

  /// The e-mail address's, else the website's; never that of a mail provider or of a site where anybody has a page.
  private func companyDomain() -> String? {
    if let address, MailHost.kind(of: address.domain) == nil { return address.registrableDomain }
    guard let host = website(), !MailHost.isNobodys(host) else { return nil }
    return Domain.registrable(host)
  }

  private func website() -> String? { FormValue.meaning(payload.website).flatMap { Domain.host(ofWebsite: $0) } }

  private mutating func role(_ lead: inout NormalizedLead) {
    let title = FormValue.meaning(payload.title)
    lead.title = take(.title, title) { $0.title }
    lead.seniority =
      derive(.seniority, title.flatMap(JobTitle.seniority))
      ?? person(.seniority, enrichment?.person.flatMap(ProviderTitle.seniority))
    let named = title.flatMap(JobTitle.department)
    lead.department =
      derive(.department, named == .other ? nil : named)
      ?? person(.department, enrichment?.person.flatMap(ProviderTitle.department)) ?? derive(.department, named)
  }

  private mutating func company(_ lead: inout NormalizedLead) {
    let company = enrichment?.company
    lead.company =
      form(.company, FormValue.meaning(payload.company)) ?? provided(.company, "company.name", clean(company?.name))
      ?? from(.hubspot, .company, clean(crm.companyName))
    lead.industry =
      form(.industry, FormValue.meaning(payload.industry).flatMap(Industry.canonical))
      ?? provided(.industry, "company.industry", company?.industry.flatMap(Industry.canonical))
    lead.employees =
      form(.employees, FormValue.meaning(payload.employees).flatMap(Headcount.read))
      ?? provided(.employees, "company.employees", company?.employees.flatMap { $0 > 0 ? $0 : nil })
    lead.annualRevenue = provided(.annualRevenue, "company.annual_revenue", company?.annualRevenue)
    lead.foundedYear = provided(.foundedYear, "company.founded_year", company?.foundedYear)
    lead.description = provided(.description, "company.description", clean(company?.description))
    lead.technologies = provided(.technologies, "company.technologies", technologies()) ?? []
    lead.linkedinURL =
      provided(.linkedinURL, "person.linkedin_url", clean(enrichment?.person?.linkedinURL))
      ?? provided(.linkedinURL, "company.linkedin_url", clean(company?.linkedinURL))
  }

  private func technologies() -> [String]? {
    let names = (enrichment?.company?.technologies ?? []).compactMap { clean($0) }
    return names.isEmpty ? nil : names
  }
}

// Where a lead is.
extension FactReader {
  private mutating func place(_ lead: inout NormalizedLead) {
    let city = FormValue.meaning(payload.city)
    let reader = AddressReader(
      AddressReader.Form(
        country: countryValue(), state: FormValue.meaning(payload.state), city: city,
        phone: FormValue.meaning(payload.phone).flatMap(PhonePrefix.country), domain: domainCountry()))
    let person = ProviderPlace(enrichment?.person)
    let company = ProviderPlace(enrichment?.company)
    if let place = reader.place() {
      lead.country = form(.country, place.country)
      lead.region = form(.region, place.region)
    } else {
      lead.country = countryBesideAddress(person, company)
      lead.region = form(.region, lead.country.flatMap { reader.region(in: $0) })
    }
    lead.region =
      lead.region ?? provided(.region, "person.region", person.region(in: lead.country))
      ?? provided(.region, "company.region", company.region(in: lead.country))
    lead.city =
      form(.city, city) ?? provided(.city, "person.city", person.city(in: lead.country, lead.region))
      ?? provided(.city, "company.city", company.city(in: lead.country, lead.region))
  }

  /// `NA` as ISO writes it is Namibia; in any other spelling it is a field left out.
  private func countryValue() -> String? {
    payload.country == "NA" ? "NA" : FormValue.meaning(payload.country)
  }

  private mutating func countryBesideAddress(_ person: ProviderPlace, _ company: ProviderPlace) -> String? {
    derive(.country, FormValue.meaning(payload.phone).flatMap(PhonePrefix.country))
      ?? provided(.country, "person.country", person.country)
      ?? derive(.country, domainCountry()) ?? provided(.country, "company.country", company.country)
  }

  /// A company's domain before a mail provider's: people keep an address when they move.
  private func domainCountry() -> String? {
    let mail = address.flatMap { MailHost.kind(of: $0.domain) }
    if let address, mail == nil, let country = DomainCountry.country(address.domain) { return country }
    if let host = website(), !MailHost.isNobodys(host), let country = DomainCountry.country(host) { return country }
    guard let address, mail == .free else { return nil }
    return DomainCountry.country(address.domain)
  }
}

// Which source gave a fact.
extension FactReader {
  private mutating func from<Value>(_ source: Source, _ field: Field, _ value: Value?) -> Value? {
    if value != nil { sources[field] = source }
    return value
  }

  private mutating func form<Value>(_ field: Field, _ value: Value?) -> Value? { from(.form, field, value) }
  private mutating func derive<Value>(_ field: Field, _ value: Value?) -> Value? { from(.derived, field, value) }

  private mutating func provided<Value>(_ field: Field, _ key: String, _ value: Value?) -> Value? {
    from(enrichment?.sources[key] ?? .derived, field, value)
  }

  private mutating func person<Value>(_ field: Field, _ value: Value?) -> Value? {
    provided(field, "person." + field.rawValue, value)
  }

  /// The form's value, else the person's in the enrichment.
  private mutating func take(_ field: Field, _ value: String?, _ other: (Enrichment.Person) -> String?) -> String? {
    form(field, value) ?? person(field, clean(enrichment?.person.flatMap(other)))
  }

  private func clean(_ text: String?) -> String? { FormValue.shown(text) }
}
