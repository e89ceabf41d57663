import Foundation
import Sandbox
import Testing

@Suite struct SlackMethodTests {
  private let channel = "C0LEADSDACH"

  @Test func `a posted message can be edited and read back with its metadata`() async throws {
    try await withSandbox { desk in
      let metadata: JSON = ["event_type": "lead_card", "event_payload": ["lead_id": "p01-1"]]
      let posted = try await desk.slack(
        "chat.postMessage", ["channel": "#leads-dach", "text": "New lead", "metadata": metadata])
      #expect(posted["ok"] == true)
      #expect(posted["channel"].text == channel)
      let ts = posted["ts"]
      let updated = try await desk.slack(
        "chat.update", ["channel": .string(channel), "ts": ts, "text": "Claimed lead"])
      #expect(updated["ok"] == true)
      let plain = try await desk.slack("conversations.history", ["channel": .string(channel)])
      #expect(plain["messages"][0]["text"].text == "Claimed lead")
      #expect(plain["messages"][0]["metadata"].isNull)
      let whole = try await desk.slack(
        "conversations.history", ["channel": .string(channel), "include_all_metadata": true])
      #expect(whole["messages"][0]["metadata"] == metadata)
      #expect(whole["messages"][0]["edited"].isObject)
    }
  }

  @Test func `replies stay out of the channel's history and are counted at their parent`() async throws {
    try await withSandbox { desk in
      let parent = try await desk.slack("chat.postMessage", ["channel": .string(channel), "text": "Card"])
      _ = try await desk.slack(
        "chat.postMessage", ["channel": .string(channel), "text": "Reply", "thread_ts": parent["ts"]])
      let history = try await desk.slack("conversations.history", ["channel": .string(channel)])
      #expect(history["messages"].items.count == 1)
      #expect(history["messages"][0]["reply_count"].whole == 1)
      let thread = try await desk.slackRead(
        "conversations.replies", "channel=\(channel)&ts=\(parent["ts"].text ?? "")")
      #expect(thread["messages"].items.map(\.["text"].text) == ["Card", "Reply"])
    }
  }

  @Test(
    arguments: [
      ("chat.postMessage", ["channel": "C0NONE", "text": "x"], "channel_not_found"),
      ("chat.postMessage", ["channel": "#random", "text": "x"], "not_in_channel"),
      ("chat.postMessage", ["channel": "#leads-2019", "text": "x"], "is_archived"),
      ("chat.postMessage", ["channel": "#leads"], "no_text"),
      ("chat.update", ["channel": "C0LEADS", "ts": "1.000000", "text": "x"], "message_not_found"),
      ("chat.postEphemeral", ["channel": "C0LEADS", "user": "U0NOBODY", "text": "x"], "user_not_in_channel"),
      ("conversations.open", ["users": "U0NOBODY"], "user_not_found"),
      ("views.open", ["trigger_id": "1", "view": ["type": "modal"]], "invalid_arguments"),
      ("chat.fly", [:], "unknown_method"),
    ] as [(String, JSON, String)])
  func `a call that Slack refuses is refused with Slack's word`(
    _ method: String, _ arguments: JSON, _ code: String
  ) async throws {
    try await withSandbox { desk in
      let answer = try await desk.slack(method, arguments)
      #expect(answer["ok"] == false)
      #expect(answer["error"].text == code)
    }
  }

  @Test func `a wrong token opens nothing`() async throws {
    try await withSandbox { desk in
      let wrong = try await desk.slack("auth.test", token: "xoxb-other-token")
      #expect(wrong["error"].text == "invalid_auth")
      let right = try await desk.slack("auth.test")
      #expect(right["user_id"].text == "U0BATONBOT")
    }
  }

  @Test func `a reading method does not see a JSON body`() async throws {
    try await withSandbox { desk in
      let body: JSON = ["email": "jonas@northwind.example"]
      #expect(try await desk.slack("users.lookupByEmail", body)["error"].text == "users_not_found")
      let found = try await desk.slackRead("users.lookupByEmail", "email=jonas%40northwind.example")
      #expect(found["user"]["id"].text == "U0JONAS")
    }
  }

  @Test func `channels come in pages until the cursor is empty`() async throws {
    try await withSandbox { desk in
      var names: [String] = []
      var cursor = ""
      repeat {
        let page = try await desk.slackRead("conversations.list", "limit=10&exclude_archived=true&cursor=\(cursor)")
        names += page["channels"].items.compactMap(\.["name"].text)
        cursor = page["response_metadata"]["next_cursor"].text ?? ""
      } while !cursor.isEmpty
      #expect(names.count == 25)
      #expect(Set(names).isSuperset(of: ["leads", "leads-triage", "leads-dach"]))
      #expect(!names.contains("leads-2019"))
    }
  }

  @Test func `posting faster than the limit is answered 429 where the limit is on`() async throws {
    var configuration = Sandbox.Configuration()
    configuration.workspace.postsPerSecond = 1
    let frozen = Date(timeIntervalSince1970: 1_790_000_000)
    configuration.now = { frozen }
    try await withSandbox(configuration) { desk in
      _ = try await desk.slack("chat.postMessage", ["channel": "#leads", "text": "1"])
      let second = try await desk.slack("chat.postMessage", ["channel": "#leads", "text": "2"])
      #expect(second["error"].text == "ratelimited")
      let elsewhere = try await desk.slack("chat.postMessage", ["channel": "#leads-uki", "text": "2"])
      #expect(elsewhere["ok"] == true)
    }
  }
}
