import Foundation
import RevOps
import SlackAPI
import Testing
import VendorAPI

@testable import SlackDesk

@Suite struct StaleListTests {
  private static let channel = "#leads-emea"

  /// A desk whose channel has a list of these leads, the newest of which came ten seconds ago.
  private struct Monday {
    let clock = HandClock()
    let slack: FakeSlack
    let store: FakeStore

    init(_ leads: [Lead], _ answers: [String: FakeSlack.Answer] = [:], waited: TimeInterval = 11) async throws {
      slack = FakeSlack(answers)
      store = FakeStore(leads)
      try await store.update(StaleList.key(channel: channel), from: StaleList()) { list in
        for lead in leads { list.add(lead.id, at: Samples.now) }
      }
      clock.advance(waited)
    }

    func instance() -> StaleListSender {
      let clock = clock
      let directory = SlackDirectory(client: slack.client, policy: { Samples.policy }, now: { clock.now })
      return StaleListSender(
        DeskPorts(
          client: slack.client, directory: directory, leads: store, documents: store, policy: { Samples.policy },
          now: { clock.now }, report: { _ in }))
    }

    var posts: [SlackJSON] {
      slack.requests.filter { $0.operation == "chat.postMessage" }
        .compactMap { try? SlackJSON(parsing: $0.body ?? Data()) }
    }

    func list() async throws -> StaleList {
      try #require(try await store.read(StaleList.self, StaleList.key(channel: channel)))
    }
  }

  private static func leads(_ count: Int) -> [Lead] {
    (1...count).map { number in
      var lead = Samples.other(number, company: "Company \(number)", owner: nil)
      lead.intake.bulk = true
      lead.desk.card = nil
      return lead
    }
  }

  @Test func `one list tells of all, from however many instances`() async throws {
    let monday = try await Monday(Self.leads(3))
    let (first, second) = (monday.instance(), monday.instance())
    async let one: Void = first.sendDue()
    async let two: Void = second.sendDue()
    _ = await (one, two)
    await first.sendDue()
    let words = try #require(monday.posts.first.map { WireTexts($0).all })
    #expect(monday.posts.count == 1)
    #expect(words.contains("3 leads could not be shown here for over 7 days"))
    for number in 1...3 { #expect(words.contains("Company \(number)")) }
    #expect(try await monday.list().posting == nil)
  }

  @Test func `it waits until nothing more is added`() async throws {
    let monday = try await Monday(Self.leads(1), waited: 5)
    await monday.instance().sendDue()
    #expect(monday.posts.isEmpty)
  }

  @Test func `many are counted, and the message stays within what Slack takes`() async throws {
    let monday = try await Monday(Self.leads(90))
    await monday.instance().sendDue()
    let post = try #require(monday.posts.first)
    #expect(WireTexts(post).all.contains("and 70 more"))
    #expect(post["blocks"].array.count <= SlackLimits.messageBlocks)
  }

  @Test func `who died after posting posted`() async throws {
    let monday = try await Monday(Self.leads(2), ["chat.postMessage": { _ in "down" }])
    await monday.instance().sendDue()
    let metadata = try #require(monday.posts.first)["metadata"]
    let history = #"{"ok":true,"messages":[{"ts":"1.1","text":"x","metadata":\#(metadata.serialized)}]}"#
    monday.slack.change("conversations.history") { _ in history }
    monday.clock.advance(30)
    await monday.instance().sendDue()
    #expect(monday.posts.count == 1, "the other may still be at it")
    monday.clock.advance(40)
    await monday.instance().sendDue()
    #expect(monday.posts.count == 1)
    #expect(try await monday.list().posting == nil)
  }

  @Test func `what did not arrive is posted again`() async throws {
    let monday = try await Monday(Self.leads(2), ["chat.postMessage": { _ in "down" }])
    await monday.instance().sendDue()
    monday.slack.change("conversations.history") { _ in #"{"ok":true,"messages":[]}"# }
    monday.slack.change("chat.postMessage") { _ in #"{"ok":true,"channel":"C2EMEA","ts":"1.2"}"# }
    monday.clock.advance(70)
    await monday.instance().sendDue()
    #expect(monday.posts.count == 2)
    #expect(try await monday.list().posting == nil)
  }

  @Test func `where the team's channel is closed it comes to the general one`() async throws {
    let monday = try await Monday(
      Self.leads(1),
      [
        "chat.postMessage": { request in
          let isTeam = String(decoding: request.body ?? Data(), as: UTF8.self).contains("C2EMEA")
          return isTeam
            ? #"{"ok":false,"error":"is_archived"}"# : #"{"ok":true,"channel":"C1LEADS","ts":"1.2"}"#
        }
      ])
    await monday.instance().sendDue()
    #expect(monday.posts.map { $0["channel"].text } == ["C2EMEA", "C1LEADS"])
    #expect(try await monday.list().posting == nil)
  }

  @Test func `nobody is told of again`() async throws {
    let monday = try await Monday(Self.leads(1))
    await monday.instance().sendDue()
    try await monday.store.update(StaleList.key(channel: Self.channel), from: StaleList()) { list in
      list.add(Self.leads(1)[0].id, at: monday.clock.now)
    }
    monday.clock.advance(11)
    await monday.instance().sendDue()
    #expect(monday.posts.count == 1)
  }
}
