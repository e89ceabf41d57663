import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct ClickTests {
  @Test(
    "a button that changes the lead is stored once before it is answered",
    arguments: [
      ("claim", DeskCommand.Action.claim), ("release", .release(reason: nil)), ("reached_out", .reachedOut),
      ("undo", .undo), ("qualify", .qualify), ("snooze", .snooze),
    ])
  func stored(_ button: String, _ action: DeskCommand.Action) async throws {
    let desk = TestDesk()
    #expect(try await desk.click(button) == nil)
    try await desk.click(button)
    let delivery = try #require(desk.store.deliveries.first)
    #expect(desk.store.deliveries.count == 1)
    #expect(delivery.key == "slack/U1JONAS/17.1/lead.\(button).v1")
    #expect(delivery.keepFor == .seconds(30 * 86_400))
    #expect(delivery.message.leadID == Samples.id)
    let command = try #require(desk.store.commands.first)
    #expect(command.action == action && command.actor == .chatUser(id: "U1JONAS"))
    #expect(command.reply?.responseURL == "http://127.0.0.1:9/respond/1")
    #expect(desk.woken.partitions.contains(Samples.id.partition))
    #expect(desk.slack.operations.isEmpty)
  }

  @Test func `a click that can't be stored is answered privately, and nothing claims that it worked`() async throws {
    let desk = TestDesk(isDown: true)
    try await desk.click("claim")
    #expect(desk.note.contains("Baton can't store that now"))
    #expect(desk.woken.partitions.isEmpty)
  }

  @Test func `a click of another workspace is ignored once the token's is known`() async throws {
    let desk = TestDesk()
    _ = try await desk.handlers.ports.directory.identity()
    try await desk.click("claim", team: "T2")
    #expect(desk.store.deliveries.isEmpty)
    try await desk.click("claim")
    #expect(desk.store.deliveries.count == 1)
  }

  @Test func `a button that carries no lead is answered, an unknown one and a link are let be`() async throws {
    let desk = TestDesk()
    try await desk.click("claim", value: "../../etc")
    #expect(desk.note.contains("can't read this button"))
    #expect(try await desk.click("open_crm") == nil)
    #expect(try await desk.click("fly") == nil)
    #expect(desk.store.deliveries.isEmpty)
  }

  @Test(
    "forms open at once, about their lead",
    arguments: ["reassign", "nurture", "outcome", "why"])
  func opened(_ button: String) async throws {
    let desk = TestDesk()
    try await desk.click(button)
    let sent = desk.slack.last("views.open")
    #expect(sent["trigger_id"].string == "1.2.3")
    #expect(sent["view"]["callback_id"].string == "lead.\(button).v1")
    #expect(ModalSubject(metadata: sent["view"]["private_metadata"].string)?.lead == Samples.id)
    #expect(desk.store.deliveries.isEmpty)
  }

  @Test func `reassigning offers the team, the free first, with their open leads`() async throws {
    let desk = TestDesk()
    try await desk.click("reassign")
    let text = desk.slack.last("views.open").serialized
    #expect(text.contains("anna@northwind.example · 3 open leads, at capacity"))
    #expect(text.contains("Not available now"))
    #expect(!text.contains("\"value\":\"jonas@northwind.example\""))
  }

  @Test func `why tells the rules, the reps and what kept them`() async throws {
    let desk = TestDesk()
    try await desk.click("why")
    let text = desk.slack.last("views.open").serialized
    #expect(text.contains("Germany"))
    #expect(text.contains("at capacity"))
    #expect(text.contains("Twenty people or more"))
  }

  @Test(
    "guests and people of other workspaces get no form but a private word",
    arguments: ["U3GUEST", "U4OTHER"])
  func refused(_ user: String) async throws {
    let desk = TestDesk()
    try await desk.click("reassign", user: user)
    #expect(desk.note == "Only full members of this workspace can do that.")
    #expect(!desk.slack.operations.contains("views.open"))
  }

  @Test func `a form for a lead that is past it is refused with what happened instead`() async throws {
    let desk = TestDesk([Samples.lead(.closed)])
    try await desk.click("reassign")
    #expect(desk.note.contains("can't be reassigned: it is closed"))
  }

  @Test func `a form that Slack doesn't open in time is answered`() async throws {
    let desk = TestDesk(slack: FakeSlack(["views.open": { _ in #"{"ok":false,"error":"expired_trigger_id"}"# }]))
    try await desk.click("outcome")
    #expect(desk.note.contains("Press the button again"))
  }

  @Test func `people are suggested by the beginning of a name or an address, full members only`() async throws {
    let desk = TestDesk()
    func found(_ query: String) async throws -> [String] {
      let body = try await desk.send(
        """
        {"type":"block_suggestion","user":{"id":"U1JONAS"},"team":{"id":"T1"},"action_id":"lead.people.v1",
        "block_id":"to_person","value":"\(query)"}
        """)
      return body?["options"].array.compactMap { $0["value"].string } ?? []
    }
    #expect(try await found("ber") == ["U2ANNA"])
    #expect(try await found("JONAS@") == ["U1JONAS"])
    #expect(try await found("g") == [])
  }
}
