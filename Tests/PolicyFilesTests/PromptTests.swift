import Foundation
import RevOps
import TestSupport
import Testing

@testable import PolicyFiles

@Suite struct PromptTests {
  private static let sample = """
    ---
    name: lead_summary
    max_output_tokens: 500
    schema:
      type: object
      additionalProperties: false
      required: [lines]
      properties:
        lines:
          type: array
          items:
            type: object
            additionalProperties: false
            required: [text, facts]
            properties:
              text: { type: string }
              facts: { type: array, items: { type: string } }
    ---
    # System

    You summarise.

    # User

    The data:

    {{{lead}}}
    """

  private func decode(_ old: String = "", _ new: String = "") -> (Prompt?, [String]) {
    let text = old.isEmpty ? Self.sample : Self.sample.replacing(old, with: new)
    #expect(old.isEmpty || text != Self.sample)
    let decoder = PromptDecoder(SourceFile(name: "p.md", text: text), purpose: .summary)
    return (decoder.decode(), decoder.diagnostics.map(\.description))
  }

  @Test func `a prompt is read, and a lead's data is filled in as it is`() throws {
    let (decoded, diagnostics) = decode()
    #expect(diagnostics == [])
    let prompt = try #require(decoded)
    #expect(prompt.name == "lead_summary")
    #expect(prompt.maxOutputTokens == 500)
    #expect(prompt.system == "You summarise.")
    #expect(prompt.user(#"{"a":"<b> & 'c' {{lead}}"}"#) == "The data:\n\n" + #"{"a":"<b> & 'c' {{lead}}"}"#)
  }

  @Test func `line ends and the mark of another editor change nothing, not even the version`() throws {
    let (plain, _) = decode()
    let text = "\u{FEFF}" + Self.sample.replacing("\n", with: "\r\n")
    let decoder = PromptDecoder(SourceFile(name: "p.md", text: text), purpose: .summary)
    let other = try #require(decoder.decode())
    #expect(decoder.diagnostics.isEmpty)
    #expect(other.system == plain?.system && other.user("{}") == plain?.user("{}") && other.version == plain?.version)
  }

  @Test func `the version is the content's`() {
    let (one, _) = decode()
    let (same, _) = decode()
    let (other, _) = decode("You summarise.", "You summarise well.")
    #expect(one?.version == same?.version)
    #expect(one?.version != other?.version)
    #expect(one?.version.count == 16)
  }

  @Test(arguments: [
    (
      "max_output_tokens", "max_output_token",
      "p.md:3:1: error: unknown key `max_output_token` in the settings; did you mean `max_output_tokens`?"
    ),
    ("500", "lots", "p.md:3:20: error: `max_output_tokens` must be a whole number, not the text `lots`"),
    (
      "name: lead_summary", "name: lead summary!",
      "p.md:2:7: error: `name` must be at most 64 letters, digits, `_` and `-`"
    ),
    ("required: [text, facts]", "required: [text]", "`facts` is not in `required`"),
    (
      "type: object\n        additionalProperties: false", "type: object",
      "an object must say that it takes no other members; add `additionalProperties: false`"
    ),
    (
      "text: { type: string }", "text: { type: strng }",
      "p.md:16:19: error: schema: `type` cannot be `strng`; use one of"
    ),
    ("lines", "rows", "the schema lacks `lines.[].text`, which is read from the answer"),
    ("{{{lead}}}", "", "p.md:25:1: error: the lead's data is missing; write `{{{lead}}}` once"),
    (
      "{{{lead}}}", "{{lead}}",
      "p.md:27:1: error: two braces would change the quotation marks of the data; write `{{{lead}}}`"
    ),
    (
      "{{{lead}}}", "{{{lead}}} {{{leda}}}",
      "p.md:27:12: error: there is nothing called `leda` to fill in; did you mean `lead`?"
    ),
    ("{{{lead}}}", "{{{lead}}} {{#lead}}", "error: the template can't be read"),
    ("You summarise.", "You summarise {{{lead}}}.", "p.md:21:15: error: the system message is the same for every lead"),
    ("# System", "# Sytem", "the part `# System` is missing"),
    ("# User", "", "the part `# User` is missing"),
    ("---\nname", "name", "p.md:1:1: error: the file must begin with its settings"),
    ("name: lead_summary\n", "", "`name` is missing in the settings"),
    ("max_output_tokens: 500", "temperature: 3", "`temperature` must lie between 0 and 2, and 3 does not"),
  ])
  func `a mistake is named with file, line and what to do`(old: String, new: String, expected: String) {
    let (prompt, diagnostics) = decode(old, new)
    #expect(prompt == nil)
    #expect(diagnostics.contains { $0.contains(expected) }, "\(diagnostics)")
  }

  @Test func `every mistake of a folder is told at once`() throws {
    let folder = try TemporaryFolder()
    try Self.sample.replacing("{{{lead}}}", with: "").write(
      to: folder.url.appending(path: "summarize.md"), atomically: true, encoding: .utf8)
    let failure = #expect(throws: PolicyFailure.self) { try PromptLoader(folder: folder.url.path).load() }
    let text = failure?.description ?? ""
    #expect(text.contains("scoring.md:1:1: error: the file is missing"))
    #expect(text.contains("the lead's data is missing"))
  }

  @Test func `the prompts that come with Baton are right`() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let prompts = try PromptLoader(folder: root.appending(path: "prompts").path).load()
    #expect(prompts.scoring.system.contains("second opinion"))
    #expect(prompts.summary.user("{}").hasSuffix("{}"))
  }
}
