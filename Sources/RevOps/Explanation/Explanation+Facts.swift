extension Explanation {
  /// What was read of the lead, each fact with where it is from; what is unknown is said.
  public static func facts(_ facts: LeadFacts) -> [Line] {
    let lead = facts.normalized
    let values: [(Field, String?)] = [
      (.email, lead.email), (.emailType, lead.emailType.rawValue), (.domain, lead.domain), (.company, lead.company),
      (.fullName, lead.fullName), (.title, lead.title), (.seniority, lead.seniority?.rawValue),
      (.department, lead.department?.rawValue), (.country, lead.country), (.region, lead.region),
      (.city, lead.city), (.industry, lead.industry), (.employees, lead.employees.map { String($0) }),
    ]
    return values.map { field, value in
      let source = facts.sources[field].map { " (\($0.rawValue))" } ?? ""
      return Line(.note, "\(field.rawValue): \(value.map { shortened($0) + source } ?? "unknown")")
    }
  }
}
