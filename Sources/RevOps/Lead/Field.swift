/// The facts of a lead under their names in JSON and in conditions (`normalized` of the contract).
public enum Field: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
  case email
  case emailType = "email_type"
  case domain
  case company
  case fullName = "full_name"
  case title
  case seniority
  case department
  case phone
  case country
  case region
  case city
  case industry
  case employees
  case annualRevenue = "annual_revenue"
  case foundedYear = "founded_year"
  case technologies
  case description
  case linkedinURL = "linkedin_url"
}

/// Where a value is from. Baton never shows one without it.
public enum Source: String, Codable, Sendable {
  case form
  case apollo
  case clearbit
  case hubspot
  case derived
}
