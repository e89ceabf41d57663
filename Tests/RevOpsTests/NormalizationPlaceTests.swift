import RevOps
import Testing

/// A form's values and the place that they mean: `US-CA`, `DE`, or `-`.
struct PlaceCase: Sendable, CustomTestStringConvertible {
  var form: [String: String]
  var wanted: String

  init(_ form: [String: String], _ wanted: String) {
    self.form = form
    self.wanted = wanted
  }

  var testDescription: String { "\(form.sorted { $0.key < $1.key }.map { "\($0): \($1)" }) is \(wanted)" }

  func read(_ enrichment: Enrichment? = nil) -> String {
    var payload = LeadPayload(email: form["email"] ?? "ada@lovelace-works.com")
    payload.country = form["country"]
    payload.state = form["state"]
    payload.city = form["city"]
    payload.phone = form["phone"]
    payload.website = form["website"]
    let lead = Normalizer.shared.normalize(payload: payload, enrichment: enrichment, crm: CRMFacts()).normalized
    return lead.region ?? lead.country ?? "-"
  }
}

@Suite struct NormalizationPlaceTests {
  @Test(arguments: [
    ("Deutschland", "DE"), ("allemagne", "DE"), ("ALEMANIA", "DE"), ("Niemcy", "DE"), ("ドイツ", "DE"), ("德国", "DE"),
    ("Germany (DE)", "DE"), ("DE - Germany", "DE"), ("DEU", "DE"), ("germany.", "DE"),
    ("(+49) Germany", "DE"), ("Germany (+49)", "DE"), ("+1 - Canada", "CA"), ("+31 Netherlands", "NL"),
    ("Mỹ", "US"), ("My\u{303}", "US"), ("MY", "MY"), ("ＭＹ", "MY"), ("🇲🇾", "MY"), ("Bỉ", "BE"), ("bi", "BI"),
    ("Áo", "AT"),
    ("Hà Nội, Việt Nam", "VN-HN"), ("Western Aus", "AU-WA"), ("South Aus, Australia", "AU-SA"),
    ("Federal Republic of Germany", "DE"),
    ("U.K.", "GB"), ("uk", "GB"), ("Great Britain", "GB"), ("Royaume-Uni", "GB"), ("Vereinigtes Königreich", "GB"),
    ("U.S.A.", "US"), ("the United States", "US"), ("Vereinigte Staaten", "US"), ("EE.UU.", "US"), ("États-Unis", "US"),
    ("Etats Unis", "US"), ("アメリカ", "US"), ("Oesterreich", "AT"), ("osterreich", "AT"), ("&Ouml;sterreich", "AT"),
    ("Schweiz / Suisse", "CH"), ("Svizzera", "CH"), ("Holland", "NL"), ("The Netherlands", "NL"), ("Pays-Bas", "NL"),
    ("Nederland", "NL"), ("Türkiye", "TR"), ("turkiye", "TR"), ("Côte d&#39;Ivoire", "CI"), ("Cote d'Ivoire", "CI"),
    ("Ivory Coast", "CI"), ("South Korea", "KR"), ("Korea, Republic of", "KR"), ("대한민국", "KR"), ("Corée du Sud", "KR"),
    ("North Korea", "KP"), ("P.R. China", "CN"), ("中华人民共和国", "CN"), ("Taiwan, R.O.C.", "TW"), ("臺灣", "TW"),
    ("Hong Kong SAR", "HK"), ("Россия", "RU"), ("Russian Federation", "RU"), ("Česká republika", "CZ"),
    ("Czechia", "CZ"),
    ("Ελλάδα", "GR"), ("Magyarország", "HU"), ("Suomi", "FI"), ("Sverige", "SE"), ("Norge", "NO"), ("NO", "NO"),
    ("Danmark", "DK"), ("Danemark", "DK"), ("مصر", "EG"), ("الإمارات العربية المتحدة", "AE"), ("ישראל", "IL"),
    ("भारत", "IN"),
    ("ประเทศไทย", "TH"), ("Viet Nam", "VN"), ("República Dominicana", "DO"), ("DR Congo", "CD"),
    ("Congo-Brazzaville", "CG"),
    ("Isle of Man", "IM"), ("Guernsey", "GG"), ("Jersey", "JE"), ("Puerto Rico", "PR"), ("Kosovo", "XK"),
    ("Eire", "IE"),
    ("República Federativa do Brasil", "BR"), ("Brésil", "BR"), ("Méjico", "MX"), ("Estados Unidos Mexicanos", "MX"),
    ("Nova Zelândia", "NZ"), ("Neuseeland", "NZ"), ("Südafrika", "ZA"), ("Afrique du Sud", "ZA"), ("Luxembourg", "LU"),
    ("Mexico", "MX"), ("Panama", "PA"), ("NA", "NA"), ("Namibia", "NA"), ("Guinea-Bissau", "GW"),
    ("Papua New Guinea", "PG"),
    ("Trinidad & Tobago", "TT"), ("Bosnia", "BA"), ("Macedonia", "MK"), ("Burma", "MM"), ("Swaziland", "SZ"),
    ("Chine", "CN"), ("Chiny", "CN"), ("Birmanie", "MM"),
    ("🇩🇪", "DE"), ("Sweden 🇸🇪", "SE"), ("Congo (DRC)", "CD"), ("Nederlands", "NL"), ("GER", "DE"),
    ("United Staes", "US"),
    ("Great Britian", "GB"), ("Swizerland", "CH"), ("Portgual", "PT"), ("Ireland, Northern", "GB"), ("Earth", "-"),
    ("n/a", "-"), ("Please select", "-"), ("Select your country…", "-"), ("-", "-"), ("xxx", "-"),
    ("Europe", "-"), ("Other", "-"), ("EMEA", "-"), ("asdf", "-"), ("123", "-"),
  ])
  func `reads names and codes of countries`(text: String, code: String) {
    #expect(PlaceCase(["country": text], code).read() == code)
  }

