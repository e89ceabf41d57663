import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct SlackManifestTests {
  /// Does everything that the desk can do, and gives the methods that it called.
  private func used() async throws -> Set<String> {
    let desk = TestDesk()
    let ports = desk.handlers.ports
    let chat = SlackChat.make(client: ports.client, directory: ports.directory)
    let context = Samples.context(Samples.lead())
    let card = try await chat.postCard(context, "#leads", true).message
    _ = try await chat.updateCard(context, card)
    _ = try? await chat.findCard(Samples.id, "#leads", Samples.now)
    _ = try? await chat.findLine("k", card, Samples.now)
    try await chat.answer("x", ReplyAddress(responseURL: nil, channel: "C1LEADS", user: "U1JONAS"))
    _ = try await chat.direct("x", Samples.jonas, "k")
    let notice = Notice(to: .person(Samples.jonas), text: "x")
    _ = try await chat.notify(notice, Samples.lead(), "k")
    _ = try? await chat.findNotice("k", notice.to, Samples.now)
    _ = try await chat.person("U1JONAS")
    _ = try await ports.directory.people(matching: "j", limit: 1)
    try await desk.click("why")
    try await desk.event(#"{"type":"app_home_opened","user":"U1JONAS","tab":"home"}"#)
    return Set(desk.slack.operations).subtracting(["response_url"])
  }

  @Test func `the manifest asks for the scopes of the methods that are called, and for no others`() async throws {
    #expect(try await used() == Set(SlackManifest.methods.keys))
    #expect(
      SlackManifest.scopes == [
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "chat:write.public", "commands",
        "groups:history",
        "groups:read", "im:history", "im:write", "users:read", "users:read.email",
      ])
  }

  /// What Slack sends for each event that is known here.
  private static let events: [String: String] = [
    "app_home_opened": #"{"type":"app_home_opened","user":"U1JONAS","tab":"home"}"#,
    "app_mention": #"{"type":"app_mention","user":"U1JONAS","channel":"C2EMEA","text":"<@UBOT> help","ts":"1.1"}"#,
    "app_uninstalled": #"{"type":"app_uninstalled"}"#,
    "channel_archive": #"{"type":"channel_archive","channel":"C2EMEA"}"#,
    "channel_rename": #"{"type":"channel_rename","channel":{"id":"C2EMEA","name":"x"}}"#,
    "group_rename": #"{"type":"group_rename","channel":{"id":"G2EMEA","name":"x"}}"#,
    "member_joined_channel": #"{"type":"member_joined_channel","user":"U2ANNA","channel":"C2EMEA"}"#,
    "member_left_channel": #"{"type":"member_left_channel","user":"U2ANNA","channel":"C2EMEA"}"#,
    "message": #"{"type":"message","user":"U1JONAS","channel":"C2EMEA","text":"x","ts":"1.1"}"#,
    "team_join": #"{"type":"team_join","user":{"id":"U9"}}"#,
    "tokens_revoked": #"{"type":"tokens_revoked","tokens":{"oauth":[],"bot":["UBOT"]}}"#,
    "user_change":
      #"{"type":"user_change","user":{"id":"U1JONAS","deleted":true,"profile":{"email":"jonas@northwind.example"}}}"#,
  ]

  @Test("an event does something exactly if the manifest subscribes to it", arguments: events.keys.sorted())
  func event(_ name: String) async throws {
    let desk = TestDesk()
    // Known, so that forgetting shows.
    _ = try await desk.handlers.ports.directory.channels.id(of: "#leads")
    let before = desk.slack.operations.count
    try await desk.event(try #require(Self.events[name]))
    let asked = desk.slack.operations.count - before
    _ = try await desk.handlers.ports.directory.channels.id(of: "#leads")
    let forgot = desk.slack.operations.count - before - asked
    let changed = try await !Roster.read(from: desk.store).isEmpty
    let didSomething = asked + forgot > 0 || changed || !desk.revoked.partitions.isEmpty
    #expect(didSomething == SlackManifest.events.contains(name))
  }

  @Test func `every event of the manifest is known here`() {
    #expect(Set(SlackManifest.events).isSubset(of: Self.events.keys))
  }

  @Test func `both shortcuts and the command are declared as the code knows them`() {
    let yaml = SlackManifest.yaml(publicURL: nil)
    for name in [NewLeadModal.shortcut.rawValue, NewLeadModal.messageShortcut.rawValue] {
      #expect(yaml.contains("callback_id: \(name)\n"))
    }
    #expect(yaml.contains("home_tab_enabled: true") && SlackManifest.shortcuts.allSatisfy { $0.name.count <= 24 })
    for command in LeadRequest.commands { #expect(yaml.contains("| \(command.word)")) }
  }

  @Test func `addresses are below the public one, and gone with a socket`() {
    let yaml = SlackManifest.yaml(publicURL: "https://baton.northwind.example/")
    for path in ["commands", "events", "interactions", "options"] {
      #expect(yaml.contains("url: \"https://baton.northwind.example/slack/\(path)\""))
    }
    #expect(yaml.contains("socket_mode_enabled: false"))
    let socket = SlackManifest.yaml(publicURL: nil, socketMode: true)
    #expect(!socket.contains("url:") && socket.contains("socket_mode_enabled: true"))
    #expect(socket.contains("command: /lead\n"))
  }

  @Test func `the template in the repository is what the code prints`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try String(contentsOf: root.appendingPathComponent("manifest/slack.yaml"), encoding: .utf8)
    #expect(file == SlackManifest.yaml(publicURL: nil))
  }
}
