import RevOps
import Testing

@Suite struct MatcherTests {
  @Test(
    "equality ignores case, width, accents and compatibility forms",
    arguments: [
      ("Zürich", "ZURICH", true), ("ACME", "acme", true), ("ｆｕｌｌ", "full", true), ("Straße", "STRASSE", true),
      ("Acme Bank", "Acme", false), ("São Paulo", "sao paulo", true), ("東京", "東京", true),
    ])
  func equality(value: String, literal: String, expected: Bool) {
    let lead = facts { $0.company = value }
    #expect(Condition.test("company", .equals([Literal(literal)])).holds(lead) == expected)
  }

  @Test("one of several values is enough")
  func anyOf() {
    let lead = facts { $0.industry = "Banking" }
    #expect(Condition.test("industry", .equals(["FinTech", "Banking"])).holds(lead))
    #expect(!Condition.test("industry", .equals(["FinTech", "Retail"])).holds(lead))
  }

  @Test(
    "whole words only, whatever separates them",
    arguments: [
      ("A partner-referral", "partner", true), ("partnership", "partner", false), ("Élève, école", "ecole", true),
      ("we need two words here", "two words", true), ("two  -  words", "two words", true),
      ("two other words", "two words", false), ("C3PO", "3", false), ("", "x", false), ("O'Connor", "connor", true),
      ("end of contract", "contract", true), ("10,000 users", "000", true),
    ])
  func contains(value: String, phrase: String, expected: Bool) {
    let lead = facts { _ in
    } payload: {
      $0.message = value
    }
    #expect(Condition.test("message", .contains([Literal(phrase)])).holds(lead) == expected)
  }

  @Test(
    "in scripts without spaces a substring is found",
    arguments: [
      ("東京大学の研究室", "大学", true), ("大きな学校", "大学", false), ("มหาวิทยาลัยมหิดล", "มหาวิทยาลัย", true),
      ("東京ai研究", "ai", true), ("株式会社テスト", "テスト", true), ("daiei研究", "ai", false),
    ])
  func spaceless(value: String, phrase: String, expected: Bool) {
    let lead = facts { $0.company = value }
    #expect(Condition.test("company", .contains([Literal(phrase)])).holds(lead) == expected)
  }

  @Test("a phrase without any word is found nowhere")
  func emptyPhrase() {
    let lead = facts { $0.company = "Acme" }
    #expect(!Condition.test("company", .contains(["!"])).holds(lead))
    #expect(!Literal("!").hasWords)
  }

  @Test(
    "globs match whole values",
    arguments: [
      ("partner-summer", "partner*", true), ("my-partner", "partner*", false), ("abc", "a?c", true),
      ("ac", "a?c", false), ("aéc", "a?c", true), ("a東c", "a?c", true), ("abc", "*", true), ("ABC", "*b*", true),
      ("abcabc", "*abc", true), ("abcab", "*abc", false), ("", "*", false), ("x", "**x**", true),
    ])
  func glob(value: String, pattern: String, expected: Bool) {
    let lead = facts { _ in
    } payload: {
      $0.utm["utm_campaign"] = value
    }
    #expect(Condition.test("utm_campaign", .glob([Literal(pattern)])).holds(lead) == expected)
  }

  @Test("a hostile value does not make a glob slow", .timeLimit(.minutes(1)))
  func globIsNotExponential() {
    let lead = facts { $0.description = String(repeating: "a", count: 4_000) }
    let pattern = Literal(String(repeating: "*a", count: 40) + "b")
    let time = ContinuousClock().measure {
      #expect(!Condition.test("description", .glob([pattern])).holds(lead))
    }
    #expect(time < .seconds(5))
  }

  @Test(
    "a glob on the domain sees the full host and the registrable domain",
    arguments: [
      ("ann@mail.eu.rival.example", "*.rival.example", true), ("ann@rival.example", "*.rival.example", false),
      ("ann@mail.rival.example", "rival.example", true), ("ann@notrival.example", "*rival.example", true),
      ("ann@MAIL.Rival.Example", "mail.rival.*", true),
    ])
  func fullHost(email: String, pattern: String, expected: Bool) {
    let domain = email.hasSuffix("notrival.example") ? "notrival.example" : "rival.example"
    let lead = facts(email: email) { $0.domain = domain }
    #expect(Condition.test("domain", .glob([Literal(pattern)])).holds(lead) == expected)
  }

