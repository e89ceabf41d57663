import Foundation
import RevOps
import Testing

private let bank = AccountFacts(industry: "Banking", country: "DE", employees: 900)

@Suite struct MemorySimilarityTests {
  @Test(
    "why names the facts that both share, and only known ones",
    arguments: [
      (AccountFacts(industry: "Banking", country: "DE", employees: 900), "same industry, size and country"),
      (AccountFacts(industry: "Banking", country: "US", employees: 1_800), "same industry and size"),
      (AccountFacts(industry: "Banking"), "same industry"),
      (
        AccountFacts(industry: "FinTech", country: "AT", employees: 4_000),
        "same region, related industry and similar size"
      ),
      (AccountFacts(industry: "Insurance", country: "DE"), "same country, related industry"),
      (AccountFacts(employees: 450), "same size"),
      (AccountFacts(employees: 180), "similar size"),
      (AccountFacts(industry: "Legal", country: "US", employees: 179), nil),
      (AccountFacts(), nil),
    ])
  func why(other: AccountFacts, words: String?) {
    #expect(Similarity.why(bank, other) == words)
    #expect(Similarity.why(other, bank) == words)
  }

  @Test("a shared country alone tells nothing, nor does anything in unrelated industries; industry or size do")
  func telling() {
    #expect(!Similarity(bank, AccountFacts(country: "DE")).isTelling)
    #expect(Similarity(bank, AccountFacts(industry: "Insurance")).isTelling)
    #expect(Similarity(bank, AccountFacts(employees: 300)).isTelling)
    #expect(!Similarity(bank, AccountFacts(industry: "Agriculture", country: "DE", employees: 900)).isTelling)
  }

  @Test("an account is remembered by its domain and the kind of outcome, without a word of the lead's own")
  func record() throws {
    let lead = lead(domain: "acme.example")
    let won = try #require(AccountMemory(of: lead, outcome: "won", reason: "price", at: lead.intake.receivedAt))
    #expect(won.id == "acme.example/deal")
    #expect(won.account == "acme.example")
    #expect(won.reason == "price")
    #expect((won.industry, won.country, won.employees) == ("Banking", "DE", 900))
    #expect(won.model == "local-1")
    let kinds = AccountOutcome.allCases.map { outcome in
      AccountMemory(of: lead, outcome: outcome.rawValue, reason: nil, at: won.at)?.id
    }
    #expect(
      kinds == ["deal", "deal", "deal", "refusal", "course", "course"].map { "acme.example/\($0)" })
    let stored = String(decoding: try JSONEncoder().encode(won), as: UTF8.self)
    #expect(!stored.contains("secret") && !stored.contains("Ada") && !stored.contains("@"))
  }

  @Test("without a domain the company is the account and the lead its id; without either there is no memory")
  func nameless() {
    let lead = lead(domain: nil)
    let memory = AccountMemory(of: lead, outcome: "lost", reason: nil, at: lead.intake.receivedAt)
    #expect(memory?.id == "\(lead.id)/deal")
    #expect(memory?.account == "Acme Bank")
    let nobody = MemorySimilarityTests().lead(domain: nil, company: nil)
    #expect(AccountMemory(of: nobody, outcome: "lost", reason: nil, at: nobody.intake.receivedAt) == nil)
  }

  private func lead(domain: String?, company: String? = "Acme Bank") -> Lead {
    let at = Date(timeIntervalSince1970: 1_772_442_000)
    var random = SystemRandomNumberGenerator()
    let payload = LeadPayload(email: "ada@acme.example", fullName: "Ada Lovelace", message: "our secret plan")
    let intake = Intake(
      channel: .form, receivedAt: at, identity: payload.email, payload: payload, raw: nil)
    var lead = Lead(id: LeadID(identity: payload.email, now: at, random: &random), intake: intake)
    let normalized = NormalizedLead(
      email: payload.email, emailType: .business, domain: domain, company: company, fullName: "Ada Lovelace",
      country: "DE", industry: "Banking", employees: 900)
    lead.progress = .captured(
      CapturedLead(facts: LeadFacts(normalized: normalized, sources: [:], payload: payload, crm: .notChecked)))
    return lead
  }
}
