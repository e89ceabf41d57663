import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct CommandTests {
  @Test(
    "a lead is found by what people remember",
    arguments: [
      "ada@acme.example", "ADA@acme.example", "acme.example", "https://www.acme.example/x", "Acme", "acme b",
      "\"Acme Bank\"", Samples.id.description, Samples.id.description.lowercased(),
    ])
  func found(_ text: String) async throws {
    let answer = try await TestDesk().command(text)
    #expect(answer.contains("1 lead for"))
    #expect(answer.contains("*Ada Lovelace of Acme Bank*"))
    #expect(answer.contains("waiting to be claimed"))
    #expect(answer.contains("score 0.78"))
    #expect(answer.contains("<https://northwind.slack.com/archives/C2EMEA/p1700000000000100|card>"))
  }

  @Test func `a word that is a command is searched for in quotes`() {
    #expect(LeadRequest("mine") == .mine)
    #expect(LeadRequest(" MINE ") == .mine)
    #expect(LeadRequest("\"mine\"") == .search("mine"))
    #expect(LeadRequest("“queue”") == .search("queue"))
    #expect(LeadRequest("why ada@acme.example") == .why("ada@acme.example"))
    #expect(LeadRequest("") == .help)
    #expect(LeadRequest("away until friday") == .away("until friday"))
    #expect(LeadRequest("STATS 14d") == .stats("14d"))
    #expect(LeadRequest("new ada@acme.example") == .new("ada@acme.example"))
  }

  @Test func `what is not found gets help, and the command that was probably meant`() async throws {
    let close = try await TestDesk([]).command("mien")
    #expect(close.contains("No lead found for mien."))
    #expect(close.contains("Did you mean `/lead mine`?"))
    let far = try await TestDesk([]).command("globex")
    #expect(!far.contains("Did you mean") && far.contains("`/lead mine`"))
  }

  @Test func `help lists every command that is understood`() async throws {
    let help = try await TestDesk().command("help")
    for command in LeadRequest.commands {
      #expect(help.contains(command.usage), "\(command.word)")
      #expect(LeadRequest(command.word) != .search(command.word), "\(command.word)")
    }
    #expect(LeadRequest.commands.count == 10)
  }

  @Test(arguments: [("mnie", "mine"), ("stat 7d", "stats"), ("awya", "away"), ("quue", "queue"), ("hlep", "help")])
  func `a slip of the finger gets the command that was meant`(_ typed: String, _ meant: String) async throws {
    #expect(try await TestDesk([]).command(typed).contains("Did you mean `/lead \(meant)`?"))
  }

  @Test func `mine and queue list what waits for whom`() async throws {
    let desk = TestDesk([Samples.lead(.claimed)])
    #expect(try await desk.command("mine").contains("Your open lead"))
    #expect(try await desk.command("mine", user: "U2ANNA") == "You have no open leads.")
    #expect(try await desk.command("queue").contains("Nothing waits"))
    let waiting = TestDesk([Samples.lead(owner: nil), Samples.other(1, state: .inReview, owner: nil)])
    #expect(try await waiting.command("queue").contains("1 to review, 1 to claim"))
  }

  @Test func `why explains by id or address`() async throws {
    let answer = try await TestDesk().command("why ada@acme.example")
    #expect(answer.contains("*In short*") && answer.contains("*Routing*") && answer.contains("Germany"))
    #expect(try await TestDesk([]).command("why x@y.example").contains("No lead found"))
    #expect(try await TestDesk().command("why").contains("Which lead?"))
  }

  @Test func `guests may not look anything up`() async throws {
    let answer = try await TestDesk().command("acme", user: "U3GUEST")
    #expect(answer == "Only full members of this workspace can do that.")
  }

  @Test func `an answer that takes long follows by the response_url`() async throws {
    let desk = TestDesk()
    let hasty = SlackHandlers(desk.handlers.ports, patience: .zero)
    let slow = FakeSlack(["users.info": { _ in "down" }])
    _ = slow
    let command = try SlashCommand(
      json: ["command": "/lead", "text": "help", "user_id": "U1JONAS", "response_url": "http://127.0.0.1:9/respond/1"])
    let reply = await hasty.command(command)
    await reply.afterwards?()
    #expect(reply.body != nil || desk.note.contains("/lead mine"))
  }

  @Test func `a store that is away is said to be`() async throws {
    #expect(try await TestDesk(isDown: true).command("acme").contains("can't read its store"))
  }
}
