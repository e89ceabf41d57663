import PolicyFiles
import RevOps
import Testing

@Suite struct ExampleTests {
  private func found(_ example: String) -> [Diagnostic] {
    Sample.diagnostics(routing: Sample.routing + "\nexamples:\n  - \(example)\n")
  }

  @Test(
    "an example that holds says nothing",
    arguments: [
      "{ name: E, lead: { email: e@bank.example, country: Germany, industry: Bank, employees: 900 }, expect: { team: emea-fintech } }",
      "{ name: E, lead: { email: e@bank.example, country: DE }, expect: { team: general, path: manual_review, owner: null } }",
      "{ name: E, lead: { email: e@bank.example }, crm: { account_owner: ann@x.example }, expect: { owner: ann@x.example, team: null } }",
      "{ name: E, lead: { email: e@bank.example }, enrichment: { company: { country: AT, industry: banking, employees: 500 } }, expect: { team: emea-fintech } }",
    ])
  func holds(example: String) { #expect(found(example).isEmpty) }

  @Test(
    "an example that fails says what came out and why",
    arguments: [
      (
        "{ name: E, lead: { email: e@bank.example, country: FR }, expect: { team: emea-fintech } }",
        "the team is general, not emea-fintech"
      ),
      (
        "{ name: E, lead: { email: e@bank.example }, expect: { path: qualify } }",
        "the path is manual_review, not qualify"
      ),
      (
        "{ name: E, lead: { email: e@bank.example }, expect: { owner: ann@x.example } }",
        "the owner is nobody, not ann@x.example"
      ),
    ])
  func fails(example: String, message: String) {
    #expect(found(example).errors.has(15, message, "No rule matched"), "\(found(example))")
  }

  @Test(
    "an example that makes no sense is an error",
    arguments: [
      ("{ name: E, lead: { country: FR }, expect: { team: general } }", "e-mail"),
      ("{ name: E, lead: { email: a@b.example }, expect: { team: generl } }", "no team `generl`"),
      ("{ name: E, lead: { email: a@b.example }, expect: {} }", "says nothing"),
      ("{ name: E, lead: { email: a@b.example }, expects: { team: general } }", "unknown key `expects`"),
      ("{ name: E, lead: { email: a@b.example }, expect: { path: qualified } }", "cannot be `qualified`"),
      ("{ name: E, lead: [a], expect: { team: general } }", "must be a map"),
      ("{ name: E, lead: { email: a@b.example }, crm: { account_stage: 5 }, expect: { team: general } }", "wrong type"),
    ])
  func senseless(example: String, message: String) {
    #expect(found(example).errors.has(15, message), "\(found(example))")
  }
}