  @Test("with a free address the website's host counts")
  func websiteHost() {
    let lead = facts(email: "ann@gmail.com", website: "https://shop.rival.example/x") { $0.domain = "rival.example" }
    #expect(Condition.test("domain", .glob(["shop.rival.*"])).holds(lead))
    #expect(!Condition.test("domain", .glob(["gmail.com"])).holds(lead))
    #expect(!Condition.test("domain", .glob(["*"])).holds(facts(email: "ann@gmail.com")))
  }

  @Test(
    "bounds are inclusive and exact",
    arguments: [
      (20, "20", nil, true), (19, "20", nil, false), (50, nil, "50", true), (51, nil, "50", false),
      (30, "20", "50", true), (20, "20.5", nil, false),
    ] as [(Int, String?, String?, Bool)])
  func range(value: Int, min: String?, max: String?, expected: Bool) {
    let lead = facts { $0.employees = value }
    let matcher = Matcher.range(min: min.map(decimal), max: max.map(decimal))
    #expect(Condition.test("employees", matcher).holds(lead) == expected)
  }

  @Test("a form's own field compares as a number where it is one")
  func customNumber() {
    let condition = Condition.test("custom.seats", .range(min: decimal("10"), max: nil))
    #expect(
      condition.holds(
        facts { _ in
        } payload: {
          $0.custom["seats"] = " 12.5 ".trimmed
        }))
    #expect(
      !condition.holds(
        facts { _ in
        } payload: {
          $0.custom["seats"] = "many"
        }))
    #expect(!condition.holds(facts()))
  }

  @Test("a country's part under country is tested against the region")
  func place() {
    let west = Condition.test("country", .place(countries: ["MX"], regions: ["US-CA", "US-OR"]))
    #expect(west.holds(facts { ($0.country, $0.region) = ("US", "US-OR") }))
    #expect(west.holds(facts { $0.country = "MX" }))
    #expect(!west.holds(facts { ($0.country, $0.region) = ("US", "US-TX") }))
    #expect(!west.holds(facts { $0.country = "US" }))
    #expect(!west.holds(facts()))
  }

  @Test("on a list any element may match")
  func lists() {
    let lead = facts {
      $0.technologies = ["AWS", "Salesforce CRM"]
    } payload: {
      $0.tags = ["webinar"]
    }
    #expect(Condition.test("technologies", .equals(["aws"])).holds(lead))
    #expect(Condition.test("technologies", .contains(["salesforce"])).holds(lead))
    #expect(Condition.test("tags", .glob(["web*"])).holds(lead))
    #expect(!Condition.test("tags", .equals(["aws"])).holds(lead))
  }

  @Test("an unknown value makes every matcher false but exists: false, so that its not is true")
  func unknown() {
    let positive: [Matcher] = [
      .equals(["x"]), .range(min: decimal("0"), max: nil), .contains(["x"]), .glob(["*"]), .exists(true),
    ]
    for name in ConditionField.names where !["email", "email_type", "account_stage"].contains(name) {
      for matcher in positive {
        #expect(!Condition.test(name, matcher).holds(facts()), "\(name)")
        #expect(Condition.test(name, .not(matcher)).holds(facts()), "\(name)")
      }
      #expect(Condition.test(name, .exists(false)).holds(facts()))
      #expect(!Condition.test(name, .not(.exists(false))).holds(facts()))
    }
  }

  @Test("the stage of an account that could not be looked up is unknown, not none")
  func uncheckedAccount() {
    let condition = Condition.test("account_stage", .equals(["none"]))
    #expect(condition.holds(facts()))
    #expect(!condition.holds(facts(crm: .notChecked)))
  }

  @Test("the score is a field like others once it is known")
  func score() {
    let condition = Condition.test("score", .range(min: decimal("0.8"), max: nil))
    #expect(condition.holds(facts(), score: decimal("0.8")))
    #expect(!condition.holds(facts(), score: decimal("0.79")))
    #expect(!condition.holds(facts()))
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
