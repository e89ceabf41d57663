extension Enrichment {
  /// Takes from `other` what is unknown here, field by field, each with its source.
  public mutating func fill(from other: Enrichment) {
    if let theirs = other.company {
      var mine = company ?? Company()
      fill(&mine.name, theirs.name, "company.name", other)
      fill(&mine.domain, theirs.domain, "company.domain", other)
      fill(&mine.industry, theirs.industry, "company.industry", other)
      fill(&mine.employees, theirs.employees, "company.employees", other)
      fill(&mine.annualRevenue, theirs.annualRevenue, "company.annual_revenue", other)
      fill(&mine.foundedYear, theirs.foundedYear, "company.founded_year", other)
      fill(&mine.description, theirs.description, "company.description", other)
      fill(&mine.linkedinURL, theirs.linkedinURL, "company.linkedin_url", other)
      fillPlace(&mine, theirs, other)
      if mine.technologies.isEmpty, !theirs.technologies.isEmpty {
        mine.technologies = theirs.technologies
        sources["company.technologies"] = other.sources["company.technologies"]
      }
      company = mine
    }
    guard let theirs = other.person else { return }
    var mine = person ?? Person()
    fill(&mine.fullName, theirs.fullName, "person.full_name", other)
    fill(&mine.title, theirs.title, "person.title", other)
    fill(&mine.seniority, theirs.seniority, "person.seniority", other)
    fill(&mine.department, theirs.department, "person.department", other)
    fill(&mine.phone, theirs.phone, "person.phone", other)
    fill(&mine.linkedinURL, theirs.linkedinURL, "person.linkedin_url", other)
    fillPlace(&mine, theirs, other)
    person = mine
  }

  private mutating func fill<Value>(_ mine: inout Value?, _ theirs: Value?, _ name: String, _ other: Enrichment) {
    guard mine == nil, let theirs else { return }
    mine = theirs
    sources[name] = other.sources[name]
  }

  /// A region belongs to its country: the two come from one source or not at all.
  private mutating func fillPlace(_ mine: inout Company, _ theirs: Company, _ other: Enrichment) {
    let samePlace = mine.country == nil || mine.country == theirs.country
    fill(&mine.country, theirs.country, "company.country", other)
    guard samePlace else { return }
    fill(&mine.region, theirs.region, "company.region", other)
    fill(&mine.city, theirs.city, "company.city", other)
  }

  private mutating func fillPlace(_ mine: inout Person, _ theirs: Person, _ other: Enrichment) {
    let samePlace = mine.country == nil || mine.country == theirs.country
    fill(&mine.country, theirs.country, "person.country", other)
    guard samePlace else { return }
    fill(&mine.region, theirs.region, "person.region", other)
    fill(&mine.city, theirs.city, "person.city", other)
  }
}
