import PolicyFiles
import RevOps
import Testing

@Suite struct RoutingDiagnosticsTests {
  @Test(
    "a mistake in a rule is found at its line, with advice",
    arguments: [
      ("{ name: R, when: { country: DACHH }, assign: a }", "`DACHH` is no country", "DACH"),
      ("{ name: R, when: { country: Germny }, assign: a }", "`Germny` is no country", "DE"),
      ("{ name: R, when: { employes: { min: 51 } }, assign: a }", "unknown field `employes`", "employees"),
      ("{ name: R, when: { state: CA }, assign: a }", "unknown field `state`", "region"),
      ("{ name: R, when: { budget: 5 }, assign: a }", "unknown field `budget`", "custom.budget"),
      ("{ name: R, when: { industry: Bank }, assign: a }", "no canonical name", "Banking"),
      ("{ name: R, when: { industry: finansial }, assign: a }", "no canonical name", "financial"),
      ("{ name: R, when: { seniority: clevel }, assign: a }", "no canonical name", "c_level"),
      ("{ name: R, when: { department: enginering }, assign: a }", "no canonical name", "engineering"),
      ("{ name: R, when: { email_type: private }, assign: a }", "no canonical name", "free"),
      ("{ name: R, when: { account_stage: custmer }, assign: a }", "no canonical name", "customer"),
      ("{ name: R, when: { region: DACH }, assign: a }", "whole countries", "country"),
      ("{ name: R, when: { region: Nowhere }, assign: a }", "no part of a country", "US-CA"),
      ("{ name: R, when: { country: DE }, assign: aa }", "no team `aa`", "`a`"),
      ("{ name: R, when: { country: DE }, assign: acount_owner }", "no team", "account_owner"),
      ("{ name: R, when: { country: DE }, asign: a }", "unknown key `asign`", "assign"),
      ("{ name: R, if: { country: DE }, assign: a }", "unknown key `if`", "when"),
      ("{ name: R, when: { country: DE } }", "`assign` is missing", nil),
      ("{ name: R, assign: a }", "`when` is missing", "when: {}"),
      ("{ when: { country: DE }, assign: a }", "`name` is missing", nil),
      ("{ name: R, when: { employees: { min: 900, max: 51 } }, assign: a }", "at least 900 and at most 51", "swap"),
      ("{ name: R, when: { employees: { min: many } }, assign: a }", "must be a number", nil),
      ("{ name: R, when: { employees: { contains: 5 } }, assign: a }", "has no `contains`", "min"),
      ("{ name: R, when: { employees: lots }, assign: a }", "is a number", nil),
      ("{ name: R, when: { company: { min: 5 } }, assign: a }", "no `min` or `max`", nil),
      ("{ name: R, when: { company: {} }, assign: a }", "is empty", nil),
      ("{ name: R, when: { company: [] }, assign: a }", "is empty", nil),
      ("{ name: R, when: { company: }, assign: a }", "has no value", "exists: false"),
      ("{ name: R, when: { company: { contains: '!' } }, assign: a }", "no letter or digit", nil),
      ("{ name: R, when: { company: { exists: yes } }, assign: a }", "must be true or false", "true"),
      ("{ name: R, when: { company: { contain: x } }, assign: a }", "unknown key `contain`", "contains"),
      ("{ name: R, when: { company: { glob: x, contains: y } }, assign: a }", "only one", "any"),
      ("{ name: R, when: { any: { country: DE } }, assign: a }", "must be a list of conditions", nil),
      ("{ name: R, when: { any: [] }, assign: a }", "`any` is empty", nil),
      ("{ name: R, when: [DE], assign: a }", "`when` must be a map", nil),
      ("just a text", "must be a map", "name, when, assign"),
      ("{ name: R, when: { country: !!int 5 }, assign: a }", "the tag", nil),
      ("{ name: R, when: { country: DE }, assign: someone@x }", "must be an e-mail address", nil),
    ] as [(String, String, String?)])
  func ruleMistakes(rule: String, message: String, suggestion: String?) {
    let found = Sample.diagnostics(routing: Sample.rules(rule)).errors
    #expect(found.has(Sample.firstRule, message, suggestion), "\(found)")
    #expect(found.allSatisfy { $0.file == "routing.yaml" && $0.column > 0 && $0.excerpt?.isEmpty == false })
  }

  @Test("every mistake is reported in one go, in the order of the file")
  func allAtOnce() {
    let found = Sample.diagnostics(
      routing: Sample.rules(
        "{ name: R, when: { country: ZZ, industry: Bnking }, assign: nobody }",
        "{ name: r, when: { employees: { min: x } }, assign: a }"),
      scoring: "weights: { rules: 0.5, llm: 0.6 }\nrulez: []\n", playbook: "sla: { clock: sometimes }")
    #expect(found.errors.count == 8, "\(found)")
    #expect(found == found.sorted())
  }