  @Test(arguments: [
    PlaceCase(["country": "CA"], "CA"), PlaceCase(["country": "CA", "state": "CA"], "US-CA"),
    PlaceCase(["country": "CA", "state": "California"], "US-CA"),
    PlaceCase(["country": "CA", "city": "Fresno"], "US-CA"),
    PlaceCase(["country": "CA", "state": "ON"], "CA-ON"), PlaceCase(["country": "CA", "city": "Toronto"], "CA-ON"),
    PlaceCase(["country": "CA", "phone": "+1 415 555 0100"], "US-CA"),
    PlaceCase(["country": "CA", "phone": "+1 416 555 0100"], "CA"),
    PlaceCase(["country": "Georgia"], "GE"), PlaceCase(["country": "Georgia", "city": "Batumi"], "GE"),
    PlaceCase(["country": "Georgia", "phone": "+995 32 255 5555"], "GE"),
    PlaceCase(["country": "Georgia", "city": "Savannah"], "US-GA"),
    PlaceCase(["country": "Georgia", "phone": "+1 404 555 0111"], "US-GA"), PlaceCase(["state": "Georgia"], "US-GA"),
    PlaceCase(["country": "Georgia", "email": "nino@kvevri.ge"], "GE"),
    PlaceCase(["country": "USA", "state": "Georgia"], "US-GA"),
    PlaceCase(["country": "IN"], "IN"), PlaceCase(["country": "IN", "city": "Indianapolis"], "US-IN"),
    PlaceCase(["country": "IN", "city": "Pune"], "IN-MH"),
    PlaceCase(["country": "IN", "phone": "+91 22 5555 0100"], "IN"),
    PlaceCase(["country": "IL", "city": "Chicago"], "US-IL"), PlaceCase(["country": "IL", "city": "Tel Aviv"], "IL"),
    PlaceCase(["country": "DE", "city": "Wilmington"], "US-DE"), PlaceCase(["country": "DE", "city": "Köln"], "DE-NW"),
    PlaceCase(["country": "CO", "city": "Denver"], "US-CO"), PlaceCase(["country": "CO", "city": "Medellín"], "CO"),
    PlaceCase(["country": "AL", "city": "Huntsville"], "US-AL"),
    PlaceCase(["country": "PA", "city": "Pittsburgh"], "US-PA"),
    PlaceCase(["country": "ME", "city": "Podgorica"], "ME"), PlaceCase(["country": "ME", "state": "Maine"], "US-ME"),
    PlaceCase(["state": "CA"], "US-CA"), PlaceCase(["state": "ON"], "CA-ON"), PlaceCase(["state": "WA"], "US-WA"),
    PlaceCase(["state": "WA", "country": "Australia"], "AU-WA"), PlaceCase(["state": "WA", "city": "Perth"], "AU-WA"),
    PlaceCase(["state": "WA", "phone": "+61 8 5550 1234"], "AU-WA"),
    PlaceCase(["state": "W.A.", "country": "AU"], "AU-WA"),
    PlaceCase(["state": "NSW"], "AU-NSW"), PlaceCase(["state": "Okla."], "US-OK"),
    PlaceCase(["state": "N. Carolina"], "US-NC"),
    PlaceCase(["state": "Washington, D.C."], "US-DC"), PlaceCase(["state": "mass"], "US-MA"),
    PlaceCase(["state": "N.Y."], "US-NY"),
    PlaceCase(["state": "CA 94105"], "US-CA"), PlaceCase(["city": "75008 Paris"], "FR-IDF"),
    PlaceCase(["city": "Rome, GA"], "US-GA"),
    PlaceCase(["state": "PR"], "PR"), PlaceCase(["country": "USA", "state": "Puerto Rico"], "PR"),
    PlaceCase(["city": "Greater Boston"], "US-MA"),
    PlaceCase(["country": "Toronto, Ontario, Canada"], "CA-ON"), PlaceCase(["state": "Bayern"], "DE-BY"),
    PlaceCase(["state": "Bavaria"], "DE-BY"),
    PlaceCase(["state": "US-TX"], "US-TX"),
    PlaceCase(["state": "Québec"], "CA-QC"), PlaceCase(["state": "Limburg"], "-"),
    PlaceCase(["state": "Limburg", "country": "NL"], "NL-LI"),
    PlaceCase(["country": "Scotland"], "GB-SCT"), PlaceCase(["country": "Wales"], "GB-WLS"),
    PlaceCase(["country": "England"], "GB-ENG"),
    PlaceCase(["country": "California"], "US-CA"), PlaceCase(["country": "USA - Texas"], "US-TX"),
    PlaceCase(["country": "Texas, USA"], "US-TX"),
    PlaceCase(["country": "New York"], "US-NY"), PlaceCase(["country": "Bayern"], "DE-BY"),
    PlaceCase(["country": "London, UK"], "GB-ENG"),
    PlaceCase(["country": "Berlin Germany"], "DE-BE"), PlaceCase(["country": "Dubai"], "AE-DU"),
    PlaceCase(["city": "London"], "GB-ENG"), PlaceCase(["city": "München"], "DE-BY"),
    PlaceCase(["city": "Muenchen"], "DE-BY"),
    PlaceCase(["city": "Toronto"], "CA-ON"), PlaceCase(["city": "東京"], "JP-13"),
    PlaceCase(["city": "Seattle"], "US-WA"),
    PlaceCase(["city": "São Paulo"], "BR-SP"), PlaceCase(["city": "Lyon"], "FR-ARA"),
    PlaceCase(["city": "Bengaluru"], "IN-KA"),
    PlaceCase(["city": "Springfield"], "-"), PlaceCase(["city": "Valencia"], "-"),
    PlaceCase(["city": "Cambridge"], "-"),
    PlaceCase(["city": "San José"], "-"), PlaceCase(["city": "London, ON"], "CA-ON"),
    PlaceCase(["city": "Paris, TX"], "US-TX"),
    PlaceCase(["city": "Paris", "state": "TX"], "US-TX"), PlaceCase(["city": "London", "country": "Canada"], "CA-ON"),
    PlaceCase(["city": "Cambridge", "country": "USA"], "US-MA"),
    PlaceCase(["city": "Cambridge", "email": "a@fenworks.co.uk"], "GB-ENG"),
    PlaceCase(["city": "San José", "phone": "+506 2555 0100"], "CR"), PlaceCase(["city": "Austin TX"], "US-TX"),
    PlaceCase(["city": "Springfield, Illinois"], "US-IL"), PlaceCase(["city": "Genève", "country": "Suisse"], "CH-GE"),
    PlaceCase(["city": "Lausanne", "country": "CH"], "CH-VD"),
    PlaceCase(["country": "Switzerland", "state": "ZH"], "CH-ZH"),
    PlaceCase(["country": "Germany", "state": "NRW"], "DE-NW"),
    PlaceCase(["country": "Germany", "state": "Lower Saxony"], "DE-NI"),
    PlaceCase(["country": "México", "state": "Jalisco"], "MX-JAL"),
    PlaceCase(["country": "Brasil", "state": "SP"], "BR-SP"),
    PlaceCase(["country": "India", "state": "Tamil Nadu"], "IN-TN"),
    PlaceCase(["country": "España", "state": "Barcelona"], "ES-CT"),
    PlaceCase(["country": "Italia", "state": "MI"], "IT-25"),
    PlaceCase(["country": "Ireland", "state": "Co. Cork"], "IE-M"),
  ])
  func `reads the parts of an address together`(example: PlaceCase) {
    #expect(example.read() == example.wanted)
  }

