/// The effective value of each fact in canonical names (countries as ISO 3166-1 alpha-2, regions as ISO 3166-2, …).
/// An unknown one is nil and is encoded as `null`; a list is empty.
public struct NormalizedLead: Codable, Sendable, Equatable {
  /// As typed, without surrounding blanks.
  public var email: String
  public var emailType: EmailType
  /// Registrable domain in ASCII (`acme.co.uk`, `xn--…`); nil when only a mail provider's is known.
  public var domain: String?
  public var company: String?
  public var fullName: String?
  public var title: String?
  public var seniority: Seniority?
  public var department: Department?
  public var phone: String?
  public var country: String?
  public var region: String?
  public var city: String?
  /// A canonical industry name (`Industry.names`).
  public var industry: String?
  public var employees: Int?
  /// Whole units of the provider's currency (US dollars).
  public var annualRevenue: Int?
  public var foundedYear: Int?
  public var technologies: [String]
  public var description: String?
  public var linkedinURL: String?

  public init(
    email: String, emailType: EmailType, domain: String? = nil, company: String? = nil, fullName: String? = nil,
    title: String? = nil, seniority: Seniority? = nil, department: Department? = nil, phone: String? = nil,
    country: String? = nil, region: String? = nil, city: String? = nil, industry: String? = nil,
    employees: Int? = nil, annualRevenue: Int? = nil, foundedYear: Int? = nil, technologies: [String] = [],
    description: String? = nil, linkedinURL: String? = nil
  ) {
    self.email = email
    self.emailType = emailType
    self.domain = domain
    self.company = company
    self.fullName = fullName
    self.title = title
    self.seniority = seniority
    self.department = department
    self.phone = phone
    self.country = country
    self.region = region
    self.city = city
    self.industry = industry
    self.employees = employees
    self.annualRevenue = annualRevenue
    self.foundedYear = foundedYear
    self.technologies = technologies
    self.description = description
    self.linkedinURL = linkedinURL
  }

  enum CodingKeys: String, CodingKey {
    case email
    case emailType = "email_type"
    case domain
    case company
    case fullName = "full_name"
    case title
    case seniority
    case department
    case phone
    case country
    case region
    case city
    case industry
    case employees
    case annualRevenue = "annual_revenue"
    case foundedYear = "founded_year"
    case technologies
    case description
    case linkedinURL = "linkedin_url"
  }

  /// Writes every key: the contract promises `null` for an unknown fact, not its absence.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(email, forKey: .email)
    try container.encode(emailType, forKey: .emailType)
    try container.encode(domain, forKey: .domain)
    try container.encode(company, forKey: .company)
    try container.encode(fullName, forKey: .fullName)
    try container.encode(title, forKey: .title)
    try container.encode(seniority, forKey: .seniority)
    try container.encode(department, forKey: .department)
    try container.encode(phone, forKey: .phone)
    try container.encode(country, forKey: .country)
    try container.encode(region, forKey: .region)
    try container.encode(city, forKey: .city)
    try container.encode(industry, forKey: .industry)
    try container.encode(employees, forKey: .employees)
    try container.encode(annualRevenue, forKey: .annualRevenue)
    try container.encode(foundedYear, forKey: .foundedYear)
    try container.encode(technologies, forKey: .technologies)
    try container.encode(description, forKey: .description)
    try container.encode(linkedinURL, forKey: .linkedinURL)
  }
}

public enum EmailType: String, Codable, Sendable, CaseIterable {
  case disposable
  case free
  case role
  case business
}

public enum Seniority: String, Codable, Sendable, CaseIterable {
  case founder
  case cLevel = "c_level"
  case vp
  case head
  case director
  case manager
  case senior
  case individual
  case intern
}

public enum Department: String, Codable, Sendable, CaseIterable {
  case executive
  case sales
  case marketing
  case customerSuccess = "customer_success"
  case finance
  case operations
  case engineering
  case it
  case data
  case product
  case security
  case hr
  case legal
  case procurement
  case support
  case research
  case education
  case other
}
