import Foundation
import RevOps
import SlackAPI
import Testing
import VendorAPI

@testable import SlackDesk

@Suite struct SlackChatTests {
  private let slack = FakeSlack()
  private let clock = HandClock()
  private let directory: SlackDirectory
  private let chat: Chat

  init() {
    let clock = clock
    directory = SlackDirectory(client: slack.client, policy: { Samples.policy }, now: { clock.now })
    chat = SlackChat.make(client: slack.client, directory: directory)
  }

  private let card = RevOps.PostedMessage(channel: "C1LEADS", timestamp: "1700000000.000100", kind: .card)

  @Test func `a card goes to the channel of that name, however it is written, and keeps where Slack put it`()
    async throws
  {
    let posted = try await chat.postCard(Samples.context(Samples.lead()), "#Leads-EMEA", true).message
    #expect(posted == card)
    #expect(slack.last("chat.postMessage")["channel"].string == "C2EMEA")
    #expect(slack.last("chat.postMessage")["unfurl_links"].bool == false)
    #expect(slack.last("chat.postMessage")["metadata"]["event_payload"]["lead_id"].string == Samples.id.description)
    #expect(slack.last("chat.postMessage").serialized.contains("<@U1JONAS>"))
    let triage = try await chat.postCard(Samples.context(Samples.lead(.inReview)), "leads", false).message
    #expect(triage.kind == .triage)
    #expect(!slack.last("chat.postMessage").serialized.contains("<@U1JONAS>"))
    #expect(slack.operations.count { $0 == "conversations.list" } == 1)
  }

  @Test func `an unknown channel is refused, and the list is asked for again after a minute at the soonest`()
    async throws
  {
    for _ in 0..<3 {
      await #expect(
        throws: ServiceError.slack("channel_not_found", "there is no channel of that name that the bot can see")
      ) {
        _ = try await chat.postCard(Samples.context(Samples.lead()), "#new", false)
      }
    }
    #expect(slack.operations.count { $0 == "conversations.list" } == 1)
    slack.change("conversations.list") { _ in #"{"ok":true,"channels":[{"id":"C9NEW","name":"new"}]}"# }
    clock.advance(61)
    _ = try await chat.postCard(Samples.context(Samples.lead()), "#new", false)
    #expect(slack.last("chat.postMessage")["channel"].string == "C9NEW")
  }

  @Test func `a person's id as the place opens their direct messages`() async throws {
    _ = try await chat.postCard(Samples.context(Samples.lead()), "U1JONAS", false)
    #expect(slack.last("conversations.open")["users"].string == "U1JONAS")
    #expect(slack.last("chat.postMessage")["channel"].string == "D1")
  }

  @Test func `people are asked for once in ten minutes, the missing once a minute`() async throws {
    for _ in 0..<3 {
      #expect(try await chat.person("U1JONAS").email == Samples.jonas)
      #expect(try await chat.personByEmail("nobody@northwind.example") == nil)
    }
    #expect(slack.operations.count { $0 == "users.info" } == 1)
    #expect(slack.operations.count { $0 == "users.lookupByEmail" } == 1)
    clock.advance(61)
    _ = try await chat.person("U1JONAS")
    _ = try await chat.personByEmail("nobody@northwind.example")
    #expect(slack.operations.count { $0 == "users.info" } == 1)
    #expect(slack.operations.count { $0 == "users.lookupByEmail" } == 2)
    clock.advance(600)
    _ = try await chat.person("U1JONAS")
    #expect(slack.operations.count { $0 == "users.info" } == 2)
  }

