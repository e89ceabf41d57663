import Foundation

/// Apollo's enrichment: 200 with null where nothing matches.
enum ApolloService {
  static func operation(_ path: [String]) -> String {
    switch path.suffix(2).joined(separator: "/") {
    case "people/match": "people.match"
    case "organizations/enrich": "organizations.enrich"
    case "auth/health": "auth.health"
    default: "unknown"
    }
  }

  static func answer(_ operation: String, _ inbound: Inbound, key: String, _ catalogue: inout Catalogue) -> Reply {
    guard inbound.headers["x-api-key"] == key else {
      return unauthorized
    }
    if operation != "auth.health", !catalogue.spend(.apollo) {
      return .json(["error": "You have insufficient credits to perform this action."], status: 422)
    }
    switch (inbound.method, operation) {
    case ("POST", "people.match"): return match(inbound, catalogue)
    case ("GET", "organizations.enrich"): return enrich(inbound, catalogue)
    case ("GET", "auth.health"): return .json(["healthy": true, "is_logged_in": true])
    default: return .json(["error": "Not found"], status: 404)
    }
  }

  static let unauthorized = Reply.text("Invalid access credentials.", status: 401)

  private static let limits: [(name: String, value: String)] = [
    ("x-rate-limit-minute", "1000"), ("x-minute-requests-left", "990"), ("x-rate-limit-hourly", ""),
    ("x-hourly-requests-left", ""),
  ]

  private static func match(_ inbound: Inbound, _ catalogue: Catalogue) -> Reply {
    guard let email = inbound.query("email"), email.contains("@") else {
      return .json(["error": "Please provide at least an email."], status: 422)
    }
    let person = catalogue.person(email, for: .apollo).map { json($0, catalogue) } ?? .null
    return .json(["person": person, "request_id": "1"], headers: limits)
  }

  private static func enrich(_ inbound: Inbound, _ catalogue: Catalogue) -> Reply {
    guard let domain = inbound.query("domain"), !domain.isEmpty else {
      return .json(["error": "domain is required"], status: 422)
    }
    let company = catalogue.company(domain, for: .apollo).map(json) ?? .null
    return .json(["organization": company], headers: limits)
  }

  private static func json(_ person: CataloguePerson, _ catalogue: Catalogue) -> JSON {
    let company = catalogue.company(person.domain, for: .apollo)
    return [
      "id": .string("p-" + person.email), "first_name": .string(person.firstName),
      "last_name": .string(person.lastName), "name": .string("\(person.firstName) \(person.lastName)"),
      "title": JSON(person.title), "headline": JSON(person.title), "seniority": JSON(person.seniority),
      "departments": .array([person.department].compactMap { $0 }.map { .string($0) }), "functions": [],
      "email": .string(person.email), "email_status": "verified", "linkedin_url": .null,
      "city": JSON(company?.city), "state": JSON(company?.state?.name),
      "country": JSON(company.map { CountryName.of($0.country) }),
      "organization_id": JSON(company.map { "o-" + $0.domain }), "organization": company.map(json) ?? .null,
      "employment_history": [],
    ]
  }

  private static func json(_ company: CatalogueCompany) -> JSON {
    [
      "id": .string("o-" + company.domain), "name": .string(company.name),
      "website_url": .string("http://www." + company.domain), "primary_domain": .string(company.domain),
      "industry": .string(company.industry.lowercased()), "industries": [.string(company.industry.lowercased())],
      "keywords": [], "estimated_num_employees": company.employees.map { .int($0) } ?? .null,
      "founded_year": company.founded.map { .int($0) } ?? .null,
      "annual_revenue": company.revenue.map { .int($0) } ?? .null,
      "technology_names": .array(company.technologies.map { .string($0) }),
      "short_description": JSON(company.description), "city": JSON(company.city), "state": JSON(company.state?.name),
      "country": .string(CountryName.of(company.country)), "linkedin_url": .null,
    ]
  }
}

/// The English name of a country, as Apollo writes it.
enum CountryName {
  static func of(_ code: String) -> String {
    Locale(identifier: "en_US").localizedString(forRegionCode: code) ?? code
  }
}
