import RevOps
import Testing

@Suite struct LeadBriefTests {
  private func facts(_ change: (inout LeadPayload) -> Void = { _ in }) -> LeadFacts {
    var payload = LeadPayload(
      email: "ada@acme.example", fullName: "Ada Lovelace", company: "Acme Bank", title: "CTO",
      phone: "+49 30 1234567", country: "Germany", employees: "850", industry: "Bank",
      message: "Ada Lovelace, ada@acme.example, +49 30 1234567: we need a forecast.", source: "demo",
      custom: ["note": "ask Lovelace at ada@acme.example"])
    change(&payload)
    return Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: .notChecked)
  }

  @Test func `neither e-mail address nor phone nor surname is given, in whatever field they stand`() {
    let json = LeadBrief(facts()).json.jsonText
    for personal in ["ada@", "@acme", "1234567", "Lovelace", "lovelace", "Ada"] {
      #expect(!json.contains(personal), "\(personal) in \(json)")
    }
    #expect(json.contains(#""employees":850"#))
    #expect(json.contains(#""country":"Germany""#))
    #expect(json.contains(#""domain":"acme.example""#))
    #expect(json.contains("we need a forecast"))
  }

  @Test func `a company and a domain that carry the person's name are left out whole`() {
    let brief = LeadBrief(
      facts {
        $0.email = "me@lovelace-consulting.example"
        $0.company = "Lovelace Consulting"
      })
    #expect(brief.facts["company"] == nil)
    #expect(brief.facts["domain"] == nil)
    let joined = LeadBrief(facts { $0.email = "me@adalovelace.example" })
    #expect(joined.facts["domain"] == nil)
  }

  @Test func `an unknown fact is no fact`() {
    let brief = LeadBrief(
      Normalizer.shared.normalize(
        payload: LeadPayload(email: "x@acme.example"), enrichment: nil, crm: .notChecked))
    #expect(Set(brief.facts.keys) == ["domain", "email_type"])
    #expect(brief.text(of: "employees") == nil)
    #expect(brief.text(of: "similar") == nil)
  }

  @Test(arguments: [200, 400, 1_500])
  func `however much a stranger writes, the data keeps to its budget`(limit: Int) {
    let facts = facts { payload in
      payload.message = String(repeating: "wir brauchen Hilfe ääääää 見積 ", count: 2_000)
      for index in 0..<30 { payload.custom["field \(index)"] = String(repeating: "x y ", count: 500) }
    }
    let similar = (0..<5).map {
      SimilarAccount(
        account: "a\($0).example", outcome: "lost", reason: String(repeating: "price ", count: 100), similarity: 0.8,
        why: "same industry")
    }
    let brief = LeadBrief(facts, similar: similar, maxTokens: limit)
    #expect(TokenEstimate.of(brief.json.jsonText) <= limit)
    #expect(brief.facts["employees"] == .int(850))
  }

  @Test func `what somebody logged as a reason is told without whom it names`() {
    let past = SimilarAccount(
      account: "beta.example", outcome: "lost", reason: "Lovelace left, see joe@beta.example", similarity: 0.8,
      why: "same industry")
    let brief = LeadBrief(facts(), similar: [past])
    #expect(brief.similar.first?["reason"] == .string("[name] left, see [e-mail]"))
  }

  @Test func `the language is named, and what is no code stays`() {
    #expect(LeadBrief(facts { $0.language = "de-AT" }).facts["language"] == .string("German"))
    #expect(LeadBrief(facts { $0.language = "Deutsch" }).facts["language"] == .string("Deutsch"))
  }

  @Test func `past accounts are named with how they ended, and nothing of who asked then`() {
    let past = SimilarAccount(
      account: "beta.example", outcome: "lost", reason: "price", similarity: 0.8, why: "same industry and size")
    let brief = LeadBrief(facts(), similar: [past])
    #expect(
      brief.similar == [
        [
          "account": .string("beta.example"), "outcome": .string("lost"), "reason": .string("price"),
          "why_similar": .string("same industry and size"),
        ]
      ])
  }
}
