import Foundation
import RevOps

/// Apollo's organization in our fields. Every field may be missing, null or of another type; then it is unknown.
enum ApolloOrganization {
  /// Without a domain of the lead's there is nothing to compare with, and the organization is what the matched person
  /// says of themselves.
  static func isAbout(_ domain: String?, _ organization: JSONValue) -> Bool {
    guard let domain else { return true }
    return self.domain(of: organization) == domain
  }

  static func company(_ organization: JSONValue) -> Enrichment.Company {
    Enrichment.Company(
      name: organization["name"]?.string, domain: domain(of: organization),
      industry: organization["industry"]?.string ?? organization["industries"]?.array?.first?.string,
      employees: organization["estimated_num_employees"]?.whole, annualRevenue: organization["annual_revenue"]?.whole,
      foundedYear: organization["founded_year"]?.whole,
      technologies: organization["technology_names"]?.array?.compactMap(\.string) ?? [],
      description: organization["short_description"]?.string, country: organization["country"]?.string,
      region: organization["state"]?.string, city: organization["city"]?.string,
      linkedinURL: organization["linkedin_url"]?.string)
  }

  /// Registrable, in ASCII form.
  private static func domain(of organization: JSONValue) -> String? {
    let host =
      organization["primary_domain"]?.string
      ?? organization["website_url"]?.string.flatMap { Domain.host(ofWebsite: $0) }
    return host.flatMap { Domain.registrable($0) }
  }
}

extension JSONValue {
  /// A whole number, also where it was written with a fraction (`1200000.0`).
  fileprivate var whole: Int? { int ?? double.flatMap { Int(exactly: $0.rounded()) } }
}