  @Test(arguments: [
    ("+49 30 5550 1234", "DE"), ("0049 (0)30 555", "DE"), ("(+44) 20 7946 0000", "GB"), ("tel:+33-1-55-50-12-34", "FR"),
    ("+1 604 555 0172", "CA"), ("+1 (312) 555-0148", "US"), ("+1-876-555-0100", "JM"), ("+1 787 555 0100", "PR"),
    ("+1 800 555 0199", "-"), ("1 312 555 0148", "-"), ("030 5550 1234", "-"), ("+7 727 355 0100", "KZ"),
    ("+7 495 555 0100", "RU"),
    ("+44 1534 555 010", "JE"), ("+44 1624 555 010", "IM"), ("+212 522 55 01 00", "MA"), ("+852 5550 1234", "HK"),
    ("＋８１ 3 5550 1234", "JP"),
    ("+49", "-"), ("+", "-"), ("call me", "-"), ("011 44 20 7946 0000", "GB"), ("+590 590 55 01 00", "GP"),
  ])
  func `reads the international prefix of a telephone number`(phone: String, country: String) {
    #expect(PlaceCase(["phone": phone], country).read() == country)
  }

  @Test(arguments: [
    ("a@brot.de", "DE"), ("a@brot.co.uk", "GB"), ("a@brot.com.br", "BR"), ("a@хлеб.рф", "RU"), ("a@brot.berlin", "DE"),
    ("a@bread.nyc", "US"), ("a@pain.quebec", "CA"), ("a@state.edu", "US"), ("a@bread.io", "-"), ("a@bread.co", "-"),
    ("a@bread.ai", "-"), ("a@bread.com.co", "CO"), ("a@bread.com", "-"), ("a@bread.me", "-"), ("a@bread.eu", "-"),
    ("a@面包.中国", "CN"), ("a@bread.uk", "GB"), ("a@bread.com.au", "AU"), ("a@web.de", "DE"), ("a@yahoo.co.uk", "GB"),
    ("a@orange.fr", "FR"), ("a@gmail.com", "-"), ("a@proton.me", "-"), ("a@bread.scot", "GB"), ("a@bread.ch", "CH"),
  ])
  func `reads the country of a domain, but not of one sold to everybody`(email: String, country: String) {
    #expect(PlaceCase(["email": email], country).read() == country)
  }

