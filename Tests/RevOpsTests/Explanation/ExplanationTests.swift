import RevOps
import Testing

@Suite struct ExplanationTests {
  @Test(
    "conditions read as English",
    arguments: [
      (Condition.test("country", .place(countries: ["DE", "AT", "CH"], regions: [])), "country is one of DE, AT, CH"),
      (.test("employees", .range(min: decimal("201"), max: nil)), "employees at least 201"),
      (.test("employees", .range(min: decimal("1"), max: decimal("10"))), "employees from 1 to 10"),
      (.test("message", .contains(["budget"])), "message contains “budget”"),
      (.test("domain", .glob(["*.edu", "*.ac.uk"])), "domain looks like one of *.edu, *.ac.uk"),
      (.test("account_owner", .exists(true)), "account owner is known"),
      (.test("seniority", .not(.equals(["intern"]))), "not (seniority is intern)"),
      (.all([]), "always"),
      (
        .all([
          .test("email_type", .equals(["free"])),
          .any([.test("phone", .exists(false)), .test("city", .exists(false))]),
        ]),
        "kind of e-mail address is free and (phone is unknown or city is unknown)"
      ),
      (.none([.test("city", .exists(true))]), "none of: city is known"),
    ])
  func conditions(condition: Condition, text: String) { #expect(Explanation.condition(condition) == text) }

  @Test("a long list is cut")
  func longList() {
    let countries = (0..<30).map { "C\($0)" }
    let text = Explanation.condition(.test("country", .place(countries: countries, regions: [])))
    #expect(text.hasSuffix("C11 and 18 more"))
  }

  @Test("a failed condition is shown with what is known of the lead")
  func failures() {
    let condition = Condition.all([
      .test("country", .place(countries: ["DE"], regions: [])),
      .test("employees", .range(min: decimal("201"), max: nil)),
    ])
    let small = facts { ($0.country, $0.employees) = ("DE", 40) }
    #expect(
      Explanation.failure(of: condition, at: [1], facts: small) == "employees at least 201, but employees is 40")
    #expect(
      Explanation.failure(of: condition, at: [1], facts: facts()) == "employees at least 201, but employees is unknown")
    #expect(Explanation.failure(of: condition, at: [7], facts: nil) == Explanation.condition(condition))
  }

  @Test("what must not hold is shown as such")
  func unwanted() {
    let condition = Condition.none([.test("city", .equals(["Bonn"]))])
    let text = Explanation.failure(of: condition, at: [0], facts: facts { $0.city = "Bonn" })
    #expect(text == "not (city is Bonn), but city is Bonn")
  }

  @Test("a score is explained by what decided, what counted and what did not")
  func scoring() {
    let policy = ScoringPolicy(
      rulesWeight: decimal("0.5"), llmWeight: decimal("0.5"), qualifyThreshold: decimal("0.7"),
      nurtureThreshold: decimal("0.4"), llmLimit: decimal("0.3"),
      rules: [
        .init(name: "Business address", when: .test("email_type", .equals(["business"])), points: decimal("0.5")),
        .init(name: "Free address", when: .test("email_type", .equals(["free"])), points: decimal("-0.3")),
      ])
    let lead = facts()
    let lines = Explanation.scoring(Scoring.decide(lead, policy: policy), policy: policy, facts: lead)
    #expect(
      lines == [
        .init(.note, "Score 0.5: to be reviewed, since it lies between 0.4 and 0.7"),
        .init(.yes, "+0.5 Business address"),
        .init(
          .no,
          "−0.3 Free address: kind of e-mail address is free, but kind of e-mail address is business"),
      ])
  }

  @Test("a routing decision is explained rule by rule and rep by rep")
  func routing() {
    let policy = RoutingPolicy(
      teams: [],
      rules: [
        .init(name: "Owned", when: .test("account_owner", .exists(true)), assign: .accountOwner),
        .init(name: "DACH", when: .test("country", .place(countries: ["DE"], regions: [])), assign: .team("dach")),
      ], fallback: .team("general"))
    let lead = facts { $0.country = "DE" }
    let match = RuleMatching.match(lead, policy: policy, isActive: { _ in true })
    let decision = RoutingDecision(
      decidedBy: match.decidedBy, team: "dach", owner: "ann@x.example", reason: match.reason, tookTurn: true,
      trace: RoutingTrace(
        configVersion: "v", steps: match.steps,
        candidates: [.init(email: "ann@x.example"), .init(email: "ben@x.example", gate: .outsideHours)]))
    #expect(
      Explanation.routing(decision, policy: policy, facts: lead) == [
        Explanation.account(lead),
        .init(.no, "Owned: account owner is known, but account owner is unknown"),
        .init(.yes, "DACH: country is DE, so team dach"), .init(.yes, "ann@x.example: their turn"),
        .init(.no, "ben@x.example: outside working hours"), .init(.note, "Assigned to ann@x.example of team dach"),
      ])
  }

  @Test("every rep is named with the first thing in the way, the one who got the lead with it too")
  func candidates() {
    let all = RoutingTrace.Candidate.Gate.allCases.map {
      RoutingTrace.Candidate(email: "\($0.rawValue)@x.example", gate: $0)
    }
    let lines = Explanation.candidates(all + [.init(email: "ann@x.example")], chosen: "outside_hours@x.example")
    #expect(lines.count == all.count + 1)
    #expect(lines[0] == .init(.yes, "outside_hours@x.example: their turn, outside working hours"))
    #expect(lines.dropFirst().allSatisfy { $0.mark == .no })
    #expect(Set(lines.map(\.text)).count == lines.count)
    #expect(
      Explanation.candidates([.init(email: "ann@x.example")], chosen: "ann@x.example", byTurn: false).map(\.text)
        == ["ann@x.example: chosen, not as a turn"])
  }

  @Test("a fact is shown with where it is from, and so is what a rule found instead")
  func sources() {
    var lead = facts { $0.employees = 40 }
    lead.sources[.employees] = .apollo
    #expect(Explanation.facts(lead).map(\.text).contains("employees: 40 (apollo)"))
    #expect(Explanation.facts(lead).map(\.text).contains("country: unknown"))
    let wanted = Condition.test("employees", .range(min: ExactDecimal(201), max: nil))
    #expect(
      Explanation.failure(of: wanted, at: [], facts: lead) == "employees at least 201, but employees is 40 (apollo)")
  }

  @Test("the account is named with what it was found by, and why it and no other")
  func account() {
    let found = facts(
      crm: CRMFacts(accountOwner: "ann@x.example", accountStage: .known, companyName: "Acme", matchedBy: "domain")
    ) { $0.domain = "acme.example" }
    #expect(
      Explanation.account(found).text == "Account Acme, found by the domain acme.example, owner ann@x.example")
    #expect(Explanation.account(facts(crm: .notChecked)).text.hasPrefix("Account not checked"))
    #expect(
      Explanation.account(facts { $0.domain = "acme.example" }).text
        == "No account: the CRM knows neither the address nor the domain acme.example")
    var several = CRMFacts(accountStage: .known, companyID: "7", matchedBy: "name")
    several.matchNote = "the oldest of 3"
    #expect(
      Explanation.account(facts(crm: several) { $0.company = "Acme" }).text
        == "Account company 7, found by the company's name Acme, the oldest of 3, without an owner")
  }

  @Test("the default and an owner who left are named")
  func fallback() {
    let policy = RoutingPolicy(
      teams: [], rules: [.init(name: "Owned", when: .all([]), assign: .accountOwner)], fallback: .team("general"))
    let lead = facts(crm: CRMFacts(accountOwner: "gone@x.example"))
    let match = RuleMatching.match(lead, policy: policy, isActive: { _ in false })
    let lines = Explanation.routing(match.steps, decidedBy: match.decidedBy, policy: policy, facts: lead)
    #expect(
      lines.map(\.text) == [
        "Owned: matched, but passed over because that owner is no longer active",
        "No rule matched: the default applies, team general",
      ])
  }

  @Test("a trace of another configuration never crashes an explanation")
  func strangerTrace() {
    let policy = RoutingPolicy(teams: [], rules: [], fallback: .team("general"))
    let steps = [RoutingTrace.Step(rule: 9, matched: false, failed: [3, 1])]
    #expect(Explanation.routing(steps, decidedBy: .rule(9), policy: policy).isEmpty)
  }
}
