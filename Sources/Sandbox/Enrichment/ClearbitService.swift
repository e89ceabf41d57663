import Foundation

/// Clearbit's enrichment: 404 where nothing is known, 202 while it still looks.
enum ClearbitService {
  static func operation(_ path: [String]) -> String {
    switch path.suffix(2).joined(separator: "/") {
    case "combined/find": "combined.find"
    case "companies/find": "companies.find"
    case "people/find": "people.find"
    default: "unknown"
    }
  }

  static func answer(_ operation: String, _ inbound: Inbound, key: String, _ catalogue: inout Catalogue) -> Reply {
    guard authorized(inbound, key) else {
      return unauthorized
    }
    guard catalogue.spend(.clearbit) else {
      return refusal(402, "over_quota", "You have exceeded your monthly quota.")
    }
    if catalogue.clearbitQueues {
      return refusal(202, "queued", "Your request has been accepted and is being processed.")
    }
    switch (inbound.method, operation) {
    case ("GET", "combined.find"): return combined(inbound, catalogue)
    case ("GET", "companies.find"): return company(inbound, catalogue)
    default: return refusal(404, "unknown_route", "No such route.")
    }
  }

  static let unauthorized = refusal(401, "auth_invalid", "Invalid API key provided.")

  /// Basic authentication with the key as user name, or the key as bearer.
  private static func authorized(_ inbound: Inbound, _ key: String) -> Bool {
    let basic = "Basic " + Data("\(key):".utf8).base64EncodedString()
    return inbound.headers["authorization"] == basic || inbound.bearer == key
  }

  private static func refusal(_ status: Int, _ type: String, _ message: String) -> Reply {
    .json(["error": ["type": .string(type), "message": .string(message)]], status: status)
  }

  private static let unknown = refusal(404, "unknown_record", "Unknown record.")

  private static func combined(_ inbound: Inbound, _ catalogue: Catalogue) -> Reply {
    guard let email = inbound.query("email"), let at = email.lastIndex(of: "@") else {
      return refusal(422, "email_invalid", "Invalid email.")
    }
    let person = catalogue.person(email, for: .clearbit)
    let company = catalogue.company(String(email[email.index(after: at)...]), for: .clearbit)
    if person == nil, company == nil { return unknown }
    return .json(["person": person.map { json($0, company) } ?? .null, "company": company.map(json) ?? .null])
  }

  private static func company(_ inbound: Inbound, _ catalogue: Catalogue) -> Reply {
    guard let domain = inbound.query("domain"), domain.contains(".") else {
      return refusal(422, "domain_invalid", "Invalid domain.")
    }
    return catalogue.company(domain, for: .clearbit).map { .json(json($0)) } ?? unknown
  }

  private static func json(_ person: CataloguePerson, _ company: CatalogueCompany?) -> JSON {
    [
      "id": .string("cp-" + person.email), "fuzzy": false, "email": .string(person.email),
      "name": [
        "fullName": .string("\(person.firstName) \(person.lastName)"), "givenName": .string(person.firstName),
        "familyName": .string(person.lastName),
      ],
      "location": JSON(company?.city), "geo": company.map(geo) ?? .null, "timeZone": .null,
      "employment": [
        "name": JSON(company?.name), "domain": JSON(company?.domain), "title": JSON(person.title),
        "role": JSON(person.department), "subRole": .null, "seniority": JSON(rank(person.seniority)),
      ],
      "linkedin": ["handle": .null], "emailProvider": false,
    ]
  }

  /// Clearbit knows three ranks.
  private static func rank(_ seniority: String?) -> String? {
    switch seniority {
    case "c_suite", "vp", "founder": "executive"
    case "director", "head": "director"
    case "manager": "manager"
    default: nil
    }
  }

  private static func geo(_ company: CatalogueCompany) -> JSON {
    [
      "city": JSON(company.city), "state": JSON(company.state?.name), "stateCode": JSON(company.state?.code),
      "country": .string(CountryName.of(company.country)), "countryCode": .string(company.country),
    ]
  }

  private static func json(_ company: CatalogueCompany) -> JSON {
    [
      "id": .string("cc-" + company.domain), "name": .string(company.name), "legalName": .string(company.name),
      "domain": .string(company.domain), "domainAliases": [], "type": "private", "tags": [],
      "category": [
        "sector": .null, "industryGroup": .null, "industry": .string(company.industry), "subIndustry": .null,
      ],
      "description": JSON(company.description), "foundedYear": company.founded.map { .int($0) } ?? .null,
      "geo": geo(company), "linkedin": ["handle": .null],
      "metrics": [
        "employees": company.employees.map { .int($0) } ?? .null, "employeesRange": .null,
        "annualRevenue": company.revenue.map { .int($0) } ?? .null, "estimatedAnnualRevenue": .null, "raised": .null,
      ],
      "tech": .array(company.technologies.map { .string($0) }),
    ]
  }
}
