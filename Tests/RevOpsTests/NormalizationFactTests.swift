import RevOps
import Testing

@Suite struct NormalizationFactTests {
  private func lead(_ payload: LeadPayload, _ enrichment: Enrichment? = nil) -> NormalizedLead {
    Normalizer.shared.normalize(payload: payload, enrichment: enrichment, crm: CRMFacts()).normalized
  }

  @Test(arguments: [
    ("1,200", 1200), ("1.200", 1200), ("1 200", 1200), ("1'200", 1200), ("1’200", 1200), ("1\u{202f}200", 1200),
    ("12,000", 12000),
    ("1.2k", 1200), ("10k+", 10000), ("1,5k", 1500), ("500+", 500), ("~300", 300), ("ca. 300", 300), ("about 300", 300),
    ("300 employees", 300), ("300 Mitarbeiter", 300), ("rund 300 Mitarbeitende", 300), ("environ 40 salariés", 40),
    ("unos 250 empleados", 250), ("cerca de 90 funcionários", 90), ("circa 70 dipendenti", 70), ("約300名", 300),
    ("200人", 200),
    ("직원 50명", 50), ("50 человек", 50), ("just me", 1), ("self-employed", 1), ("Only me!", 1), ("nur ich", 1),
    ("freelancer", 1),
    ("51-200", 51), ("51 – 200", 51), ("51 to 200", 51), ("51 bis 200", 51), ("1-10", 1), ("10001+", 10001),
    ("10,001+", 10001),
    ("1001-5000 employees", 1001), ("1,001 - 5,000", 1001), ("5k-10k", 5000), ("5-10k", 5000), ("more than 1000", 1000),
    ("> 500", 500), ("< 50", 1), ("under 50", 1), ("120.0", 120), ("８５０", 850), ("2 million", 2_000_000),
    ("120 people", 120),
    ("between 50 and 100", 50), ("between 11-50", 11), ("250 FTE", 250), ("300 (approx)", 300), ("1.000 - 5.000", 1000),
    ("300 (2024)", 300), ("1,200 (as of 12/2024)", 1200), ("450 Mitarbeiter (Stand 2023)", 450), ("51-200 (2025)", 51),
    ("250 t/m 499", 250), ("250 tot 499", 250), ("250 tot en met 499", 250), ("10 bis zu 50", 10), ("50 up to 100", 50),
    ("10 hasta 50", 10), ("10 đến 50", 10), ("10 s/d 50", 10),
  ])
  func `reads a headcount`(text: String, count: Int) {
    #expect(lead(LeadPayload(email: "a@b.example", employees: text)).employees == count)
  }

  @Test(arguments: [
    "a lot", "N/A", "many", "0", "-5", "", "12 dogs", "see website", "99999999999", "1.2.3", "2019 founded", "1e3",
    "300 (Berlin 2024, 12345)", "acme (2024)", "20% (2024)", "250 t/m veel",
    "small",
  ])
  func `reads no headcount where there is none`(text: String) {
    #expect(lead(LeadPayload(email: "a@b.example", employees: text)).employees == nil)
    let enrichment = Enrichment(company: .init(employees: 38))
    #expect(lead(LeadPayload(email: "a@b.example", employees: text), enrichment).employees == 38)
  }

