import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct NewLeadTests {
  private static let values = #"""
    {"new_email":{"email":{"type":"plain_text_input","value":"hank@globex.example"}},
    "new_name":{"name":{"type":"plain_text_input","value":"Hank Scorpio"}},
    "new_company":{"company":{"type":"plain_text_input","value":null}},
    "new_employees":{"employees":{"type":"plain_text_input","value":"51-200"}}}
    """#

  private func submit(_ desk: TestDesk, _ values: String = values, user: String = "U1JONAS") async throws -> SlackJSON?
  {
    try await desk.send(
      #"""
      {"type":"view_submission","user":{"id":"\#(user)"},"team":{"id":"T1"},
      "view":{"id":"V7","callback_id":"lead.new.v1","state":{"values":\#(values)}}}
      """#)
  }

  private static let typed: [(String, [String: String])] = [
    (
      "ada@acme.com Ada Lovelace, Acme Bank", ["email": "ada@acme.com", "name": "Ada Lovelace", "company": "Acme Bank"]
    ),
    (
      "Ada Lovelace of Acme Bank ada@acme.com",
      ["email": "ada@acme.com", "name": "Ada Lovelace", "company": "Acme Bank"]
    ),
    ("<ada@acme.com>, Ada", ["email": "ada@acme.com", "name": "Ada"]),
    ("Ada +49 30 1234567 acme.com", ["name": "Ada", "phone": "+49 30 1234567", "website": "acme.com"]), ("", [:]),
  ]

  @Test(arguments: typed)
  func `the form is filled with what was typed`(_ typed: String, _ expected: [String: String]) {
    let draft = LeadDraft(typed: typed)
    #expect(Dictionary(draft.values.map { ($0.key.rawValue, $0.value) }) { $1 } == expected)
  }

  @Test func `the command opens the form at once`() async throws {
    let desk = TestDesk()
    #expect(try await desk.submitCommand("new hank@globex.example Hank Scorpio, Globex").isEmpty)
    let view = desk.slack.last("views.open")["view"]
    #expect(view["callback_id"].string == "lead.new.v1")
    #expect(view["blocks"].array.first?["element"]["initial_value"].string == "hank@globex.example")
  }

  @Test func `what is sent off goes the way of a form, stored once before the answer`() async throws {
    let desk = TestDesk([])
    let answer = try await submit(desk)
    #expect(answer?["response_action"].string == "update")
    _ = try await submit(desk)
    let intake = try #require(desk.store.intakes.first)
    #expect(desk.store.intakes.count == 1)
    #expect(
      intake.channel == .slack && intake.payload.fullName == "Hank Scorpio" && intake.payload.employees == "51-200")
    #expect(intake.payload.source == "slack" && intake.payload.company == nil)
    #expect(desk.woken.partitions == [Partition(of: "hank@globex.example")])
  }

  @Test func `what is wrong is said at its field, and nothing is stored`() async throws {
    let desk = TestDesk([])
    let wrong = Self.values.replacing("hank@globex.example", with: "hank")
    let answer = try await submit(desk, wrong)
    #expect(answer?["errors"]["new_email"].string == "Give one e-mail address, such as ada@acme.com.")
    #expect(desk.store.deliveries.isEmpty)
    for stranger in ["U3GUEST", "U4OTHER", "U5GONE", "U9NOBODY"] {
      let refused = try await submit(desk, user: stranger)?["errors"]["new_email"].string
      #expect(
        refused == "Only full members of this workspace can do that."
          || refused?.hasPrefix("Slack didn't tell Baton who you are.") == true, "\(stranger)")
    }
    #expect(desk.store.deliveries.isEmpty)
    let down = try await submit(TestDesk([], isDown: true))
    #expect(down?["errors"]["new_email"].string?.contains("can't store") == true, "\(down?.serialized ?? "nil")")
  }

  private func draft(_ message: String) throws -> LeadDraft {
    let json = try SlackJSON(
      parsing: Data(
        #"{"type":"message_action","callback_id":"x","user":{"id":"U1"},"message":\#(message)}"#.utf8))
    guard case .messageAction(let shortcut) = try Interaction(json: json), let read = shortcut.message else {
      return LeadDraft()
    }
    return LeadDraft(message: read)
  }

  @Test func `another app's post is read out of its attachments`() throws {
    let draft = try draft(
      #"""
      {"type":"message","subtype":"bot_message","text":"New form submission","ts":"1.2","attachments":[{"fallback":"x",
      "text":"*Email:* <mailto:ada@acme.com|ada@acme.com>\n*First name:* Ada\n*Last name:* Lovelace\n*Company:* Acme &amp; Sons\nPlease call.",
      "fields":[{"title":"Job title","value":"CTO"},{"title":"Phone number","value":"+49 30 1234567"}]}]}
      """#)
    #expect(draft[.email] == "ada@acme.com" && draft[.name] == "Ada Lovelace" && draft[.company] == "Acme & Sons")
    #expect(draft[.title] == "CTO" && draft[.phone] == "+49 30 1234567")
    #expect(draft[.message]?.contains("Please call.") == true)
  }

  @Test func `blocks are read, with a label above its value`() throws {
    let draft = try draft(
      #"""
      {"text":"fallback@wrong.example","ts":"1.2","blocks":[{"type":"header","text":{"type":"plain_text","text":"A lead"}},
      {"type":"section","fields":[{"type":"mrkdwn","text":"*Email*\nada@acme.com"},{"type":"mrkdwn","text":"*Country/Region*\nGermany"}]},
      {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Website: "},{"type":"link","url":"https://acme.com"}]}]}]}
      """#)
    #expect(draft[.email] == "ada@acme.com" && draft[.country] == "Germany" && draft[.website] == "https://acme.com")
  }

  @Test func `a colleague's plain words give the address and stay as the message`() throws {
    let draft = try draft(#"{"text":"Met hank@globex.example. at the fair, wants a demo","ts":"1.2","user":"U1"}"#)
    #expect(draft[.email] == "hank@globex.example" && draft[.message]?.contains("wants a demo") == true)
  }

  @Test func `the shortcuts open the form, any other is acknowledged`() async throws {
    let desk = TestDesk()
    try await desk.send(
      #"{"type":"message_action","callback_id":"lead.from_message.v1","user":{"id":"U1JONAS"},"team":{"id":"T1"},"trigger_id":"1.2","channel":{"id":"C1"},"message":{"text":"hank@globex.example","ts":"1.2"},"response_url":"http://127.0.0.1:9/respond/1"}"#
    )
    #expect(
      desk.slack.last("views.open")["view"]["blocks"].array.first?["element"]["initial_value"].string
        == "hank@globex.example")
    try await desk.send(
      #"{"type":"shortcut","callback_id":"lead.new.v1","user":{"id":"U1JONAS"},"team":{"id":"T1"},"trigger_id":"1.3"}"#)
    #expect(desk.slack.operations.count { $0 == "views.open" } == 2)
    try await desk.send(
      #"{"type":"shortcut","callback_id":"other","user":{"id":"U1JONAS"},"team":{"id":"T1"},"trigger_id":"1.4"}"#)
    try await desk.send(
      #"{"type":"view_closed","user":{"id":"U1JONAS"},"team":{"id":"T1"},"view":{"id":"V1","callback_id":"lead.new.v1"}}"#
    )
    #expect(try await desk.send(#"{"type":"dialog_submission","user":{"id":"U1JONAS"}}"#) == nil)
    #expect(desk.slack.operations.count { $0 == "views.open" } == 2)
  }

  @Test func `a form filled by the most hostile message is within Slack's limits`() throws {
    let nasty = String(repeating: "<!channel>*`&\u{202E}é👩‍👩‍👧 ", count: 900)
    var draft = LeadDraft()
    for field in LeadDraft.Field.allCases { draft[field] = nasty }
    #expect(NewLeadModal.view(draft).violations().isEmpty)
    #expect(NewLeadModal.stored(Samples.id, name: nasty).fitted().violations().isEmpty)
  }
}

extension TestDesk {
  /// A command whose answer is what it opens.
  func submitCommand(_ text: String, user: String = "U1JONAS") async throws -> String {
    let command = try SlashCommand(
      json: ["command": "/lead", "text": .string(text), "user_id": .string(user), "team_id": "T1", "trigger_id": "1.9"])
    let reply = await handlers.command(command)
    await reply.afterwards?()
    return reply.body.map { WireTexts($0).all } ?? ""
  }
}
