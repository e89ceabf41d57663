import Foundation
import Testing

@testable import SlackDesk

/// The playground's page is the stand-in's own and can't ask Baton what it understands.
@Suite struct PageCommandsTests {
  @Test func `the page offers the commands that help lists`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "Sources/Sandbox/Page/composer.js"), encoding: .utf8)
    let offered = page.matches(of: /text: "\/lead ?([a-z]*) ?"/).map { String($0.1) }
    #expect(offered.sorted() == ([""] + LeadRequest.commands.map(\.word)).sorted())
  }

  @Test func `the page uses the shortcuts of the manifest`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try ["composer.js", "talk.js"].map {
      try String(contentsOf: root.appending(path: "Sources/Sandbox/Page/\($0)"), encoding: .utf8)
    }.joined()
    for shortcut in SlackManifest.shortcuts { #expect(files.contains("\"\(shortcut.callback)\""), "\(shortcut.name)") }
  }
}
