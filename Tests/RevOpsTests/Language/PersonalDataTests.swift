import RevOps
import Testing

@Suite struct PersonalDataTests {
  private static let payload = LeadPayload(
    email: "ada.lovelace@acme.example", fullName: "Ada Lovelace", phone: "+49 30 1234567")

  private static func facts(_ payload: LeadPayload = payload) -> LeadFacts {
    Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: .notChecked)
  }

  private static let data = PersonalData(facts())

  @Test(arguments: [
    ("Best regards, Ada Lovelace", "Best regards, [name] [name]"),
    ("LOVELACE here, mail ADA.LOVELACE@ACME.EXAMPLE or x@y.example.", "[name] here, mail [e-mail] or [e-mail]."),
    ("Call +49 30 1234567 or 030 / 123 45 67 today", "Call [phone] or [phone] today"),
    ("Reach me on (415) 555-0134!", "Reach me on [phone]!"), ("Ask for 1234567", "Ask for [phone]"),
    ("See https://evil.example/x?y=1, www.acme.example and acme.example/us", "See [link], [link] and [link]"),
    ("evil.example", "[link]"), ("mailto:a@b.example", "[e-mail]"),
    ("We, the Lovelaces of Lovelace-Street", "We, the Lovelaces of [name]-Street"),
    ("Mail ada＠acme．example or visit acme。example", "Mail [e-mail] or visit [link]"),
    ("Call +44‑20‑7946‑0958 or ＋44 20 7946 0958", "Call [phone] or [phone]"),
    ("٠٣٠ ١٢٣٤٥٦٧ today", "[phone] today"), ("Love\u{200D}lace writes", "[name] writes"),
  ])
  func `what tells who the person is is taken out`(text: String, left: String) {
    #expect(Self.data.removed(from: text) == left)
  }

  @Test(arguments: [
    "We have 850 people, 1,200 customers and 40 users since 2019.", "By 2026-12-01 or 01.12.2026 at 14:30",
    "Version 2.0 of e.g. our U.S. stack costs 1.5 million", "adamant about quality", "Budget: € 120,000 p.a.",
  ])
  func `numbers, dates and words of others stay`(text: String) {
    #expect(Self.data.removed(from: text) == text)
  }

  @Test func `a given name that is a word goes only where it is written as a name`() {
    let data = PersonalData(Self.facts(LeadPayload(email: "w@acme.example", fullName: "Will Mark")))
    #expect(data.removed(from: "we will need it. Will") == "we will need it. [name]")
  }

  @Test func `names in other orders and scripts are known`() {
    func removed(_ name: String, _ text: String) -> String {
      PersonalData(Self.facts(LeadPayload(email: "a@acme.example", fullName: name))).removed(from: text)
    }
    #expect(removed("Lovelace, Ada", "lovelace") == "[name]")
    #expect(removed("田中 美咲", "田中です。見積をお願いします。") == "[name]です。見積をお願いします。")
    #expect(removed("ガンバ ジロウ", "ガンバと申します") == "[name]と申します")
    #expect(removed("Ludwig van Beethoven", "van BEETHOVEN und die Musik") == "van [name] und die Musik")
    #expect(removed("José García", "Garcia y Jose") == "[name] y [name]")
    #expect(removed("Jürgen Müller", "Juergen Mueller, Jurgen Muller") == "[name] [name], [name] [name]")
    #expect(removed("Anna Mueller", "Gruß, Müller") == "Gruß, [name]")
  }

  @Test func `without a name the address tells it, unless it is a role's`() {
    let person = PersonalData(Self.facts(LeadPayload(email: "grace.hopper@acme.example")))
    #expect(person.removed(from: "Yours, Hopper") == "Yours, [name]")
    let role = PersonalData(Self.facts(LeadPayload(email: "sales@acme.example")))
    #expect(role.removed(from: "our sales team") == "our sales team")
  }

  @Test func `it takes twice as long for twice the text`() {
    let clock = ContinuousClock()
    func time(_ count: Int) -> Duration {
      let text = String(repeating: "a.b@c +1 2 3 4 5 6 7 8 9 (( www.x.example ", count: count)
      return (0..<3).map { _ in clock.measure { _ = Self.data.removed(from: text) } }.min() ?? .zero
    }
    _ = time(50)
    #expect(time(1_000) < time(250) * 12)
  }
}
