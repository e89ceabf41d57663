import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct NoticeTests {
  private let slack = FakeSlack()
  private let chat: Chat

  init() {
    let directory = SlackDirectory(client: slack.client, policy: { Samples.policy }, now: { Samples.now })
    chat = SlackChat.make(client: slack.client, directory: directory)
  }

  private var sent: SlackJSON { slack.last("chat.postMessage") }

  @Test(arguments: [
    (DeskClock.Kind.accept, Samples.jonas as String?, ["lead.claim.v1", "lead.snooze.v1"]),
    (.firstTouch, Samples.jonas, ["lead.reached_out.v1", "lead.snooze.v1"]), (.accept, nil, ["lead.claim.v1"]),
  ])
  func `a reminder is a reply that mentions its owner, with the buttons for what it asks`(
    kind: DeskClock.Kind, owner: String?, buttons: [String]
  ) async throws {
    let clock = DeskClock(kind: kind, owner: owner, since: Samples.now)
    let posted = try await chat.remind("Still waiting.", clock, Samples.lead(), "k1")
    #expect(posted.kind == .thread)
    #expect(sent["channel"].string == "C2EMEA")
    #expect(sent["thread_ts"].string == "1700000000.000100")
    #expect(sent["text"].string == (owner == nil ? "" : "<@U1JONAS> ") + "Still waiting.")
    let elements = sent["blocks"].array.flatMap { $0["elements"].array }
    #expect(elements.compactMap { $0["action_id"].string } == buttons)
    #expect(elements.allSatisfy { $0["value"].string == Samples.id.description })
    #expect(sent["metadata"]["event_payload"]["key"].string == "k1")
  }

  @Test func `where nobody can be looked up by address, what there is to say is said all the same`() async throws {
    slack.change("users.lookupByEmail") { _ in #"{"ok":false,"error":"missing_scope","needed":"users:read.email"}"# }
    let clock = DeskClock(kind: .accept, owner: Samples.jonas, since: Samples.now)
    _ = try await chat.remind("Still waiting.", clock, Samples.lead(), "k1")
    #expect(sent["text"].string == "Still waiting.")
    let card = RevOps.PostedMessage(channel: "C2EMEA", timestamp: "1700000000.000100", kind: .card)
    _ = try await chat.postLine("Now with somebody.", Samples.jonas, card, "k2")
    #expect(sent["text"].string == "Now with somebody.")
    slack.change("users.lookupByEmail") { _ in #"{"ok":false,"error":"internal_error"}"# }
    await #expect(throws: ServiceError.self) { _ = try await chat.postLine("Later.", Samples.anna, card, "k3") }
  }

  @Test func `a notice names the lead and links to its card, for a person as for a channel`() async throws {
    let lead = Samples.lead()
    let told = try await chat.notify(Notice(to: .person(Samples.jonas), text: "this lead is yours."), lead, "k2")
    #expect(told.kind == .direct)
    #expect(sent["channel"].string == "D1")
    let link = "<https://northwind.slack.com/archives/C2EMEA/p1700000000000100|Open the card>"
    #expect(sent["text"].string == "*Ada Lovelace of Acme Bank*: this lead is yours. \(link)")
    _ = try await chat.notify(Notice(to: .channel("#leads"), text: "high priority."), lead, "k3")
    #expect(sent["channel"].string == "C1LEADS")
    #expect(sent["metadata"]["event_payload"]["key"].string == "k3")
  }

  @Test func `colleagues are called by name, and a stranger's words stay words`() async throws {
    let lead = Samples.texts("<!channel> *bold*")
    _ = try await chat.notify(Notice(to: .channel("#leads"), text: "\(Samples.anna) was asked."), lead, "k")
    let text = try #require(sent["text"].string)
    #expect(text.contains("Anna Berg was asked."))
    #expect(!text.contains("<!channel>"))
  }

  @Test func `a notice of unknown fate is found in the person's messages`() async throws {
    slack.change("conversations.history") { _ in
      """
      {"ok":true,"messages":[{"ts":"17.5","metadata":{"event_type":"baton_line","event_payload":{"key":"k9"}}}]}
      """
    }
    #expect(try await chat.findNotice("k9", .person(Samples.jonas), Samples.now)?.timestamp == "17.5")
    #expect(try await chat.findNotice("k8", .person(Samples.jonas), Samples.now) == nil)
  }

  @Test func `the card says until when, and that it is too late`() {
    var lead = Samples.lead()
    #expect(LeadCard.message(Samples.context(lead)).said.contains("Claim by"))
    lead.desk.clock = DeskClock(kind: .accept, owner: Samples.jonas, since: Samples.now.addingTimeInterval(-3_600))
    #expect(LeadCard.message(Samples.context(lead)).said.contains("Overdue"))
    #expect(LeadCard.message(Samples.context(Samples.lead(.claimed))).said.contains("Reach out by"))
    #expect(!LeadCard.message(Samples.context(Samples.lead(.worked))).said.contains(" by <!date"))
  }
}

extension Message {
  fileprivate var said: String { json.serialized }
}
