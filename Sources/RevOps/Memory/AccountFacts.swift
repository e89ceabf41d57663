/// What two accounts can be compared by. Canonical names throughout; an unknown fact is nil or empty.
public struct AccountFacts: Sendable, Equatable {
  /// Of `Industry.names`.
  public var industry: String?
  /// ISO 3166-1 alpha-2.
  public var country: String?
  /// ISO 3166-2.
  public var region: String?
  public var employees: Int?
  /// Of the person who asked: who buys is part of what an account is like.
  public var department: Department?
  public var seniority: Seniority?
  public var technologies: [String]
  /// What the company says of itself and what was asked for; only their words count (`TopicWords`).
  public var texts: [String]

  public init(
    industry: String? = nil, country: String? = nil, region: String? = nil, employees: Int? = nil,
    department: Department? = nil, seniority: Seniority? = nil, technologies: [String] = [], texts: [String] = []
  ) {
    self.industry = industry
    self.country = country
    self.region = region
    self.employees = employees
    self.department = department
    self.seniority = seniority
    self.technologies = technologies
    self.texts = texts
  }

  public init(_ facts: LeadFacts) {
    let lead = facts.normalized
    self.init(
      industry: lead.industry, country: lead.country, region: lead.region, employees: lead.employees,
      department: lead.department, seniority: lead.seniority, technologies: lead.technologies,
      texts: [lead.description, facts.payload.product, facts.payload.message].compactMap { $0 })
  }

  /// The few facts that memory keeps in words.
  public init(_ memory: AccountMemory) {
    self.init(industry: memory.industry, country: memory.country, employees: memory.employees)
  }
}
