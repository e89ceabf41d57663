import Foundation
import Logging
import RevOps
import TestSupport
import Testing

@testable import App

@Suite struct LivePolicyTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["routing.yaml", "scoring.yaml", "playbook.yaml"] {
      try FileManager.default.copyItem(
        at: Northwind.folder.appending(path: name), to: folder.url.appending(path: name))
    }
  }

  private func live() throws -> LivePolicy {
    try LivePolicy(folder: folder.url.path, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func edit(_ old: String, _ new: String) throws {
    let file = folder.url.appending(path: "routing.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try #require(text.contains(old))
    try text.replacingOccurrences(of: old, with: new).write(to: file, atomically: true, encoding: .utf8)
  }

  @Test(
    "a reload with a mistake is refused, and the old configuration stays live",
    arguments: [
      ("assign: emea-dach }", "assign: emea-dahc }"),  // no such team
      ("team: healthcare-na }", "team: us-east }"),  // an example that fails
      ("rules:\n", "rules:\n  - { name: All, when: {}, assign: general }\n"),  // nothing below is reached
    ])
  func refused(old: String, new: String) throws {
    let policy = try live()
    let before = policy.current
    try edit(old, new)
    #expect(!policy.reload())
    #expect(policy.current == before)
    #expect(throws: (any Error).self) { try live() }
  }

  @Test func `a reload without mistakes takes effect whole`() throws {
    let policy = try live()
    let before = policy.current.version
    try edit("channel: \"#leads-dach\"", "channel: \"#leads-berlin\"")
    #expect(policy.reload())
    #expect(policy.current.version != before)
    #expect(policy.current.routing.team(named: "emea-dach")?.channel == "#leads-berlin")
  }
}