  @Test("the place is that of the value")
  func place() {
    let routing = Sample.rules("{ name: R, when: { country: DACHH }, assign: a }")
    let found = Sample.diagnostics(routing: routing)
    #expect(found.map(\.column) == [33])
    #expect(
      found[0].description.hasPrefix("routing.yaml:6:33: error: `DACHH` is no country"), "\(found[0].description)")
    #expect(found[0].excerpt == "- { name: R, when: { country: DACHH }, assign: a }")
  }

  @Test(
    "rules that nothing can reach are errors that name the rule in their way",
    arguments: [
      (["{ country: DE }", "{ country: DE, industry: Banking }"], true),
      (["{ country: DACH }", "{ country: AT }"], true),
      (["{}", "{ country: AT }"], true),
      (["{ employees: { min: 51 } }", "{ employees: { min: 201 } }"], true),
      (["{ country: DE }", "{ country: AT }", "{ country: [DE, AT], industry: Banking }"], true),
      (["{ country: US }", "{ country: US, region: US-CA }"], true),
      (["{ country: US }", "{ region: US-CA }"], true),
      (["{ any: [ { country: DE }, { industry: Banking } ] }", "{ industry: Banking, country: FR }"], true),
      (["{ industry: Banking }", "{ country: DE, industry: Banking }"], true),
      (["{ country: DE, industry: Banking }", "{ country: DE }"], false),
      (["{ country: DE }", "{ country: [DE, FR] }"], false),
      (["{ country: US, region: US-CA }", "{ country: US }"], false),
      (["{ employees: { min: 201 } }", "{ employees: { min: 51 } }"], false),
      (["{ company: { contains: bank } }", "{ company: { glob: 'bank*' } }"], false),
    ] as [([String], Bool)])
  func reachability(conditions: [String], isUnreachable: Bool) {
    let rules = conditions.enumerated().map { "{ name: R\($0.offset), when: \($0.element), assign: a }" }
    let text = Sample.rules(rules)
    let found = Sample.diagnostics(routing: text).errors
    #expect(found.contains { $0.message.contains("can never be reached") } == isUnreachable, "\(found)")
    if isUnreachable { #expect(found.has(Sample.firstRule + conditions.count - 1, "`R0` in line 6", "move it up")) }
  }

  @Test("a rule for owners hides none: the owner may have left")
  func ownersHideNothing() {
    let routing = Sample.rules(
      "{ name: One, when: { account_owner: { exists: true } }, assign: account_owner }",
      "{ name: Two, when: { account_owner: { exists: true }, country: DE }, assign: a }")
    #expect(Sample.diagnostics(routing: routing).isEmpty)
  }

  @Test(
    "the names that sales gives its regions are allowed",
    arguments: [
      "EMEA", "APAC", "LATAM", "NORAM", "AMER", "Americas", "EU", "Europe", "Nordics", "Benelux", "MENA", "CEE",
      "ANZ", "UKI", "GCC", "ROW", "Africa", "Asia", "North America", "Southeast Asia", "US-WEST", "East", "Central",
    ])
  func regionNames(name: String) {
    let found = Sample.diagnostics(
      routing: Sample.routing.replacing("WEST:", with: "\(name):").replacing("DACH", with: "X1"))
    #expect(found.isEmpty, "\(found)")
  }

  @Test("a part of a country that leads never carry is doubtful")
  func secondLevel() {
    let found = Sample.diagnostics(routing: Sample.rules("{ name: R, when: { region: ES-B }, assign: a }"))
    #expect(found.map(\.severity) == [.warning])
    #expect(found.has(6, "`ES-B`", "ES-CT"))
  }

  @Test("names are used once")
  func duplicates() {
    let found = Sample.diagnostics(
      routing: Sample.rules(
        "{ name: Same, when: { country: DE }, assign: a }", "{ name: SAME, when: { country: FR }, assign: a }"))
    #expect(found.has(7, "another rule is called `SAME`"))
  }

  @Test(
    "bounds inside the usual ranges are doubtful",
    arguments: [
      ("min: 20", "11-50", true), ("min: 51", "", false), ("max: 50", "", false), ("max: 100", "51-200", true),
      ("min: 1", "", false), ("min: 10001", "", false),
    ])
  func headcounts(bound: String, range: String, isDoubtful: Bool) {
    let found = Sample.diagnostics(routing: Sample.rules("{ name: R, when: { employees: { \(bound) } }, assign: a }"))
    #expect(found.errors.isEmpty)
    #expect(found.has(6, "inside the usual range \(range)") == isDoubtful)
  }

  @Test("the sample itself is sound")
  func sound() { #expect(Sample.diagnostics().isEmpty) }

  @Test(
    "mistakes elsewhere in the routing file",
    arguments: [
      ("[DE, AT, CH]", "[DE, ATT, CH]", 1, "`ATT` is no country", nil),
      ("DACH: [DE, AT, CH]", "Germany: [DE]", 1, "a region cannot be called `Germany`", nil),
      ("WEST:", "US-CA:", 1, "a region cannot be called `US-CA`", nil),
      ("WEST:", "dach:", 1, "exists already", nil),
      ("lists:", "list:", 2, "unknown key `list`", "lists"),
      ("financial: [FinTech, Banking]", "financial: []", 2, "is empty", nil),
      ("financial: [", "DACH: [", 2, "name of a region", nil),
      ("\"#leads-emea\"", "Leads EMEA", 5, "is no Slack channel", "#leadsemea"),
      ("maria@northwind.example", "Maria", 6, "must be an e-mail address", nil),
      ("Europe/Berlin", "Berlin", 7, "unknown time zone", "Europe/Berlin"),
      ("Europe/Berlin", "Europe/Berln", 7, "unknown time zone", "Europe/Berlin"),
      ("\"09:00\"", "9am", 7, "must be a time of day", nil),
      ("to: \"18:00\"", "to: \"09:00\"", 7, "same minute", nil),
      ("to: \"18:00\"", "to: \"18:00\", days: [monday]", 7, "cannot be `monday`", "mon"),
      ("to: \"18:00\"", "to: \"18:00\", days: []", 7, "nobody would ever be at work", nil),
      ("to: \"18:00\"", "to: \"18:00\", holidays: [2026-02-30]", 7, "is no date", nil),
      ("from: \"09:00\", ", "", 7, "`from` is missing", nil),
      ("weight: 2", "weight: 0", 8, "must be above 0", nil),
      ("weight: 2", "weight: two", 8, "must be a number", nil),
      ("weight: 2", "capacity: 1.5", 8, "must be a whole number", nil),
      ("jonas@northwind.example,", "jonas,", 8, "must be an e-mail address", nil),
      ("[{ email: jonas@northwind.example, weight: 2 }]", "[]", 8, "nobody to assign", "assignment: none"),
      ("weight: 2 }]", "weight: 2 }, { email: Jonas@Northwind.example }]", 8, "listed twice", nil),
      ("assignment: none", "assignment: nobody", 9, "cannot be `nobody`", "none"),
      (
        "assignment: none }", "assignment: none, when_unavailable: emea-fintch }", 9, "no team `emea-fintch`",
        "emea-fintech"
      ),
      ("assignment: none }", "assignment: none, when_unavailable: general }", 9, "cannot stand in for itself", nil),
      ("channel: \"#general\", ", "", 9, "`channel` is missing", "#general"),
      ("assign: emea-fintech", "assign: emea-fintec", 12, "no team `emea-fintec`", "emea-fintech"),
      ("default: general", "default: generl", 13, "no team `generl`", "general"),
      ("default: general", "default: account_owner", 13, "cannot be an owner", nil),
      ("default: general", "defalt: general", 13, "unknown key `defalt`", "default"),
      ("default: general", "default:", 13, "`default` is missing", nil),
    ] as [(String, String, Int, String, String?)])
  func others(wrong: String, instead: String, line: Int, message: String, suggestion: String?) {
    let routing = Sample.routing.replacing(wrong, with: instead)
    #expect(routing != Sample.routing)
    let found = Sample.diagnostics(routing: routing).errors
    #expect(found.has(line, message, suggestion), "\(found)")
  }
}

@Suite struct ManyRulesTests {
  @Test("thousands of rules are checked in seconds, however alike", .timeLimit(.minutes(1)))
  func manyRules() throws {
    let rules = (0..<2_000).map {
      "{ name: R\($0), when: { country: [DE, FR], industry: Banking, company: { contains: c\($0) } }, assign: a }"
    }
    #expect(try Sample.load(routing: Sample.rules(rules)).policy.routing.rules.count == 2_000)
    let covered = Sample.diagnostics(
      routing: Sample.rules(
        rules + ["{ name: Last, when: { country: DE, company: { contains: old c7 }, industry: Banking }, assign: a }"]))
    #expect(covered.errors.map(\.line) == [Sample.firstRule + 2_000])
    #expect(covered.errors.first?.message.contains("`R7`") == true)
  }
}
