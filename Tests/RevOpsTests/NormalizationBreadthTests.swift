import RevOps
import Testing

/// What people write beside the usual: other scripts, words for numbers, slips of the pen, fields mistaken for others.
@Suite struct NormalizationBreadthTests {
  private func lead(_ payload: LeadPayload) -> NormalizedLead {
    Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: CRMFacts()).normalized
  }

  @Test(
    "a headcount is read in the digits of every script, and in words",
    arguments: [
      ("٥٠", 50), ("۵۰", 50), ("५०", 50), ("１２０", 120), ("١٬٢٠٠", 1_200), ("fifty", 50), ("fünfzig bis hundert", 50),
      ("five hundred", 500), ("two hundred and fifty", 250), ("zweihundertfünfzig", 250), ("cinquante", 50),
      ("doscientos cincuenta", 250), ("duzentos e cinquenta", 250), ("honderd", 100), ("сто", 100), ("五十", 50),
      ("about a hundred", 100), ("fifty to one hundred", 50), ("mille", 1_000), ("tausend", 1_000), ("1만", 10_000),
      ("1,200.00", 1_200), ("1.200,00", 1_200), ("51_200", 51), ("1_200", 1_200), ("51à200", 51),
      ("51 through 200", 51),
      ("от 500 до 1000", 500), ("500 ou plus", 500), ("50ish", 50), ("50名程度", 50), ("300 พนักงาน", 300),
    ])
  func headcounts(text: String, expected: Int) {
    #expect(lead(LeadPayload(email: "a@b.example", employees: text)).employees == expected)
  }

  @Test(
    "what is no number of people stays unknown",
    arguments: ["50%", "many", "one of those", "a lot", "-5", "2024-01-01", "1e3", "prefer not to say", "keine Angabe"])
  func noHeadcount(text: String) {
    #expect(lead(LeadPayload(email: "a@b.example", employees: text)).employees == nil)
  }

  @Test(
    "a country is known by what its own people and its neighbours call it",
    arguments: [
      ("중국", "CN"), ("호주", "AU"), ("터키", "TR"), ("남아공", "ZA"), ("ΗΠΑ", "US"), ("Ολλανδία", "NL"), ("ЮАР", "ZA"),
      ("Южная Корея", "KR"), ("ФРГ", "DE"), ("Соединённые Штаты", "US"), ("المجر", "HU"), ("الدنمارك", "DK"),
      ("ארה\"ב", "US"), ("Förenta staterna", "US"), ("Velká Británie", "GB"), ("Repubblica Ceca", "CZ"),
      ("Elfenbeinküste", "CI"), ("Moldawien", "MD"), ("Dominican Rep", "DO"), ("Royaume du Maroc", "MA"),
      ("Hong Kong SAR China", "HK"), ("The US", "US"), ("the uk", "GB"), ("CA", "CA"), ("Earth", nil), ("EMEA", nil),
    ])
  func countries(text: String, expected: String?) {
    #expect(lead(LeadPayload(email: "a@b.example", country: text)).country == expected)
  }

  @Test(
    "a state beside its country in one field is that state",
    arguments: [
      ("CA, USA", "US-CA"), ("texas usa", "US-TX"), ("Seattle WA USA", "US-WA"), ("D-10115 Berlin", "DE-BE"),
      ("San Francisco, CA", "US-CA"), ("Kt. Zürich", "CH-ZH"),
      ("London, Ontario", "CA-ON"), ("Deutschland, Bayern", "DE-BY"),
    ])
  func composed(text: String, expected: String) {
    let read = lead(LeadPayload(email: "a@b.example", country: text))
    #expect(read.region == expected && read.country == String(expected.prefix(2)))
  }

  @Test(
    "a state with one slip of the pen is that state, more slips are none",
    arguments: [
      ("Pennsylvana", "US-PA"), ("Ilinois", "US-IL"), ("Conneticut", "US-CT"), ("New Jersy", "US-NJ"),
      ("Massachussetts", "US-MA"), ("Saskachewan", "CA-SK"), ("Virgina", "US-VA"), ("Colorodo Springz", nil),
    ])
  func misspelt(text: String, expected: String?) {
    #expect(lead(LeadPayload(email: "a@b.example", state: text)).region == expected)
  }

  @Test(
    "a country in the field for the city counts, a name of both a country and a state does not",
    arguments: [("Singapore", "SG"), ("Hong Kong", "HK"), ("Deutschland", "DE"), ("Georgia", nil)])
  func cityStates(text: String, expected: String?) {
    #expect(lead(LeadPayload(email: "a@b.example", city: text)).country == expected)
  }
}
