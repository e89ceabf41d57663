import PolicyFiles
import Testing

@Suite struct SyntaxTests {
  @Test(
    "what is no YAML is reported with its line",
    arguments: [
      ("default: a\n\tteams: {}\n", 2), ("default: [a\nrules: []\n", 2), ("default: a: b\n", 1),
      ("default: a\n---\ndefault: b\n", 2), ("default: *nothing\n", 1), ("default: \u{1}\n", 1),
    ])
  func broken(text: String, line: Int) {
    let found = Sample.diagnostics(routing: text)
    #expect(found.contains { $0.severity == .error && abs($0.line - line) <= 1 }, "\(found)")
    #expect(found.allSatisfy { $0.file == "routing.yaml" })
  }

  @Test("keys that occur twice are all found, and hide nothing else")
  func duplicateKeys() {
    let routing = """
      teams: { a: { channel: "#a", channel: "#b", assignment: none } }
      default: a
      rules:
        - { name: R, when: { country: DE, country: FR }, assign: nobody }
      default: a
      """
    let found = Sample.diagnostics(routing: routing).errors
    #expect(found.filter { $0.message.contains("more than once") }.map(\.line) == [1, 2, 4])
    #expect(found.has(4, "no team `nobody`"))
    #expect(found.first { $0.message.contains("no team") }?.column == 60, "\(found)")
  }

  @Test("a merge key is no key of YAML 1.2")
  func mergeKey() {
    let routing = Sample.rules("&one { name: R, when: { country: DE }, assign: a }", "{ <<: *one, name: S }")
    #expect(Sample.diagnostics(routing: routing).has(7, "unknown key `<<`"))
  }

  @Test("absurd nesting and aliases that multiply are refused", .timeLimit(.minutes(1)))
  func bombs() {
    #expect(Sample.diagnostics(routing: String(repeating: "[", count: 100_000)).first?.message.contains("deep") == true)
    #expect(
      Sample.diagnostics(routing: String(repeating: "- ", count: 50_000) + "a").first?.message.contains("deep") == true)
    let deep = "default: " + String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(Sample.diagnostics(routing: deep).contains { $0.message.contains("too deeply") })
    let laughs = (1...20).map {
      "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ", ") + "]"
    }
    let bomb = "a0: &a0 [x]\n" + laughs.joined(separator: "\n")
    #expect(Sample.diagnostics(routing: bomb).contains { $0.message.contains("too large") })
  }

  @Test("Windows line ends and a byte order mark change nothing")
  func lineEnds() {
    let routing = "\u{FEFF}" + Sample.routing.replacing("\n", with: "\r\n")
    #expect(Sample.diagnostics(routing: routing).isEmpty)
    #expect(Sample.diagnostics(routing: routing.replacing("DACH: [DE", with: "DACH: [DEE")).map(\.line) == [1])
  }

  @Test("an empty file is an empty map", arguments: ["", "# nothing\n", "~"])
  func empty(text: String) {
    #expect(Sample.diagnostics(playbook: text).isEmpty)
    #expect(Sample.diagnostics(routing: text).has(1, "`default` is missing"))
  }
}