  @Test(arguments: [
    ("computer software", "SaaS"), ("EdTech", "SaaS"), ("Software for banks", "SaaS"), ("Cyber Security", "SaaS"),
    ("insurance software", "SaaS"),
    ("COMPUTER_SOFTWARE", "SaaS"), ("INFORMATION_TECHNOLOGY_AND_SERVICES", "IT Services"),
    ("IT-Dienstleister", "IT Services"),
    ("fin-tech", "FinTech"), ("Payments", "FinTech"), ("InsurTech", "FinTech"), ("crypto exchange", "FinTech"),
    ("金融科技", "FinTech"),
    ("Banque", "Banking"), ("Sparkasse", "Banking"), ("Banking & Insurance", "Banking"), ("银行", "Banking"),
    ("Credit Unions", "Banking"),
    ("Versicherung", "Insurance"), ("seguros", "Insurance"), ("Re-insurance", "Insurance"), ("保険業", "Insurance"),
    ("assurances", "Insurance"),
    ("asset management", "Financial Services"), ("Venture Capital & Private Equity", "Financial Services"),
    ("Leasing", "Financial Services"),
    ("Services financiers", "Financial Services"), ("Finanzdienstleistungen", "Financial Services"),
    ("金融", "Financial Services"),
    ("Hospital & Health Care", "Healthcare"), ("HOSPITAL_HEALTH_CARE", "Healthcare"), ("Medizintechnik", "Healthcare"),
    ("santé", "Healthcare"),
    ("Dental clinic", "Healthcare"), ("salud", "Healthcare"), ("医療", "Healthcare"),
    ("Life Sciences", "Pharma & Biotech"), ("制药", "Pharma & Biotech"),
    ("Higher Education", "Education"), ("Primary/Secondary Education", "Education"), ("Universität", "Education"),
    ("educación", "Education"),
    ("non profit", "Nonprofit"), ("ONG", "Nonprofit"), ("Nonprofit Organization Management", "Nonprofit"),
    ("gemeinnützig", "Nonprofit"),
    ("Government Administration", "Government"), ("öffentliche Verwaltung", "Government"),
    ("secteur public", "Government"),
    ("Einzelhandel", "Retail"), ("Supermarkets", "Retail"), ("e-commerce", "E-commerce"),
    ("Online-Handel", "E-commerce"), ("电商", "E-commerce"),
    ("Apparel & Fashion", "Consumer Goods"), ("FMCG", "Consumer Goods"), ("Cosmetics", "Consumer Goods"),
    ("Wine and Spirits", "Food & Beverage"),
    ("Lebensmittelindustrie", "Food & Beverage"), ("agro-alimentaire", "Food & Beverage"),
    ("Brewery", "Food & Beverage"),
    ("Maschinenbau", "Manufacturing"), ("Mechanical Or Industrial Engineering", "Manufacturing"),
    ("製造業", "Manufacturing"),
    ("Automobilindustrie", "Automotive"), ("Auto parts", "Automotive"), ("Aviation & Aerospace", "Aerospace & Defense"),
    ("Defence", "Aerospace & Defense"), ("Semiconductors", "Electronics"), ("Consumer Electronics", "Electronics"),
    ("Plastics", "Chemicals"),
    ("química", "Chemicals"), ("Renewables & Environment", "Energy"), ("énergies renouvelables", "Energy"),
    ("Oil & Energy", "Oil & Gas"),
    ("Stadtwerke", "Utilities"), ("Water utility", "Utilities"), ("minería", "Mining & Metals"),
    ("Iron & Steel", "Mining & Metals"),
    ("AgTech", "Agriculture"), ("Landwirtschaft", "Agriculture"), ("Building Materials", "Construction"),
    ("BTP", "Construction"),
    ("Commercial Real Estate", "Real Estate"), ("Immobilien", "Real Estate"),
    ("Transportation/Trucking/Railroad", "Logistics"),
    ("Spedition", "Logistics"), ("物流", "Logistics"), ("Leisure, Travel & Tourism", "Travel & Hospitality"),
    ("Hotellerie", "Travel & Hospitality"),
    ("telco", "Telecommunications"), ("Online Media", "Media"), ("Publishing", "Media"), ("Computer Games", "Media"),
    ("Verlag", "Media"),
    ("Werbeagentur", "Marketing & Advertising"), ("Public Relations and Communications", "Marketing & Advertising"),
    ("Unternehmensberatung", "Consulting"), ("Management consulting", "Consulting"),
    ("insurance consulting", "Consulting"),
    ("Law firm", "Legal"), ("Rechtsanwälte", "Legal"), ("abogados", "Legal"), ("Accounting", "Professional Services"),
    ("Staffing & Recruiting", "Professional Services"), ("Steuerberatung", "Professional Services"),
    ("Facilities Services", "Professional Services"),
    ("we make medical devices", "Healthcare"), ("Consulting for banks", "Consulting"), ("Regional bank", "Banking"),
    ("steel manufacturing", "Mining & Metals"), ("medical device manufacturer", "Healthcare"),
  ])
  func `reads an industry`(text: String, canonical: String) {
    #expect(Industry.canonical(text) == canonical)
    #expect(Industry.canonical(text.uppercased()) == canonical)
  }

