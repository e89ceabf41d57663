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
    return Set(desk.slack.operations).subtracting(["response_url"])
  }

  @Test func `the manifest asks for the scopes of the methods that are called, and for no others`() async throws {
    #expect(try await used() == Set(SlackManifest.methods.keys))
    #expect(
      SlackManifest.scopes == [
        "channels:history", "channels:read", "chat:write", "chat:write.public", "commands", "groups:history",
        "groups:read", "im:history", "im:write", "users:read", "users:read.email",
      ])
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
