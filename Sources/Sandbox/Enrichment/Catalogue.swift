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
  /// Asked about the one domain, both services answer about the company of the other.
  var confusions: [String: String] = [:]
  /// Look-ups that are still paid for; a service without an entry has no end of them.
  private var credits: [StandIn: Int] = [:]

  init(companies: [CatalogueCompany] = [], people: [CataloguePerson] = []) {
    for company in companies { add(company) }
    for person in people { add(person) }
  }

  mutating func add(_ company: CatalogueCompany) { companies[company.domain.lowercased()] = company }
  mutating func add(_ person: CataloguePerson) { people[person.email.lowercased()] = person }

  mutating func setCredits(_ count: Int?, of service: StandIn) { credits[service] = count }

  /// Whether there is a credit left, which is used up by that.
  mutating func spend(_ service: StandIn) -> Bool {
    guard let left = credits[service] else { return true }
    credits[service] = max(left - 1, 0)
    return left > 0
  }

  func company(_ domain: String, for service: StandIn) -> CatalogueCompany? {
    let domain = domain.lowercased()
    guard let company = companies[confusions[domain] ?? domain], company.knownTo.contains(service) else { return nil }
    return company
  }

  func person(_ email: String, for service: StandIn) -> CataloguePerson? {
    guard let person = people[email.lowercased()], person.knownTo.contains(service) else { return nil }
    return person
  }
}