  @Test(arguments: ["Other", "see website", "n/a", "", "Wholesale", "asdf", "various", "42"])
  func `reads no industry where there is none`(text: String) { #expect(Industry.canonical(text) == nil) }

  @Test func `every canonical industry is its own name`() {
    #expect(Industry.names.count == 35)
    for name in Industry.names { #expect(Industry.canonical(name) == name) }
  }

  @Test(arguments: [
    ("ada@acme-tools.com", "business"), ("info@acme-tools.com", "role"), ("Sales@Acme-Tools.com", "role"),
    ("kontakt@acme-tools.de", "role"),
    ("customer-service@acme-tools.com", "role"), ("hello+web@acme-tools.com", "role"),
    ("sales.uk@acme-tools.com", "role"),
    ("info2@acme-tools.com", "role"), ("contacto@acme-tools.es", "role"), ("ada.hr@acme-tools.com", "business"),
    ("infanta@acme-tools.com", "business"),
    ("jobst@acme-tools.com", "business"), ("ada@gmail.com", "free"), ("info@gmail.com", "free"),
    ("ada@hotmail.co.uk", "free"),
    ("ada@live.nl", "free"), ("ada@yahoo.com.br", "free"), ("ada@gmx.net", "free"), ("ada@web.de", "free"),
    ("ada@qq.com", "free"),
    ("ada@naver.com", "free"), ("ada@uol.com.br", "free"), ("ada@mailinator.com", "disposable"),
    ("ada@x.mailinator.com", "disposable"),
    ("info@yopmail.com", "disposable"), ("ada@guerrillamail.info", "disposable"),
    ("ada@10minutemail.com", "disposable"),
    ("ada@mygmail.com", "business"), ("ada@gmail.acme-tools.com", "business"), ("ada@live-events.com", "business"),
    ("ada@temp-mail.org", "disposable"),
  ])
  func `tells the kinds of e-mail addresses`(email: String, type: String) {
    #expect(lead(LeadPayload(email: email)).emailType.rawValue == type)
  }

  @Test(
    arguments: [
      ("a@mail.acme.co.uk", nil, "acme.co.uk"), ("a@ACME.com", nil, "acme.com"),
      ("a@bäcker.de", nil, "xn--bcker-gra.de"),
      ("a@gmail.com", nil, nil), ("a@gmail.com", "https://www.acme.com/x?y#z", "acme.com"),
      ("a@gmail.com", "gmail.com", nil),
      ("a@gmail.com", "https://www.linkedin.com/company/acme", nil), ("a@web.de", "shop.acme.de", "acme.de"),
      ("a@gmail.com", "n/a", nil),
      ("a@mailinator.com", "acme.com", "acme.com"), ("a@gmail.com", "acme", nil),
      ("a@gmail.com", "http://192.168.1.1/", nil),
      ("a@eu.rival.example", nil, "rival.example"), ("a@acme.com", "other.com", "acme.com"),
      ("a@gmail.com", "http://user:pw@acme.com:8080", "acme.com"),
    ] as [(String, String?, String?)])
  func `the domain is the registrable one of the company`(email: String, website: String?, domain: String?) {
    #expect(lead(LeadPayload(email: email, website: website)).domain == domain)
  }

  @Test func `a value that says nothing leaves room for the next source`() {
    let enrichment = Enrichment(
      company: .init(name: "Acme", industry: "Banking", employees: 5, technologies: ["aws"]),
      person: .init(title: "CFO", seniority: "c_suite", phone: "+1 312 555 0100"),
      sources: ["company.industry": .clearbit, "person.title": .apollo, "company.employees": .apollo])
    let payload = LeadPayload(
      email: "a@b.example", company: " - ", title: "N/A", phone: "unknown", employees: "20", industry: "Other")
    let facts = Normalizer.shared.normalize(payload: payload, enrichment: enrichment, crm: CRMFacts())
    #expect(facts.normalized.industry == "Banking" && facts.sources[.industry] == .clearbit)
    #expect(facts.normalized.title == "CFO" && facts.sources[.title] == .apollo)
    #expect(facts.normalized.seniority == .cLevel && facts.normalized.department == .finance)
    #expect(facts.normalized.employees == 20 && facts.sources[.employees] == .form)
    #expect(facts.normalized.company == "Acme" && facts.normalized.phone == "+1 312 555 0100")
    #expect(facts.sources[.city] == nil && facts.sources[.technologies] != nil)
  }

  @Test func `the form's title outranks the provider's level`() {
    let enrichment = Enrichment(person: .init(title: "VP Revenue", seniority: "vp", department: "sales"))
    let read = lead(LeadPayload(email: "a@b.example", title: "Finance Manager"), enrichment)
    #expect(read.seniority == .manager && read.department == .finance && read.title == "Finance Manager")
  }

  @Test func `shows text without entities and blanks`() {
    let read = lead(
      LeadPayload(
        email: "a@b.example", firstName: " Ren&eacute;e ", lastName: "O&#39;Neil", company: "Brick &amp; Beam"))
    #expect(read.fullName == "Renée O'Neil" && read.company == "Brick & Beam")
  }

  @Test(arguments: [
    LeadPayload(
      email: "Ada@Acme.co.uk", title: "VP Sales", country: "Scotland", employees: "51-200", industry: "fin-tech"),
    LeadPayload(email: "a@b.example", country: "CA", state: "CA", city: "San Diego"),
    LeadPayload(email: "a@b.example", phone: "+1 404 555 0100", country: "Georgia"),
    LeadPayload(email: "a@b.example", title: "Geschäftsführerin", state: "NRW", city: "Köln", employees: "1.200"),
    LeadPayload(email: "a@gmail.com", company: "&amp;amp;", website: "acme.de", country: "NA"),
  ])
  func `normalizing its own output changes nothing`(payload: LeadPayload) {
    let once = lead(payload)
    var again = payload
    again.email = once.email
    again.fullName = once.fullName
    again.company = once.company
    again.title = once.title
    again.country = once.country
    again.state = once.region
    again.city = once.city
    again.industry = once.industry
    again.employees = once.employees.map(String.init)
    if payload.company == nil { #expect(lead(again) == once) }
    #expect(lead(again).country == once.country && lead(again).region == once.region)
  }

  @Test func `takes linear time on hostile text`() {
    let texts = [
      "1,", "+1 ", "CEO & ", "assistant to the ", "ü ", "a.", "🏴", "ー", "&amp;", "部", "a\u{301}\u{301}\u{301}", "( ",
      "- ",
    ]
    let start = ContinuousClock.now
    for text in texts {
      let long = String(repeating: text, count: 2_000)
      _ = lead(
        LeadPayload(
          email: "a@b.example", company: long, title: long, phone: long, website: long, country: long, state: long,
          city: long, employees: long, industry: long))
    }
    #expect(ContinuousClock.now - start < .seconds(10))
  }
}
