import RevOps

/// What is known of a person and a company, in the contract's names.
enum FactDocument {
  static func normalized(_ lead: NormalizedLead) -> JSONValue {
    .object([
      "email": .string(lead.email), "email_type": .string(lead.emailType.rawValue), "domain": .text(lead.domain),
      "company": .text(lead.company), "full_name": .text(lead.fullName), "title": .text(lead.title),
      "seniority": .text(lead.seniority?.rawValue), "department": .text(lead.department?.rawValue),
      "phone": .text(lead.phone), "country": .text(lead.country), "region": .text(lead.region),
      "city": .text(lead.city), "industry": .text(lead.industry), "employees": .whole(lead.employees),
      "annual_revenue": .whole(lead.annualRevenue), "founded_year": .whole(lead.foundedYear),
      "technologies": .texts(lead.technologies), "description": .text(lead.description),
      "linkedin_url": .text(lead.linkedinURL),
    ])
  }

  static func enrichment(_ enrichment: Enrichment) -> JSONValue {
    .object([
      "company": enrichment.company.map(company) ?? .null, "person": enrichment.person.map(person) ?? .null,
    ])
  }

  static func crm(_ facts: CRMFacts) -> JSONValue {
    .object([
      "account_owner": .text(facts.accountOwner), "deal_owner": .text(facts.dealOwner),
      "account_stage": .string(facts.accountStage.rawValue),
    ])
  }

  private static func company(_ company: Enrichment.Company) -> JSONValue {
    .object([
      "name": .text(company.name), "domain": .text(company.domain), "industry": .text(company.industry),
      "employees": .whole(company.employees), "annual_revenue": .whole(company.annualRevenue),
      "founded_year": .whole(company.foundedYear), "technologies": .texts(company.technologies),
      "description": .text(company.description), "country": .text(company.country), "region": .text(company.region),
      "city": .text(company.city), "linkedin_url": .text(company.linkedinURL),
    ])
  }

  private static func person(_ person: Enrichment.Person) -> JSONValue {
    .object([
      "full_name": .text(person.fullName), "title": .text(person.title), "seniority": .text(person.seniority),
      "department": .text(person.department), "phone": .text(person.phone), "country": .text(person.country),
      "region": .text(person.region), "city": .text(person.city), "linkedin_url": .text(person.linkedinURL),
    ])
  }
}
