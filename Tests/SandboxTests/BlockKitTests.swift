import Sandbox
import Testing

@Suite struct BlockKitTests {
  private static func text(_ text: String, _ type: String = "plain_text") -> JSON {
    ["type": .string(type), "text": .string(text)]
  }

  private static func button(_ label: String, id: String = "go") -> JSON {
    ["type": "button", "action_id": .string(id), "text": text(label)]
  }

  private static func section(_ label: String) -> JSON { ["type": "section", "text": text(label, "mrkdwn")] }

  static let bad: [(JSON, String)] = [
    (["type": "header", "text": text(String(repeating: "x", count: 151))], "/blocks/0/text/text"),
    (["type": "header", "text": text("x", "mrkdwn")], "/blocks/0/text"),
    (section(String(repeating: "x", count: 3001)), "/blocks/0/text/text"),
    (section(""), "/blocks/0/text/text"),
    (["type": "actions", "elements": [button(String(repeating: "x", count: 76))]], "/blocks/0/elements/0/text/text"),
    (["type": "actions", "elements": [button("a"), button("b")]], "/blocks/0/elements/1/action_id"),
    (["type": "actions", "elements": []], "/blocks/0/elements"),
    (["type": "context", "elements": .array((0..<11).map { _ in text("x") })], "/blocks/0/elements"),
    (["type": "section", "text": text("x"), "colour": "red"], "/blocks/0"),
    (["type": "banner"], "/blocks/0/type"),
  ]

  @Test(arguments: bad)
  func `a block over Slack's limits is invalid, and its place is named`(_ block: JSON, _ pointer: String) async throws {
    try await withSandbox { desk in
      let answer = try await desk.slack("chat.postMessage", ["channel": "#leads", "text": "x", "blocks": [block]])
      #expect(answer["error"].text == "invalid_blocks")
      let messages = answer["response_metadata"]["messages"].items.compactMap(\.text)
      #expect(messages.contains { $0.hasSuffix("[json-pointer:\(pointer)]") }, "\(messages)")
    }
  }

  @Test func `fifty blocks are taken and fifty-one are not`() async throws {
    try await withSandbox { desk in
      func post(_ count: Int) async throws -> JSON {
        let blocks = JSON.array((0..<count).map { _ in ["type": "divider"] })
        return try await desk.slack("chat.postMessage", ["channel": "#leads", "text": "x", "blocks": blocks])
      }
      let taken = try await post(50)
      #expect(taken["ok"] == true)
      let refused = try await post(51)
      #expect(refused["error"].text == "invalid_blocks")
    }
  }

  @Test func `blocks too long together are refused by their own word`() async throws {
    try await withSandbox { desk in
      let blocks = JSON.array((0..<5).map { _ in Self.section(String(repeating: "x", count: 2900)) })
      let answer = try await desk.slack("chat.postMessage", ["channel": "#leads", "text": "x", "blocks": blocks])
      #expect(answer["error"].text == "msg_blocks_too_long")
    }
  }
}
