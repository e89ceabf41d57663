import Foundation

/// What the enrichment sources said, in the field names of the contract, each value with the source it came from.
/// Values are the sources' own words (`"Computer Software"`), except `country` and `region`, which may be names or ISO
/// codes; normalization reads them.
public struct Enrichment: Codable, Sendable, Equatable {
  public struct Company: Codable, Sendable, Equatable {
    public var name: String?
    public var domain: String?
    public var industry: String?
    public var employees: Int?
    public var annualRevenue: Int?
    public var foundedYear: Int?
    public var technologies: [String]
    public var description: String?
    public var country: String?
    public var region: String?
    public var city: String?
    public var linkedinURL: String?

    public init(
      name: String? = nil, domain: String? = nil, industry: String? = nil, employees: Int? = nil,
      annualRevenue: Int? = nil, foundedYear: Int? = nil, technologies: [String] = [],
      description: String? = nil, country: String? = nil, region: String? = nil, city: String? = nil,
      linkedinURL: String? = nil
    ) {
      self.name = name
      self.domain = domain
      self.industry = industry
      self.employees = employees
      self.annualRevenue = annualRevenue
      self.foundedYear = foundedYear
      self.technologies = technologies
      self.description = description
      self.country = country
      self.region = region
      self.city = city
      self.linkedinURL = linkedinURL
    }

    enum CodingKeys: String, CodingKey {
      case name, domain, industry, employees, technologies, description, country, region, city
      case annualRevenue = "annual_revenue"
      case foundedYear = "founded_year"
      case linkedinURL = "linkedin_url"
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decodeIfPresent(String.self, forKey: .name)
      domain = try container.decodeIfPresent(String.self, forKey: .domain)
      industry = try container.decodeIfPresent(String.self, forKey: .industry)
      employees = try container.decodeIfPresent(Int.self, forKey: .employees)
      annualRevenue = try container.decodeIfPresent(Int.self, forKey: .annualRevenue)
      foundedYear = try container.decodeIfPresent(Int.self, forKey: .foundedYear)
      technologies = try container.decodeIfPresent([String].self, forKey: .technologies) ?? []
      description = try container.decodeIfPresent(String.self, forKey: .description)
      country = try container.decodeIfPresent(String.self, forKey: .country)
      region = try container.decodeIfPresent(String.self, forKey: .region)
      city = try container.decodeIfPresent(String.self, forKey: .city)
      linkedinURL = try container.decodeIfPresent(String.self, forKey: .linkedinURL)
    }
  }

  public struct Person: Codable, Sendable, Equatable {
    public var fullName: String?
    public var title: String?
    /// The provider's own word (`vp`, `executive`).
    public var seniority: String?
    public var department: String?
    public var phone: String?
    public var country: String?
    public var region: String?
    public var city: String?
    public var linkedinURL: String?

    public init(
      fullName: String? = nil, title: String? = nil, seniority: String? = nil, department: String? = nil,
      phone: String? = nil, country: String? = nil, region: String? = nil, city: String? = nil,
      linkedinURL: String? = nil
    ) {
      self.fullName = fullName
      self.title = title
      self.seniority = seniority
      self.department = department
      self.phone = phone
      self.country = country
      self.region = region
      self.city = city
      self.linkedinURL = linkedinURL
    }

    enum CodingKeys: String, CodingKey {
      case title, seniority, department, phone, country, region, city
      case fullName = "full_name"
      case linkedinURL = "linkedin_url"
    }
  }

  public var company: Company?
  public var person: Person?
  /// Which source gave each value: `company.employees` → apollo. A value without an entry counts as `derived`.
  public var sources: [String: Source]

  public init(company: Company? = nil, person: Person? = nil, sources: [String: Source] = [:]) {
    self.company = company
    self.person = person
    self.sources = sources
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    company = try container.decodeIfPresent(Company.self, forKey: .company)
    person = try container.decodeIfPresent(Person.self, forKey: .person)
    sources = try container.decodeIfPresent([String: Source].self, forKey: .sources) ?? [:]
  }

  enum CodingKeys: String, CodingKey { case company, person, sources }
}

/// How far the company has come with us, as the CRM shows it.
public enum AccountStage: String, Codable, Sendable, CaseIterable {
  case customer
  case openDeal = "open_deal"
  case known
  case none
}

/// What the CRM knows of the person and the company. Owners are folded e-mail
/// addresses, those by which the configuration knows them.
public struct CRMFacts: Codable, Sendable, Equatable {
  public var accountOwner: String?
  public var dealOwner: String?
  public var accountStage: AccountStage
  /// Nil: unknown to the CRM. These ids are what the write-back starts from.
  public var contactID: String?
  public var companyID: String?
  public var companyName: String?
  /// How the account was found: `contact`, `domain`, `name`; nil when it was not.
  public var matchedBy: String?
  /// Why this account and no other, where several came into question.
  public var matchNote: String?
  public var contactOwner: String?
  public var lifecycleStage: String?
  public var leadStatus: String?
  public var optedOut: Bool
  /// False: the CRM could not be asked ("account not checked").
  public var checked: Bool

  public init(
    accountOwner: String? = nil, dealOwner: String? = nil, accountStage: AccountStage = .none,
    contactID: String? = nil, companyID: String? = nil, companyName: String? = nil, matchedBy: String? = nil,
    contactOwner: String? = nil, lifecycleStage: String? = nil, leadStatus: String? = nil,
    optedOut: Bool = false, checked: Bool = true
  ) {
    self.accountOwner = accountOwner
    self.dealOwner = dealOwner
    self.accountStage = accountStage
    self.contactID = contactID
    self.companyID = companyID
    self.companyName = companyName
    self.matchedBy = matchedBy
    self.contactOwner = contactOwner
    self.lifecycleStage = lifecycleStage
    self.leadStatus = leadStatus
    self.optedOut = optedOut
    self.checked = checked
  }

  /// The CRM is off or did not answer.
  public static let notChecked = CRMFacts(checked: false)

  enum CodingKeys: String, CodingKey {
    case checked
    case accountOwner = "account_owner"
    case dealOwner = "deal_owner"
    case accountStage = "account_stage"
    case contactID = "contact_id"
    case companyID = "company_id"
    case companyName = "company_name"
    case matchedBy = "matched_by"
    case matchNote = "match_note"
    case contactOwner = "contact_owner"
    case lifecycleStage = "lifecycle_stage"
    case leadStatus = "lead_status"
    case optedOut = "opted_out"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    accountOwner = try container.decodeIfPresent(String.self, forKey: .accountOwner)
    dealOwner = try container.decodeIfPresent(String.self, forKey: .dealOwner)
    accountStage = try container.decodeIfPresent(AccountStage.self, forKey: .accountStage) ?? .none
    contactID = try container.decodeIfPresent(String.self, forKey: .contactID)
    companyID = try container.decodeIfPresent(String.self, forKey: .companyID)
    companyName = try container.decodeIfPresent(String.self, forKey: .companyName)
    matchedBy = try container.decodeIfPresent(String.self, forKey: .matchedBy)
    matchNote = try container.decodeIfPresent(String.self, forKey: .matchNote)
    contactOwner = try container.decodeIfPresent(String.self, forKey: .contactOwner)
    lifecycleStage = try container.decodeIfPresent(String.self, forKey: .lifecycleStage)
    leadStatus = try container.decodeIfPresent(String.self, forKey: .leadStatus)
    optedOut = try container.decodeIfPresent(Bool.self, forKey: .optedOut) ?? false
    checked = try container.decodeIfPresent(Bool.self, forKey: .checked) ?? true
  }
}
