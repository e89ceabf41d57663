import Foundation
import RevOps
import VendorPorts

/// Apollo's organization in our fields. Every field may be missing, null or of another type; then it is unknown.
enum ApolloOrganization {
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
  static func domain(of organization: JSONValue) -> String? {
    organization["primary_domain"]?.string.flatMap { Domain.registrable($0) }
      ?? organization["website_url"]?.string.flatMap { Domain.host(ofWebsite: $0) }.flatMap { Domain.registrable($0) }
  }
}
