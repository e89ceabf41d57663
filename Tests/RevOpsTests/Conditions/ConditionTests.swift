import Foundation
import RevOps
import Testing

@Suite struct ConditionTests {
  private let yes = Condition.test("email_type", .equals(["business"]))
  private let no = Condition.test("email_type", .equals(["free"]))

  @Test("all, any and none combine")
  func combinations() {
    let lead = facts()
    #expect(Condition.all([yes, yes]).holds(lead))
    #expect(!Condition.all([yes, no]).holds(lead))
    #expect(Condition.all([]).holds(lead))
    #expect(Condition.any([no, yes]).holds(lead))
    #expect(!Condition.any([no, no]).holds(lead))
    #expect(!Condition.any([]).holds(lead))
    #expect(Condition.none([no, no]).holds(lead))
    #expect(!Condition.none([no, yes]).holds(lead))
  }

  @Test("the path leads to the first condition that failed")
  func failurePath() {
    let lead = facts()
    #expect(Condition.all([yes, .all([yes, yes, no]), no]).evaluate(lead).failed == [1, 2])
    #expect(Condition.all([yes, .none([no, yes])]).evaluate(lead).failed == [1, 1])
    #expect(Condition.all([yes, .any([no, no])]).evaluate(lead).failed == [1])
    #expect(no.evaluate(lead).failed == [])
    #expect(yes.evaluate(lead).failed == nil)
  }

  @Test("a condition survives being stored")
  func coding() throws {
    let condition = Condition.any([
      .all([.test("country", .place(countries: ["DE"], regions: ["US-CA"])), no]),
      .none([.test("custom.plan", .not(.glob(["pro*"])))]),
      .test("employees", .range(min: decimal("1.50"), max: nil)), .test("message", .contains(["Größe"])),
    ])
    let data = try JSONEncoder().encode(condition)
    #expect(try JSONDecoder().decode(Condition.self, from: data) == condition)
  }

  @Test("every name of a field reads back as itself")
  func fieldNames() {
    for name in ConditionField.names + ["utm_campaign", "custom.Plan Name"] {
      #expect(ConditionField(named: name)?.name == name)
    }
    for name in ["utm_", "custom.", "employee", ""] { #expect(ConditionField(named: name) == nil) }
  }

  @Test("no facts make an evaluation fail or two evaluations differ", arguments: 0..<40)
  func totality(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let lead = randomFacts(&random)
      let condition = randomCondition(&random, depth: 3)
      let result = condition.evaluate(lead)
      #expect(result == condition.evaluate(lead))
      #expect(result.holds == (result.failed == nil))
      #expect(Condition.none([condition]).holds(lead) != result.holds)
    }
  }

  @Test("what one condition implies holds wherever it does", arguments: 0..<40)
  func implicationIsSound(seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 1_000)
    for _ in 0..<60 {
      let (left, right) = (randomCondition(&random, depth: 2), randomCondition(&random, depth: 2))
      guard left.implies(right) else { continue }
      for _ in 0..<20 {
        let lead = randomFacts(&random)
        #expect(!left.holds(lead) || right.holds(lead), "\(left) → \(right)")
      }
    }
  }

  @Test("obvious implications are found")
  func implications() {
    let de = Condition.test("country", .place(countries: ["DE"], regions: []))
    let dach = Condition.test("country", .place(countries: ["DE", "AT"], regions: []))
    let large = Condition.test("employees", .range(min: decimal("501"), max: nil))
    let middle = Condition.test("employees", .range(min: decimal("51"), max: nil))
    let known = Condition.test("country", .exists(true))
    #expect(de.implies(dach) && !dach.implies(de))
    #expect(Condition.all([de, large]).implies(.all([middle, dach])))
    #expect(!Condition.all([de, middle]).implies(large))
    #expect(de.implies(known) && de.implies(.any([large, dach])))
    #expect(Condition.any([de, dach]).implies(dach) && !Condition.any([de, large]).implies(dach))
    #expect(Condition.none([dach]).implies(.none([de])) && !Condition.none([de]).implies(.none([dach])))
    #expect(de.implies(.all([])) && !Condition.all([]).implies(de))
    #expect(Condition.test("region", .equals(["DE-BE"])).implies(dach))
  }
}

private let words = ["Acme", "DE", "US-CA", "business", "Banking", "ZÜRICH", "大学", "", "a b", "*", "12"]

private func randomFacts(_ random: inout SeededGenerator) -> LeadFacts {
  func maybe(_ random: inout SeededGenerator) -> String? {
    Bool.random(using: &random) ? words.randomElement(using: &random) : nil
  }
  var lead = NormalizedLead(
    email: "a@b.example", emailType: EmailType.allCases.randomElement(using: &random) ?? .free)
  lead.company = maybe(&random)
  if Bool.random(using: &random) {
    let country = ["DE", "AT", "US"].randomElement(using: &random) ?? "DE"
    lead.country = country
    if Bool.random(using: &random) { lead.region = country + "-CA" }
  }
  lead.employees = Bool.random(using: &random) ? Int.random(in: 0...100, using: &random) : nil
  lead.technologies = [maybe(&random), maybe(&random)].compactMap { $0 }
  var form = LeadPayload(email: lead.email)
  form.message = maybe(&random)
  form.custom["plan"] = maybe(&random)
  return LeadFacts(normalized: lead, sources: [:], payload: form, crm: CRMFacts(checked: Bool.random(using: &random)))
}

private func randomCondition(_ random: inout SeededGenerator, depth: Int) -> Condition {
  let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
    depth > 0 ? randomCondition(&random, depth: depth - 1) : randomTest(&random)
  }
  switch Int.random(in: 0..<6, using: &random) {
  case 0: return .all(parts)
  case 1: return .any(parts)
  case 2: return .none(parts)
  default: return randomTest(&random)
  }
}

private func randomTest(_ random: inout SeededGenerator) -> Condition {
  let place = Matcher.place(
    countries: ["DE", "AT"].filter { _ in Bool.random(using: &random) },
    regions: Bool.random(using: &random) ? ["US-CA"] : [])
  if Int.random(in: 0..<4, using: &random) == 0 {
    return .test("country", Bool.random(using: &random) ? place : .not(place))
  }
  let names = ["company", "employees", "technologies", "message", "custom.plan", "region", "account_stage"]
  let matcher = randomMatcher(&random)
  return .test(names.randomElement(using: &random) ?? "company", matcher)
}

private func randomMatcher(_ random: inout SeededGenerator) -> Matcher {
  let literals = (0..<Int.random(in: 1...3, using: &random)).map { _ in
    Literal(words.randomElement(using: &random) ?? "x")
  }
  switch Int.random(in: 0..<6, using: &random) {
  case 0: return .contains(literals)
  case 1: return .glob(literals)
  case 2: return .exists(Bool.random(using: &random))
  case 3: return .not(randomMatcher(&random))
  case 4: return .range(min: ExactDecimal(Int.random(in: 0...50, using: &random)), max: ExactDecimal(60))
  default: return .equals(literals)
  }
}
