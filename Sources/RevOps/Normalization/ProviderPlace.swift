/// Where a provider says that a person or a company is.
struct ProviderPlace {
  private(set) var country: String?
  private var region: String?
  private var city: String?

  init(_ person: Enrichment.Person?) { self.init(person?.country, person?.region, person?.city) }

  init(_ company: Enrichment.Company?) { self.init(company?.country, company?.region, company?.city) }

  private init(_ country: String?, _ region: String?, _ city: String?) {
    self.city = FormValue.shown(city)
    let named = region.flatMap { Region.firstLevel($0.uppercased()) }
    self.country = country.flatMap { Country.code(named: $0) } ?? named.map(Region.country)
    guard let here = self.country else { return }
    self.region = region.flatMap { Region.code(named: $0, country: here) }
  }

  /// The region, if the lead is in the same country.
  func region(in lead: String?) -> String? { lead != nil && lead == country ? region : nil }

  /// The city, if it is in the same country and not in another part of it.
  func city(in lead: String?, _ part: String?) -> String? {
    guard lead != nil, lead == country else { return nil }
    return part == nil || region == nil || part == region ? city : nil
  }
}

/// Providers' words for seniority and department.
enum ProviderTitle {
  /// The provider's level; a title that says a higher one is more exact than a coarse `executive`.
  static func seniority(_ person: Enrichment.Person) -> Seniority? {
    let titled = person.title.flatMap(JobTitle.seniority)
    guard let word = person.seniority.map({ TextFolding.key($0) }), !word.isEmpty else { return titled }
    if word == "executive" { return titled.flatMap { [.founder, .cLevel, .vp].contains($0) ? $0 : nil } ?? .cLevel }
    return levels[word] ?? Seniority(rawValue: word.replacing(" ", with: "_")) ?? titled
  }

  static func department(_ person: Enrichment.Person) -> Department? {
    let word = person.department.map { TextFolding.key($0) } ?? ""
    return departments[word] ?? Department(rawValue: word.replacing(" ", with: "_"))
      ?? (word.isEmpty ? nil : known(DepartmentReading.department(word)))
      ?? known(person.title.flatMap(JobTitle.department))
  }

  private static func known(_ department: Department?) -> Department? { department == .other ? nil : department }

  /// Apollo's and Clearbit's levels that are not ours.
  private static let levels: [String: Seniority] = [
    "owner": .founder, "c suite": .cLevel, "c level": .cLevel, "clevel": .cLevel, "partner": .cLevel,
    "president": .cLevel,
    "vice president": .vp, "entry": .individual, "junior": .individual, "mid": .individual,
    "individual contributor": .individual,
    "training": .intern, "trainee": .intern, "lead": .senior,
  ]

  /// Apollo's (`master_engineering_technical`) and Clearbit's (`health_professional`) departments.
  private static let departments: [String: Department] = [
    "c suite": .executive, "founder": .executive, "management": .executive, "engineering technical": .engineering,
    "master engineering technical": .engineering, "information technology": .it, "master information technology": .it,
    "master sales": .sales, "master marketing": .marketing, "master finance": .finance, "accounting": .finance,
    "human resources": .hr, "master human resources": .hr, "recruiting": .hr, "people": .hr,
    "master operations": .operations,
    "administrative": .operations, "project management": .operations, "quality assurance": .engineering,
    "design": .product,
    "product management": .product, "master legal": .legal, "customer service": .support,
    "business development": .sales,
    "communications": .marketing, "public relations": .marketing, "data science": .data, "consulting": .other,
    "medical health": .other, "health professional": .other, "real estate": .other, "trades": .other,
    "writing": .marketing,
  ]
}