  @Test func `takes the evidence in its order`() {
    let company = Enrichment(company: .init(country: "US", region: "US-TX"))
    let both = Enrichment(company: .init(country: "US", region: "US-TX"), person: .init(country: "IN", region: "IN-KA"))
    #expect(PlaceCase([:], "").read(company) == "US-TX")
    #expect(PlaceCase(["email": "a@brot.de"], "").read(company) == "DE")
    #expect(PlaceCase(["website": "www.brot.be/contact"], "").read(company) == "BE")
    #expect(PlaceCase(["email": "a@brot.de"], "").read(both) == "IN-KA")
    #expect(PlaceCase(["email": "a@brot.de", "phone": "+45 55 50 12 34"], "").read(both) == "DK")
    #expect(PlaceCase(["country": "France", "phone": "+45 55 50 12 34"], "").read(both) == "FR")
    #expect(PlaceCase(["email": "a@gmx.de", "website": "brot.at"], "").read(company) == "AT")
    #expect(PlaceCase(["country": "USA"], "").read(both) == "US-TX")
    #expect(PlaceCase(["email": "a@orange.fr"], "").read(company) == "FR")
    #expect(
      PlaceCase(["country": "USA", "city": "Chicago"], "").read(
        Enrichment(company: .init(country: "DE", region: "DE-NW"))) == "US-IL")
  }

  @Test func `looks names up for configuration`() {
    #expect(Country.code(named: "uk") == "GB")
    #expect(Country.isCode("GB") && !Country.isCode("UK") && !Country.isCode("gb"))
    #expect(Country.codes.count == 250)
    #expect(Region.isCode("US-CA") && Region.isCode("ES-B") && !Region.isCode("US-XX"))
    #expect(Region.code(named: "Kalifornien", country: "US") == "US-CA")
    #expect(Region.code(named: "CA", country: "DE") == nil)
  }
}
