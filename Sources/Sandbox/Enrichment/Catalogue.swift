/// A company as the enrichment services know it.
public struct CatalogueCompany: Sendable {
  public var domain: String
  public var name: String
  public var industry: String
  public var employees: Int?
  /// ISO 3166-1, two letters.
  public var country: String
  /// ISO 3166-2 without the country ("CA"), and its name.
  public var state: (code: String, name: String)?
  public var city: String?
  public var founded: Int?
  public var revenue: Int?
  public var technologies: [String] = []
  public var description: String?
  /// Apollo, Clearbit or both.
  public var knownTo: Set<StandIn> = [.apollo, .clearbit]

  public init(
    _ domain: String, _ name: String, _ industry: String, employees: Int?, country: String,
    state: (code: String, name: String)? = nil, city: String? = nil
  ) {
    self.domain = domain
    self.name = name
    self.industry = industry
    self.employees = employees
    self.country = country
    self.state = state
    self.city = city
  }
}

/// A person as the enrichment services know them.
public struct CataloguePerson: Sendable {
  public var email: String
  public var firstName: String
  public var lastName: String
  public var title: String?
  public var seniority: String?
  public var department: String?
  public var knownTo: Set<StandIn> = [.apollo, .clearbit]

  public init(
    _ email: String, _ firstName: String, _ lastName: String, title: String? = nil, seniority: String? = nil,
    department: String? = nil
  ) {
    self.email = email
    self.firstName = firstName
    self.lastName = lastName
    self.title = title
    self.seniority = seniority
    self.department = department
  }

  var domain: String { String(email.drop { $0 != "@" }.dropFirst()) }
}

/// What the enrichment services know.
struct Catalogue: Sendable {
  private(set) var companies: [String: CatalogueCompany] = [:]
  private(set) var people: [String: CataloguePerson] = [:]
  /// Clearbit answers "queued" to the first look-up of everything while set.
  var clearbitQueues = false

  init(companies: [CatalogueCompany] = [], people: [CataloguePerson] = []) {
    for company in companies { add(company) }
    for person in people { add(person) }
  }

  mutating func add(_ company: CatalogueCompany) { companies[company.domain.lowercased()] = company }
  mutating func add(_ person: CataloguePerson) { people[person.email.lowercased()] = person }

  func company(_ domain: String, for service: StandIn) -> CatalogueCompany? {
    guard let company = companies[domain.lowercased()], company.knownTo.contains(service) else { return nil }
    return company
  }

  func person(_ email: String, for service: StandIn) -> CataloguePerson? {
    guard let person = people[email.lowercased()], person.knownTo.contains(service) else { return nil }
    return person
  }
}