  @Test func `callers who want the same at once share one call`() async throws {
    await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { [chat] in _ = try? await chat.person("U1JONAS") } }
    }
    #expect(slack.operations.count { $0 == "users.info" } == 1)
    #expect(slack.operations.count { $0 == "auth.test" } == 1)
  }

  @Test func `guests, people of other workspaces and those who left are told apart`() async throws {
    #expect(try await chat.person("U1JONAS").isFullMember)
    #expect(try await !chat.person("U3GUEST").isFullMember)
    #expect(try await !chat.person("U4OTHER").isFullMember)
    #expect(try await chat.person("U5GONE").isDeactivated)
    #expect(try await chat.personByEmail("gone@northwind.example") == nil)
  }

  @Test func `a member whose Slack differs is found by what the configuration says`() async throws {
    var policy = Samples.policy
    policy.routing.teams[0].members[0].slack = "U2ANNA"
    let changed = policy
    let directory = SlackDirectory(client: slack.client, policy: { changed }, now: { Samples.now })
    let found = try await directory.person(email: Samples.jonas)
    #expect(found?.id == "U2ANNA" && found?.email == Samples.jonas)
    #expect(try await directory.person("U2ANNA").email == Samples.jonas)
  }

  @Test func `whoever has acted is named to others from then on, in a team or not, and who has left is not`()
    async throws
  {
    var policy = Samples.policy
    policy.routing.teams = []
    let changed = policy
    let directory = SlackDirectory(client: slack.client, policy: { changed }, now: { Samples.now })
    #expect(await directory.named("\(Samples.jonas) claimed it", asking: true) == "\(Samples.jonas) claimed it")
    let name = try await directory.person("U1JONAS").name
    #expect(await directory.named("\(Samples.jonas) claimed it", asking: true) == "\(name) claimed it")
    _ = try await directory.person("U5GONE")
    #expect(await directory.knownName(email: "gone@northwind.example") == nil)
  }

  @Test func `Slack is asked about whoever is of the configured people's company, and about no stranger`() async throws
  {
    var policy = Samples.policy
    policy.routing.teams[0].members.removeAll { $0.email == Samples.jonas }
    let changed = policy
    let directory = SlackDirectory(client: slack.client, policy: { changed }, now: { Samples.now })
    #expect(await !directory.named("\(Samples.jonas) claimed it", asking: true).contains("@"))
    let asked = slack.operations.count
    #expect(await directory.named("ada@acme.example", asking: true) == "ada@acme.example")
    #expect(slack.operations.count == asked)
  }

  @Test func `a lost card and a lost line are found by their metadata`() async throws {
    let message = LeadCard.message(Samples.context(Samples.lead(.inReview)))
    let metadata = message.metadata?.json.serialized ?? ""
    slack.change("conversations.history") { _ in
      #"{"ok":true,"messages":[{"ts":"1.1","text":"x"},{"ts":"1.2","metadata":\#(metadata)}]}"#
    }
    let found = try await chat.findCard(Samples.id, "#leads", Samples.now)
    #expect(found == RevOps.PostedMessage(channel: "C1LEADS", timestamp: "1.2", kind: .triage))
    slack.change("conversations.replies") { _ in
      #"{"ok":true,"messages":[{"ts":"1.3","metadata":{"event_type":"baton_line","event_payload":{"key":"k/1"}}}]}"#
    }
    #expect(try await chat.findLine("k/1", card, Samples.now)?.timestamp == "1.3")
    #expect(try await chat.findLine("k/2", card, Samples.now) == nil)
  }

  @Test func `a line goes to the thread with its key, mentions whom it should, and is inert`() async throws {
    _ = try await chat.postLine("Reassigned <!here>", Samples.jonas, card, "\(Samples.id)/line/2")
    let sent = slack.last("chat.postMessage")
    #expect(sent["text"].string == "<@U1JONAS> Reassigned &lt;!here&gt;")
    #expect(sent["thread_ts"].string == "1700000000.000100")
    #expect(sent["metadata"]["event_payload"]["key"].string == "\(Samples.id)/line/2")
    #expect(sent["metadata"]["event_payload"]["lead_id"].string == Samples.id.description)
  }

  @Test func `an answer goes by the response_url, then privately in the channel, then as a direct message`()
    async throws
  {
    let url = "http://127.0.0.1:9/respond/1"
    try await chat.answer("Hi", ReplyAddress(responseURL: url, channel: "C1LEADS", user: "U1JONAS"))
    #expect(slack.last("response_url")["response_type"].string == "ephemeral")
    #expect(slack.last("response_url")["replace_original"].bool == false)
    try await chat.answer("Hi", ReplyAddress(responseURL: "https://evil.example/", channel: "C1LEADS", user: "U1JONAS"))
    #expect(slack.last("chat.postEphemeral")["user"].string == "U1JONAS")
    slack.change("chat.postEphemeral") { _ in #"{"ok":false,"error":"user_not_in_channel"}"# }
    try await chat.answer("Hi", ReplyAddress(responseURL: nil, channel: "C1LEADS", user: "U1JONAS"))
    #expect(slack.last("chat.postMessage")["channel"].string == "D1")
  }

  @Test func `failures keep Slack's word, whether to try again, and whether it may have happened`() async throws {
    slack.change("chat.postMessage") { _ in #"{"ok":false,"error":"is_archived"}"# }
    let refused = await failure()
    #expect(refused?.service == "slack" && refused?.code == "is_archived" && refused?.retry == .never)
    slack.change("chat.postMessage") { _ in "down" }
    let lost = await failure()
    #expect(lost?.retry == .now && lost?.outcomeUnknown == true)
  }

  private func failure() async -> ServiceError? {
    do throws(ServiceError) {
      _ = try await chat.postCard(Samples.context(Samples.lead()), "#leads", false)
      return nil
    } catch {
      return error
    }
  }
}
