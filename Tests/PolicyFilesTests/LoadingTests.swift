import Foundation
import PolicyFiles
import RevOps
import Testing

@Suite struct LoadingTests {
  @Test("a sound configuration loads, with names resolved and hours inherited")
  func sound() throws {
    let policy = try Sample.load().policy
    #expect(policy.routing.teams.map(\.name) == ["emea-fintech", "general"])
    #expect(policy.routing.teams[0].members[0].hours == policy.routing.teams[0].hours)
    #expect(policy.routing.teams[0].hours?.days == [.mon, .tue, .wed, .thu, .fri])
    #expect(policy.routing.teams[0].hours?.from == 540)
    #expect(policy.routing.fallback == .team("general"))
    #expect(
      policy.routing.rules[1].when
        == .all([
          .field(.normalized(.country), .place(countries: ["DE", "AT", "CH"], regions: [])),
          .field(.normalized(.industry), .equals(["FinTech", "Banking"])),
          .field(.normalized(.employees), .range(min: ExactDecimal(201), max: nil)),
        ]))
    #expect(policy.scoring.rulesWeight == ExactDecimal("0.5"))
    #expect(policy.playbook == Playbook())
    #expect(policy.version.count == 16)
  }

  @Test("NO is Norway, off is a text, and JSON is YAML")
  func coreSchema() throws {
    let routing = """
      {"teams": {"a": {"channel": "#a", "assignment": "none"}}, "default": "a",
       "rules": [{"name": "Norway", "when": {"country": ["NO", "SE"]}, "assign": "a"}]}
      """
    let policy = try Sample.load(routing: routing, playbook: "sla: off\ndigest: off\n").policy
    #expect(
      policy.routing.rules[0].when == .field(.normalized(.country), .place(countries: ["NO", "SE"], regions: [])))
    #expect(policy.playbook.sla == nil)
    let unquoted = Sample.rules("{ name: Norway, when: { country: NO }, assign: a }")
    #expect(
      try Sample.load(routing: unquoted).policy.routing.rules[0].when
        == .field(.normalized(.country), .place(countries: ["NO"], regions: [])))
  }

  @Test("the version is about what a configuration means")
  func version() throws {
    let version = try Sample.load().policy.version
    let commented = Sample.routing.replacing("default: general", with: "# a comment\ndefault: \"general\"")
    #expect(try Sample.load(routing: commented).policy.version == version)
    let changed = Sample.scoring.replacing("0.5", with: "0.6")
    #expect(try Sample.load(scoring: changed).policy.version != version)
    #expect(try Sample.load(playbook: "reopen_after: 31d").policy.version != version)
    #expect(try Sample.load(playbook: "reopen_after: 30d").policy.version == version)
  }

  @Test("aliases stand for what they name")
  func aliases() throws {
    let routing = Sample.rules(
      "{ name: One, when: &dach { country: DACH }, assign: a }", "{ name: Two, when: { none: [*dach] }, assign: b }")
    let rules = try Sample.load(routing: routing).policy.routing.rules
    #expect(rules[1].when == .none([rules[0].when]))
  }

  @Test("the order of keys in a map decides nothing")
  func keyOrder() throws {
    let one = Sample.rules("{ name: R, when: { country: DE, employees: { min: 51 } }, assign: b }")
    let other = Sample.rules("{ assign: b, when: { employees: { min: 51 }, country: DE }, name: R }")
    for employees in [10, 51] {
      var lead = NormalizedLead(email: "a@b.example", emailType: .business)
      (lead.country, lead.employees) = ("DE", employees)
      let facts = LeadFacts(
        normalized: lead, sources: [:], payload: LeadPayload(email: lead.email), crm: CRMFacts())
      let targets = try [one, other].map { routing in
        RuleMatching.match(
          facts, policy: try Sample.load(routing: routing).policy.routing, isActive: { _ in true }
        ).target
      }
      #expect(targets[0] == targets[1])
    }
  }

  @Test("the classic map gives each country to an address")
  func classic() throws {
    let routing =
      #"{"US": "us-team@company.com", "Germany": "De@company.com", "UK": "uk@company.com", "DEFAULT": "x@company.com"}"#
    let policy = try Sample.load(routing: routing).policy.routing
    #expect(policy.teams.isEmpty)
    #expect(policy.fallback == .person("x@company.com"))
    #expect(
      policy.rules.map(\.assign) == [
        .person("us-team@company.com"), .person("de@company.com"), .person("uk@company.com"),
      ])
    #expect(policy.rules[2].when == .field(.normalized(.country), .place(countries: ["GB"], regions: [])))
  }

  @Test("the classic map has its own mistakes")
  func classicMistakes() {
    let found = Sample.diagnostics(routing: "US: a@b.example\nUSA: c@d.example\nXY: e@f.example\nFR: nobody\n")
    #expect(found.has(2, "same country"))
    #expect(found.has(3, "`XY` is no country"))
    #expect(found.has(4, "must be an e-mail address"))
    #expect(found.has(1, "`DEFAULT` is missing"))
    #expect(Sample.diagnostics(routing: "US: a@b.example\ndefault: a@b.example\nUK: a@b.example").count > 0)
  }

  @Test("files are found in a folder, and two of a kind are too many")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "baton-policy-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ name: String, _ text: String) throws {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    func found() -> [Diagnostic] {
      do { return try PolicyLoader(folder: folder).load().warnings } catch { return error.diagnostics }
    }
    #expect(found().map(\.file).sorted() == [folder + "/routing.yaml", folder + "/scoring.yaml"])
    try write("routing.yml", Sample.routing)
    try write("scoring.yaml", Sample.scoring)
    #expect(found().isEmpty)
    try write("routing.json", "{}")
    #expect(found().contains { $0.file == folder + "/routing.json" && $0.message.contains("`routing.yml`") })
    try FileManager.default.removeItem(atPath: folder + "/routing.json")
    try write("playbook.yaml", "")
    #expect(found().isEmpty)
    try Data([0x61, 0x3a, 0xff]).write(to: URL(filePath: folder + "/playbook.yaml"))
    #expect(found().first?.message.contains("UTF-8") == true)
    try write("playbook.yaml", String(repeating: "# padding\n", count: 450_000))
    #expect(found().first?.message.contains("4 MiB") == true)
  }

  @Test("what is left without the rules in error can be looked at")
  func salvage() throws {
    let routing = Sample.rules(
      "{ name: Good, when: { country: DE }, assign: a }", "{ name: Bad, when: { country: DEE }, assign: a }")
    do {
      _ = try Sample.load(routing: routing)
      Issue.record("an unknown country was accepted")
    } catch {
      #expect(error.salvaged?.routing.rules.map(\.name) == ["Good"])
    }
  }
}
