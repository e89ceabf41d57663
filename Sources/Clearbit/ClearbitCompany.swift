import RevOps
import VendorPorts

/// Clearbit's company in our fields. Every field may be missing, null or of another type; then it is unknown.
enum ClearbitCompany {
  /// The registrable domains that it is known by, its own first.
  static func domains(of company: JSONValue) -> [String] {
    let all = [company["domain"]?.string] + (company["domainAliases"]?.array ?? []).map(\.string)
    return all.compactMap { $0.flatMap { Domain.registrable($0) } }
  }

  static func company(_ company: JSONValue) -> Enrichment.Company {
    let place = ClearbitPlace(company["geo"])
    let metrics = company["metrics"]
    return Enrichment.Company(
      name: company["name"]?.string, domain: domains(of: company).first,
      industry: company["category"]?["industry"]?.string ?? company["category"]?["industryGroup"]?.string,
      employees: metrics?["employees"]?.whole, annualRevenue: metrics?["annualRevenue"]?.whole,
      foundedYear: company["foundedYear"]?.whole, technologies: company["tech"]?.array?.compactMap(\.string) ?? [],
      description: company["description"]?.string, country: place.country, region: place.region, city: place.city,
      linkedinURL: ClearbitProfile.url(company["linkedin"]))
  }
}
