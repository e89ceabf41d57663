import Foundation

extension Enrichment {
  /// What one source said: texts cleaned and bounded, numbers that cannot be true left out, every value attributed.
  /// Nil when nothing is left.
  public init?(company: Company?, person: Person?, from source: Source) {
    let company = company?.bounded
    let person = person?.bounded
    let keys = (company?.knownKeys ?? []).map { "company.\($0)" } + (person?.knownKeys ?? []).map { "person.\($0)" }
    guard !keys.isEmpty else { return nil }
    self.init(
      company: company.flatMap { $0.knownKeys.isEmpty ? nil : $0 },
      person: person.flatMap { $0.knownKeys.isEmpty ? nil : $0 },
      sources: Dictionary(keys.map { ($0, source) }) { first, _ in first })
  }
}

/// What a source said about one person or company, cleaned and bounded: it may be damaged or hostile.
public struct SourceAnswer: Codable, Sendable, Equatable {
  public var person: Enrichment.Person?
  /// The company that was asked for, or the person's employer.
  public var company: Enrichment.Company?
  /// The registrable domains under which the source knows that company.
  public var domains: [String]

  /// Nil when nothing is left.
  public init?(person: Enrichment.Person? = nil, company: Enrichment.Company? = nil, domains: [String] = []) {
    self.person = person.map(\.bounded).flatMap { $0.knownKeys.isEmpty ? nil : $0 }
    self.company = company.map(\.bounded).flatMap { $0.knownKeys.isEmpty ? nil : $0 }
    self.domains = Array(domains.prefix(Bounds.domains))
    if self.person == nil, self.company == nil { return nil }
  }
}

/// How much of a source's text is kept: what people read on a card and conditions can mean, not what a damaged or
/// hostile answer may hold.
private enum Bounds {
  static let text = 300
  static let description = 2_000
  static let technologies = 100
  static let domains = 100
  /// The oldest companies that still trade are from the sixth century.
  static let years = 500...2_200

  static func text(_ text: String?, _ limit: Int = text) -> String? {
    guard let text, !text.isEmpty else { return nil }
    var cleaned = ""
    for scalar in text.unicodeScalars.prefix(limit * 8) {
      cleaned.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    let trimmed = cleaned.trimmingCharacters(in: .whitespaces).prefix(limit)
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  static func count(_ number: Int?) -> Int? { number.flatMap { $0 > 0 ? $0 : nil } }

  /// A profile's address only: a card links to it.
  static func profile(_ url: String?) -> String? {
    guard let url = text(url), let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme),
      let host = parts.host?.lowercased(), host == "linkedin.com" || host.hasSuffix(".linkedin.com"),
      parts.user == nil
    else { return nil }
    return url
  }
}

extension Enrichment.Company {
  fileprivate var bounded: Self {
    Self(
      name: Bounds.text(name), domain: Bounds.text(domain), industry: Bounds.text(industry),
      employees: Bounds.count(employees), annualRevenue: Bounds.count(annualRevenue),
      foundedYear: foundedYear.flatMap { Bounds.years.contains($0) ? $0 : nil },
      technologies: technologies.prefix(Bounds.technologies).compactMap { Bounds.text($0) },
      description: Bounds.text(description, Bounds.description), country: Bounds.text(country),
      region: Bounds.text(region), city: Bounds.text(city), linkedinURL: Bounds.profile(linkedinURL))
  }

  fileprivate var knownKeys: [String] {
    let known: [(CodingKeys, Bool)] = [
      (.name, name != nil), (.domain, domain != nil), (.industry, industry != nil), (.employees, employees != nil),
      (.annualRevenue, annualRevenue != nil), (.foundedYear, foundedYear != nil),
      (.technologies, !technologies.isEmpty), (.description, description != nil), (.country, country != nil),
      (.region, region != nil), (.city, city != nil), (.linkedinURL, linkedinURL != nil),
    ]
    return known.filter(\.1).map(\.0.rawValue)
  }
}

extension Enrichment.Person {
  fileprivate var bounded: Self {
    Self(
      fullName: Bounds.text(fullName), title: Bounds.text(title), seniority: Bounds.text(seniority),
      department: Bounds.text(department), phone: Bounds.text(phone), country: Bounds.text(country),
      region: Bounds.text(region), city: Bounds.text(city), linkedinURL: Bounds.profile(linkedinURL))
  }

  fileprivate var knownKeys: [String] {
    let known: [(CodingKeys, Bool)] = [
      (.fullName, fullName != nil), (.title, title != nil), (.seniority, seniority != nil),
      (.department, department != nil), (.phone, phone != nil), (.country, country != nil), (.region, region != nil),
      (.city, city != nil), (.linkedinURL, linkedinURL != nil),
    ]
    return known.filter(\.1).map(\.0.rawValue)
  }
}
