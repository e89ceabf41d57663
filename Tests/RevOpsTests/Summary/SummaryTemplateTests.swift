import RevOps
import Testing

@Suite struct SummaryTemplateTests {
  private func facts(_ payload: LeadPayload, crm: CRMFacts = .notChecked) -> LeadFacts {
    Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: crm)
  }

  private let similar = [
    SimilarAccount(account: "seebank.example", outcome: "lost", reason: "price", similarity: 0.9, why: "same industry")
  ]

  @Test func `where the facts allow it there are six to eight sentences: who, why now, similar accounts, next step`() {
    var known = facts(
      LeadPayload(
        email: "eva@uferbank.example", fullName: "Eva Schmidt", company: "Uferbank", title: "CTO", country: "Germany",
        city: "Berlin", employees: "850", industry: "Bank", message: "We need a forecast.", product: "Forecast Pro",
        source: "demo"), crm: CRMFacts())
    known.normalized.technologies = ["aws", "salesforce"]
    #expect(
      SummaryTemplate.bullets(known, similar: similar, missing: []) == [
        "Eva Schmidt, CTO, in Berlin, Germany", "Uferbank: Banking, 850 people", "Uses aws, salesforce",
        "They write: “We need a forecast.”", "Came to us through demo about Forecast Pro", "New to the CRM",
        "Most like seebank.example: lost (price)", "Next: answer the message below",
      ])
  }

  @Test func `nothing is padded: what is unknown is left out`() {
    let bare = facts(LeadPayload(email: "x@gmail.com"))
    #expect(SummaryTemplate.bullets(bare, similar: [], missing: []) == ["Next: write by e-mail"])
  }

  @Test func `a long message is quoted by its beginning`() {
    let message =
      "We look for a forecasting tool that our reps will use. " + String(repeating: "More of it. ", count: 50)
    let bullets = SummaryTemplate.bullets(
      facts(LeadPayload(email: "x@acme.example", message: message)), similar: [], missing: [])
    let quoted = bullets.first { $0.hasPrefix("They write") }
    #expect(quoted?.count ?? 999 <= 140)
    #expect(quoted?.hasPrefix("They write: “We look for a forecasting tool that our reps will use.") == true)
  }

  @Test func `a model's sentences are completed with the similar account and the next step, within eight`() {
    let facts = facts(LeadPayload(email: "x@acme.example", message: "Hello"))
    let sentences = (1...8).map { "Sentence \($0)" }
    let all = SummaryTemplate.completing(sentences, facts, similar: similar)
    #expect(all.count == 8)
    #expect(all.suffix(2) == ["Most like seebank.example: lost (price)", "Next: answer the message below"])
    let told = ["One", "Like seebank.example, which was lost", "Next: reply"]
    #expect(SummaryTemplate.completing(told, facts, similar: similar) == told)
  }
}
