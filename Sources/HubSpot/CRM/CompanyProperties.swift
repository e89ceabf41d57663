import Foundation
import RevOps

/// A lead's company in the properties of a company.
enum CompanyProperties {
  /// What is read of every company: what tells whose account it is, and what a write-back would fill.
  static let read = [
    "name", "domain", "hubspot_owner_id", "lifecyclestage", "hs_lastmodifieddate", "industry", "numberofemployees",
    "annualrevenue", "founded_year", "description",
  ]

  static func values(_ facts: LeadFacts) -> [String: String] {
    let lead = facts.normalized
    let all: [(String, String?)] = [
      ("name", lead.company), ("domain", lead.domain), ("industry", lead.industry),
      ("numberofemployees", lead.employees.map(String.init)), ("annualrevenue", lead.annualRevenue.map(String.init)),
      ("founded_year", lead.foundedYear.map(String.init)), ("description", lead.description),
    ]
    return Dictionary(all.compactMap { name, value in PropertyText.clean(value).map { (name, $0) } }) { first, _ in
      first
    }
  }
}
