import RevOps

/// Clearbit's company in our fields. Every field may be missing, null or of another type; then it is unknown.
enum ClearbitCompany {
  /// Without a domain of the lead's there is nothing to compare with, and the company is the matched person's.
  static func isAbout(_ domain: String?, _ company: JSONValue) -> Bool {
    guard let domain else { return true }
    let aliases = company["domainAliases"]?.array?.compactMap(\.string) ?? []
    let all = aliases + [company["domain"]?.string].compactMap { $0 }
    return all.contains { Domain.registrable($0) == domain }
  }

  /// - Parameter domain: the lead's, under which the company was found; it may be one of its aliases.
  static func company(_ company: JSONValue, domain: String?) -> Enrichment.Company {
    let place = ClearbitPlace(company["geo"])
    let metrics = company["metrics"]
    return Enrichment.Company(
      name: company["name"]?.string, domain: domain ?? company["domain"]?.string.flatMap { Domain.registrable($0) },
      industry: company["category"]?["industry"]?.string ?? company["category"]?["industryGroup"]?.string,
      employees: metrics?["employees"]?.whole, annualRevenue: metrics?["annualRevenue"]?.whole,
      foundedYear: company["foundedYear"]?.whole, technologies: company["tech"]?.array?.compactMap(\.string) ?? [],
      description: company["description"]?.string, country: place.country, region: place.region, city: place.city,
      linkedinURL: ClearbitProfile.url(company["linkedin"]))
  }
}

extension JSONValue {
  /// A whole number, also where it was written with a fraction.
  fileprivate var whole: Int? { int ?? double.flatMap { Int(exactly: $0.rounded()) } }
}
