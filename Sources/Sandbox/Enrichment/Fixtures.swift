extension Catalogue {
  /// Made-up companies and people, all under the reserved `.example`.
  static let fixtures = Catalogue(companies: americas + europe + rest, people: persons)

  private static let americas: [CatalogueCompany] = [
    company(
      "brightharbor.example", "Bright Harbor Software", "Computer Software", 340, "US", ("CA", "California"), "Oakland"),
    company(
      "prairiefreight.example", "Prairie Freight Lines", "Transportation", 820, "US", ("KS", "Kansas"), "Wichita"),
    company("seaport.example", "Seaport Analytics", "Software", 120, "US", ("MA", "Massachusetts"), "Boston"),
    company("ledgerly.example", "Ledgerly Payments", "FinTech", 640, "US", ("NY", "New York"), "New York"),
    company("oakmedical.example", "Oak Valley Medical", "Hospital & Health Care", 2300, "US", ("OH", "Ohio"), "Dayton"),
    company("tinyforge.example", "Tiny Forge", "Computer Software", 12, "US", ("CO", "Colorado"), "Boulder"),
    company("mapleworks.example", "Mapleworks", "Manufacturing", 410, "CA", ("ON", "Ontario"), "Ottawa"),
    company("cordillera.example", "Cordillera Retail", "Retail", 950, "MX", nil, "Mexico City"),
    company("ipanema.example", "Ipanema Logistics", "Logistics", 1500, "BR", nil, "Rio de Janeiro"),
    company("lakeside.example", "Lakeside University", "Higher Education", 4200, "US", ("MI", "Michigan"), "Ann Arbor"),
  ]

  private static let europe: [CatalogueCompany] = [
    company("acmebank.example", "Acme Bank", "Banking", 850, "DE", ("HE", "Hessen"), "Frankfurt"),
    company("nordwerk.example", "Nordwerk Maschinenbau", "Machinery", 1200, "DE", ("HH", "Hamburg"), "Hamburg"),
    company("alpenglow.example", "Alpenglow Software", "Software", 75, "AT", ("9", "Wien"), "Vienna"),
    company("lacleman.example", "Lac Leman Assurance", "Insurance", 480, "CH", ("GE", "Genève"), "Geneva"),
    company("boulanger.example", "Boulanger Frères", "Food & Beverages", 260, "FR", ("IDF", "Île-de-France"), "Paris"),
    company("thistle.example", "Thistle Energy", "Oil & Energy", 3100, "GB", ("SCT", "Scotland"), "Aberdeen"),
    company("liffey.example", "Liffey Labs", "Computer Software", 34, "IE", ("D", "Dublin"), "Dublin"),
    company("tulip.example", "Tulip Commerce", "E-commerce", 220, "NL", nil, "Utrecht"),
    company("fjord.example", "Fjord Shipping", "Maritime", 560, "NO", nil, "Bergen"),
    company("sorrento.example", "Sorrento Fashion", "Apparel & Fashion", 700, "IT", nil, "Naples"),
  ]

  private static let rest: [CatalogueCompany] = [
    company("vistula.example", "Vistula Telecom", "Telecommunications", 2700, "PL", nil, "Warsaw"),
    company("harbourline.example", "Harbourline", "Logistics", 380, "AU", ("NSW", "New South Wales"), "Sydney"),
    company("sakura.example", "Sakura Robotics", "Industrial Automation", 890, "JP", nil, "Osaka"),
    company("lotus.example", "Lotus Cloud", "Internet", 1400, "SG", nil, "Singapore"),
    company("savanna.example", "Savanna Solar", "Renewables & Environment", 190, "KE", nil, "Nairobi"),
    company("rivalplan.example", "Rivalplan", "Software", 300, "US", ("WA", "Washington"), "Seattle"),
  ]

  private static let persons: [CataloguePerson] = [
    person("ada.morris@brightharbor.example", "Ada", "Morris", "VP Revenue Operations", "vp", "operations"),
    person("bjorn.keller@prairiefreight.example", "Bjorn", "Keller", "Director of Finance", "director", "finance"),
    person("celia.ramos@seaport.example", "Celia", "Ramos", "Head of Sales", "head", "sales"),
    person("omar.diaz@ledgerly.example", "Omar", "Diaz", "Chief Operating Officer", "c_suite", "operations"),
    person("joan.fields@oakmedical.example", "Joan", "Fields", "Director of IT", "director", "information_technology"),
    person("eva.schmidt@acmebank.example", "Eva", "Schmidt", "CTO", "c_suite", "engineering"),
    person("karl.jansen@nordwerk.example", "Karl", "Jansen", "Leiter Vertrieb", "head", "sales"),
    person("lucie.rochat@lacleman.example", "Lucie", "Rochat", "Directrice commerciale", "director", "sales"),
    person("fiona.ross@thistle.example", "Fiona", "Ross", "Finance Manager", "manager", "finance"),
    person("hana.kobayashi@sakura.example", "Hana", "Kobayashi", "Sales Manager", "manager", "sales"),
    person("rui.costa@ipanema.example", "Rui", "Costa", "CFO", "c_suite", "finance"),
  ]

  private static func company(
    _ domain: String, _ name: String, _ industry: String, _ employees: Int, _ country: String,
    _ state: (code: String, name: String)?, _ city: String
  ) -> CatalogueCompany {
    var company = CatalogueCompany(
      domain, name, industry, employees: employees, country: country, state: state, city: city)
    company.founded = 1990 + employees % 30
    company.revenue = employees * 150_000
    company.technologies = employees > 500 ? ["aws", "salesforce"] : ["hubspot", "google_workspace"]
    company.description = "\(name) of \(city)."
    // A few are known to the second provider alone, so that asking it in turn is seen to help.
    if ["tulip.example", "liffey.example"].contains(domain) { company.knownTo = [.clearbit] }
    return company
  }

  private static func person(
    _ email: String, _ first: String, _ last: String, _ title: String, _ seniority: String, _ department: String
  ) -> CataloguePerson {
    CataloguePerson(email, first, last, title: title, seniority: seniority, department: department)
  }
}
