import Foundation
import Sandbox
import Testing
import VendorAPI

@Suite struct SlackPeopleTests {
  private static let card: JSON = [
    [
      "type": "actions", "block_id": "acts",
      "elements": [
        [
          "type": "button", "action_id": "lead.claim", "value": "p01-1",
          "text": ["type": "plain_text", "text": "Claim"],
        ]
      ],
    ]
  ]

  private func postCard(_ desk: Desk) async throws -> String {
    let posted = try await desk.slack(
      "chat.postMessage", ["channel": "C0LEADS", "text": "Lead", "blocks": Self.card])
    return posted["ts"].text ?? ""
  }

  private func payload(_ heard: Listener.Heard) -> JSON {
    let form = String(decoding: heard.body, as: UTF8.self).dropFirst("payload=".count)
    return JSON.parse(form.removingPercentEncoding ?? "") ?? .null
  }

  /// The payload of the first interaction that came in, or of the last.
  private func told(_ product: Listener, last: Bool = false) throws -> JSON {
    payload(try #require(last ? product.heard.last : product.heard.first))
  }

  @Test func `a pressed button arrives signed, with all that Slack tells`() async throws {
    let product = Listener()
    try await withSandbox(product: product.url) { desk in
      let ts = try await postCard(desk)
      let outcome = try await desk.sandbox.people.press(
        "lead.claim", in: .message(channel: "C0LEADS", ts: ts), user: "U0JONAS")
      #expect(outcome.complaint == nil)
      let heard = try #require(product.heard.first)
      #expect(heard.path == "/slack/interactions")
      let stamp = try #require(heard.headers["x-slack-request-timestamp"])
      let secret = desk.sandbox.configuration.slackSigningSecret
      #expect(
        heard.headers["x-slack-signature"] == Signatures.slack(secret: secret, timestamp: stamp, body: heard.body))
      let told = payload(heard)
      #expect(told["type"].text == "block_actions")
      #expect(told["user"]["id"].text == "U0JONAS")
      #expect(told["actions"][0]["value"].text == "p01-1")
      #expect(told["actions"][0]["block_id"].text == "acts")
      #expect(told["container"]["message_ts"].text == ts)
      #expect(told["message"]["blocks"].items.count == 1)
      #expect(told["response_url"].text?.hasPrefix(desk.sandbox.baseURL + "/slack/response/") == true)
    }
  }

  @Test func `a trigger opens one window, and no second`() async throws {
    let product = Listener()
    try await withSandbox(product: product.url) { desk in
      let ts = try await postCard(desk)
      _ = try await desk.sandbox.people.press(
        "lead.claim", in: .message(channel: "C0LEADS", ts: ts), user: "U0JONAS")
      let trigger = try told(product)["trigger_id"]
      let view: JSON = [
        "type": "modal", "title": ["type": "plain_text", "text": "Why"], "blocks": [["type": "divider"]],
      ]
      let opened = try await desk.slack("views.open", ["trigger_id": trigger, "view": view])
      #expect(opened["ok"] == true)
      #expect(desk.world.views("U0JONAS").count == 1)
      let twice = try await desk.slack("views.open", ["trigger_id": trigger, "view": view])
      #expect(twice["error"].text == "exchanged_trigger_id")
    }
  }

  @Test func `an answer that is no 2xx shows the person Slack's own error`() async throws {
    let product = Listener(["/slack/interactions": "500"])
    try await withSandbox(product: product.url) { desk in
      let ts = try await postCard(desk)
      let outcome = try await desk.sandbox.people.press(
        "lead.claim", in: .message(channel: "C0LEADS", ts: ts), user: "U0JONAS")
      #expect(outcome.complaint != nil)
      #expect(desk.world.ephemerals("U0JONAS").first?["from_slack"] == true)
    }
  }

  @Test func `a command's JSON answer is seen by the one who typed it`() async throws {
    let product = Listener(["/slack/commands": #"{"text":"No such lead"}"#])
    try await withSandbox(product: product.url) { desk in
      _ = await desk.sandbox.people.command("/lead", "acme & co", channel: "C0LEADS", user: "U0ANNA")
      #expect(desk.world.ephemerals("U0ANNA").first?["text"].text == "No such lead")
      let heard = try #require(product.heard.first)
      let form = String(decoding: heard.body, as: UTF8.self)
      #expect(form.contains("text=acme%20%26%20co"))
    }
  }

  @Test func `an address for answers takes five, and edits the card only if told to`() async throws {
    let product = Listener()
    try await withSandbox(product: product.url) { desk in
      let ts = try await postCard(desk)
      _ = try await desk.sandbox.people.press(
        "lead.claim", in: .message(channel: "C0LEADS", ts: ts), user: "U0JONAS")
      let interaction = try told(product)
      let url = try #require(interaction["response_url"].text)
      let path = String(url.dropFirst(desk.sandbox.baseURL.count))
      var statuses: [Int] = []
      for _ in 0..<6 {
        let body: JSON = ["text": "Held by Anna", "response_type": "ephemeral", "replace_original": false]
        statuses.append(try await desk.send(.post, path, body: body.data).status)
      }
      #expect(statuses == [200, 200, 200, 200, 200, 404])
      #expect(desk.world.ephemerals("U0JONAS").count == 5)
      #expect(desk.world.messages("C0LEADS").first?["text"].text == "Lead")
    }
  }

  @Test func `errors in a submission keep the window, an empty answer closes it`() async throws {
    let product = Listener()
    try await withSandbox(product: product.url) { desk in
      let ts = try await postCard(desk)
      _ = try await desk.sandbox.people.press(
        "lead.claim", in: .message(channel: "C0LEADS", ts: ts), user: "U0JONAS")
      let trigger = try told(product)["trigger_id"]
      let input: JSON = [
        "type": "input", "block_id": "reason", "label": ["type": "plain_text", "text": "Reason"],
        "element": ["type": "plain_text_input", "action_id": "text"],
      ]
      let view: JSON = [
        "type": "modal", "title": ["type": "plain_text", "text": "Nurture"],
        "submit": ["type": "plain_text", "text": "Send"], "blocks": [input],
      ]
      _ = try await desk.slack("views.open", ["trigger_id": trigger, "view": view])
      product.answer("/slack/interactions", #"{"response_action":"errors","errors":{"reason":"Say more"}}"#)
      let refused = try await desk.sandbox.people.submit(
        ["reason": ["text": ["type": "plain_text_input", "value": "x"]]], user: "U0JONAS")
      #expect(refused.errors == ["reason": "Say more"])
      #expect(desk.world.views("U0JONAS").count == 1)
      product.answer("/slack/interactions", "")
      let taken = try await desk.sandbox.people.submit(
        ["reason": ["text": ["type": "plain_text_input", "value": "later"]]], user: "U0JONAS")
      #expect(taken.outcome.complaint == nil)
      #expect(desk.world.views("U0JONAS").isEmpty)
      let last = try told(product, last: true)
      #expect(last["view"]["state"]["values"]["reason"]["text"]["value"].text == "later")
    }
  }

  @Test func `an event that fails is delivered once more at once, marked as a retry`() async throws {
    let product = Listener(["/slack/events": "503"])
    try await withSandbox(product: product.url) { desk in
      _ = await desk.sandbox.people.openHome(user: "U0MARIA")
      let heard = product.heard
      #expect(heard.count == 2)
      #expect(heard.first?.headers["x-slack-retry-num"] == nil)
      #expect(heard.last?.headers["x-slack-retry-num"] == "1")
      let ids = heard.map { JSON.parse($0.body)?["event_id"].text }
      #expect(ids.first == ids.last)
    }
  }
}
