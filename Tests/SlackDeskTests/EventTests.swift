import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct EventTests {
  @Test func `a mention is answered in its thread, to the one who asked alone`() async throws {
    let desk = TestDesk()
    try await desk.event(
      #"{"type":"app_mention","user":"U1JONAS","channel":"C2EMEA","text":"<@UBOT> acme.example","ts":"2.1","thread_ts":"1.1"}"#
    )
    let answer = desk.slack.last("chat.postEphemeral")
    #expect(answer["user"].string == "U1JONAS" && answer["channel"].string == "C2EMEA")
    #expect(answer["thread_ts"].string == "1.1" && WireTexts(answer).all.contains("1 lead for `acme.example`"))
    #expect(!desk.slack.operations.contains("chat.postMessage"))
  }

  @Test(arguments: [
    "hey <@UBOT> acme.example", "acme.example <@UBOT>", "<@UBOT|baton> <http://acme.example|acme.example>",
  ])
  func `its name may stand anywhere in a mention`(_ text: String) async throws {
    let desk = TestDesk()
    _ = try await desk.handlers.ports.directory.identity()
    try await desk.event(
      #"{"type":"app_mention","user":"U1JONAS","channel":"C2EMEA","text":"\#(text)","ts":"2.1"}"#)
    let words = WireTexts(desk.slack.last("chat.postEphemeral")).all
    #expect(
      !words.contains("UBOT") && (words.contains("1 lead for `acme.example`") || text.hasPrefix("hey")), "\(words)")
  }

  @Test func `a mention where nothing private can be said is answered by direct message`() async throws {
    let desk = TestDesk(
      slack: FakeSlack(["chat.postEphemeral": { _ in #"{"ok":false,"error":"user_not_in_channel"}"# }]))
    try await desk.event(
      #"{"type":"app_mention","user":"U1JONAS","channel":"C2EMEA","text":"<@UBOT> help","ts":"2.1"}"#)
    #expect(desk.slack.last("chat.postMessage")["channel"].string == "D1")
  }

  @Test func `a mention by a bot is left alone, and new offers the form`() async throws {
    let desk = TestDesk()
    try await desk.event(
      #"{"type":"app_mention","user":"UBOT","bot_id":"B1","channel":"C2EMEA","text":"<@UBOT> help","ts":"2.1"}"#)
    #expect(desk.slack.operations.allSatisfy { $0 != "chat.postEphemeral" })
    try await desk.event(
      #"{"type":"app_mention","user":"U1JONAS","channel":"C2EMEA","text":"<@UBOT> new","ts":"2.2"}"#, id: "Ev2")
    #expect(WireTexts(desk.slack.last("chat.postEphemeral")).all.contains("New lead"))
    try await desk.use("leads.new.v1", value: "")
    #expect(desk.slack.last("views.open")["view"]["callback_id"].string == "lead.new.v1")
  }

  @Test(arguments: [
    #"{"type":"tokens_revoked","tokens":{"oauth":[],"bot":["UBOT"]}}"#, #"{"type":"app_uninstalled"}"#,
  ])
  func `a token that is taken away is reported`(_ event: String) async throws {
    let desk = TestDesk()
    try await desk.event(event)
    #expect(!desk.revoked.partitions.isEmpty)
  }

  @Test func `somebody's own token and unknown events change nothing`() async throws {
    let desk = TestDesk()
    try await desk.event(#"{"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":[]}}"#)
    try await desk.event(#"{"type":"star_added","user":"U1"}"#, id: "Ev2")
    #expect(desk.revoked.partitions.isEmpty)
    #expect(desk.slack.operations.isEmpty)
  }

  /// Kinds of the platform that Baton has no use for, some of them from before Block Kit, and its own kinds with names
  /// that it does not know.
  private static let strangers: [String] = [
    "interactive_message", "dialog_submission", "dialog_cancellation", "dialog_suggestion", "workflow_step_edit",
    "message_action", "shortcut", "view_submission", "view_closed", "block_actions", "block_suggestion",
    "tomorrows_kind",
  ]

  @Test(arguments: strangers)
  func `an interaction that is not Baton's is acknowledged and sets nothing in motion`(_ type: String) async throws {
    let desk = TestDesk()
    let answer = try await desk.send(
      #"""
      {"type":"\#(type)","user":{"id":"U1JONAS"},"team":{"id":"T1"},"callback_id":"other.v9","action_id":"other.v9",
      "trigger_id":"1.2","response_url":"http://127.0.0.1:9/respond/1","value":"x","submission":{"a":"b"},
      "view":{"id":"V1","callback_id":"other.v9","state":{"values":{}}},"message":{"text":"x","ts":"1.2"},
      "actions":[{"type":"button","action_id":"other.v9","value":"\#(Samples.id)","action_ts":"1.1"}]}
      """#)
    #expect(answer?["options"].array.isEmpty ?? true)
    #expect(answer?["errors"].isNull ?? true)
    #expect(desk.slack.operations.isEmpty && desk.store.deliveries.isEmpty)
  }

  @Test(arguments: [
    "message", "message_metadata_posted", "reaction_added", "link_shared", "team_join", "channel_archive",
    "channel_id_changed", "member_joined_channel", "subteam_members_changed", "function_executed",
    "workflow_step_execute", "assistant_thread_started", "file_shared", "app_requested", "tomorrows_event", "",
  ])
  func `an event that Baton has no use for is acknowledged and sets nothing in motion`(_ type: String) async throws {
    let desk = TestDesk()
    for (number, rest) in [
      "", #","user":"U1JONAS","channel":"C2EMEA","text":"<@UBOT> help""#, #","user":{},"channel":[]"#,
    ]
    .enumerated() {
      try await desk.event(#"{"type":"\#(type)"\#(rest)}"#, id: "Ev\(number)")
    }
    #expect(desk.slack.operations.isEmpty && desk.store.deliveries.isEmpty)
  }

  @Test func `an event that is sent twice at once is done once`() async throws {
    let desk = TestDesk()
    let mention = #"{"type":"app_mention","user":"U1JONAS","channel":"C2EMEA","text":"<@UBOT> help","ts":"2.1"}"#
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await desk.event(mention) } }
      try await group.waitForAll()
    }
    #expect(desk.slack.operations.count { $0 == "chat.postEphemeral" } == 1)
  }

  @Test func `the manager hears that a member or the bot left the team's channel`() async throws {
    let desk = TestDesk()
    try await desk.event(#"{"type":"member_left_channel","user":"U2ANNA","channel":"C2EMEA"}"#)
    #expect(desk.slack.last("chat.postMessage")["text"].string?.contains("Anna Berg left <#C2EMEA>") == true)
    try await desk.event(#"{"type":"member_left_channel","user":"UBOT","channel":"C2EMEA"}"#, id: "Ev2")
    #expect(desk.slack.last("chat.postMessage")["text"].string?.contains("Baton was removed") == true)
    let count = desk.slack.operations.count { $0 == "chat.postMessage" }
    try await desk.event(#"{"type":"member_left_channel","user":"U6MARIA","channel":"C2EMEA"}"#, id: "Ev3")
    try await desk.event(#"{"type":"member_left_channel","user":"U2ANNA","channel":"C1LEADS"}"#, id: "Ev4")
    #expect(desk.slack.operations.count { $0 == "chat.postMessage" } == count)
  }

  @Test func `retry is stored for those who may, once`() async throws {
    var policy = Samples.policy
    policy.playbook.admins = [Samples.jonas]
    var failed = Samples.lead()
    failed.errors = ["card: slack: invalid_auth"]
    let desk = TestDesk([failed], policy: policy)
    #expect(try await desk.command("retry ada@acme.example").contains("goes on with what failed"))
    #expect(desk.store.commands.map(\.action) == [.retry])
    #expect(try await desk.command("retry ada@acme.example", user: "U2ANNA").contains("Only admins"))
    #expect(desk.store.commands.count == 1)
    #expect(try await desk.command("retry").contains("Which lead?"))
    let well = TestDesk(policy: policy)
    #expect(try await well.command("retry ada@acme.example").contains("Nothing has failed"))
    #expect(well.store.commands.isEmpty)
  }

  @Test func `stats count what came and how soon it was taken up`() async throws {
    var late = Samples.other(60 * 24 * 9)
    late.desk.claimedAt = Samples.now
    var claimed = Samples.other(30, state: .claimed)
    claimed.desk.deliveredAt = claimed.intake.receivedAt
    claimed.desk.claimedAt = claimed.intake.receivedAt.addingTimeInterval(360)
    let desk = TestDesk([Samples.other(1), claimed, late])
    let week = try await desk.command("stats")
    #expect(week.contains("2 leads came, 2 qualified") && week.contains("Claimed: 1, usually in 6 min"))
    #expect(week.contains("First touch: none yet") && week.contains("*emea*: 2 in, 1 claimed"))
    #expect(try await desk.command("stats 2w").contains("3 leads came"))
    #expect(try await desk.command("stats forever").contains("Give a time"))
    #expect(try await TestDesk([]).command("stats 24h").contains("no lead has come"))
  }
}
