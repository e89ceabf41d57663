import Foundation
import SlackAPI
import Synchronization
import Testing
import VendorAPI

@Suite struct SlackClientTests {
  private let posted = #"{"ok":true,"channel":"D024BE7LH","ts":"1700000000.000100","message":{"text":"x"}}"#
  private let card = PostedMessage(channelID: "C1", ts: "1700000000.000100")

  @Test func `posting sends text, blocks and metadata, unfolds nothing and gives back the channel's id`() async throws {
    let transport = ScriptedTransport(.json(posted))
    let message = Message(
      text: "New lead", blocks: [.text("*hi*")], metadata: .init(eventType: "lead", payload: ["lead_id": "p07-abc"]),
      threadTS: "1.2", alsoInChannel: true)
    let result = try await slack(transport).postMessage(message, to: "U1")
    #expect(result == PostedMessage(channelID: "D024BE7LH", ts: "1700000000.000100"))
    let request = try #require(transport.requests.first)
    #expect(request.vendor == "slack")
    #expect(request.operation == "chat.postMessage")
    #expect(request.url == "http://127.0.0.1:9/api/chat.postMessage")
    #expect(request.header("Authorization") == "Bearer xoxb-test-token")
    #expect(request.header("Content-Type") == "application/json; charset=utf-8")
    let body = try request.json()
    #expect(body["channel"] == "U1")
    #expect(body["thread_ts"] == "1.2")
    #expect(body["reply_broadcast"] == true)
    #expect(body["unfurl_links"] == .bool(false))
    #expect(body["unfurl_media"] == .bool(false))
    #expect(body["metadata"] == ["event_type": "lead", "event_payload": ["lead_id": "p07-abc"]])
    #expect(body["blocks"].array.count == 1)
    #expect(body["parse"].isNull && body["link_names"].isNull)
  }

  @Test func `an edit sends text and blocks again, also when there are none`() async throws {
    let transport = ScriptedTransport(.json(posted))
    try await slack(transport).updateMessage(card, to: Message(text: "Claimed", threadTS: "1.2"))
    let body = try #require(transport.requests.first).json()
    #expect(
      body == ["channel": "C1", "ts": "1700000000.000100", "text": "Claimed", "blocks": .array([])])
  }

  @Test func `an ephemeral message has no metadata`() async throws {
    let transport = ScriptedTransport(.json(#"{"ok":true,"message_ts":"1.3"}"#))
    let message = Message(text: "Taken", metadata: .init(eventType: "x", payload: [:]), threadTS: "1.2")
    try await slack(transport).postEphemeral(message, to: "U1", in: "C1")
    let body = try #require(transport.requests.first).json()
    #expect(body == ["channel": "C1", "user": "U1", "text": "Taken", "thread_ts": "1.2"])
  }

  @Test func `an overlong message is shortened before it is sent`() async throws {
    let transport = ScriptedTransport(.json(posted))
    let text = String(repeating: "x", count: 9000)
    _ = try await slack(transport).postMessage(Message(text: "\(text)", blocks: [.text("\(text)")]), to: "C1")
    let body = try #require(transport.requests.first).json()
    #expect(body["text"].string?.count == 4000)
    #expect(body["blocks"].array.first?["text"]["text"].string?.count == 3000)
  }

  @Test func `refused blocks are replaced by the sentence and the buttons, once`() async throws {
    let refusal = #"{"ok":false,"error":"invalid_blocks"}"#
    let transport = ScriptedTransport(.json(refusal), .json(posted))
    let claim = Block.actions([.button(Button("claim", "Claim"))])
    let message = Message(text: "New lead", blocks: [.header("x"), claim], threadTS: "1.2")
    _ = try await slack(transport).postMessage(message, to: "C1")
    let second = try #require(transport.requests.last).json()
    #expect(second["blocks"].array.map { $0["type"].string } == ["section", "actions"])
    #expect(second["thread_ts"] == "1.2")
    #expect(second["unfurl_links"] == .bool(false))

    let twice = ScriptedTransport(.json(refusal), .json(refusal), .json(posted))
    await #expect(throws: VendorError.self) { try await slack(twice).postMessage(message, to: "C1") }
    #expect(twice.requests.count == 2)
  }

  @Test func `read methods send forms, since Slack ignores JSON there`() async throws {
    let user = #"{"ok":true,"user":{"id":"U1","profile":{"email":"ada+x@northwind.example"}}}"#
    let transport = ScriptedTransport(
      .json(user), .json(user), .json(#"{"ok":true,"channel":{"id":"C1","name":"leads","is_archived":true}}"#),
      .json(#"{"ok":true,"permalink":"https://x.slack.com/archives/C1/p1"}"#),
      .json(#"{"ok":true,"users":["U1","U2"]}"#))
    let client = slack(transport)
    #expect(try await client.user(email: "ada+x@northwind.example")?.id == "U1")
    #expect(try await client.user("U1").email == "ada+x@northwind.example")
    #expect(try await client.channel("C1").isArchived)
    #expect(try await client.permalink(of: card) == "https://x.slack.com/archives/C1/p1")
    #expect(try await client.members(ofUserGroup: "S1") == ["U1", "U2"])
    for request in transport.requests {
      #expect(request.header("Content-Type") == "application/x-www-form-urlencoded")
      #expect(!request.url.contains("?"))
    }
    #expect(transport.requests[0].text == "email=ada%2Bx%40northwind.example")
    #expect(try transport.requests[3].form()["message_ts"] == "1700000000.000100")
  }

  @Test func `an unknown address is nobody, any other refusal an error`() async throws {
    let transport = ScriptedTransport(
      .json(#"{"ok":false,"error":"users_not_found"}"#), .json(#"{"ok":false,"error":"invalid_auth"}"#))
    #expect(try await slack(transport).user(email: "a@b.example") == nil)
    await #expect(throws: VendorError.self) { try await slack(transport).user(email: "a@b.example") }
  }

  @Test func `lists are followed to their end`() async throws {
    let transport = ScriptedTransport(
      .json(#"{"ok":true,"members":[{"id":"U1"}],"response_metadata":{"next_cursor":"dXNlcjpV="}}"#),
      .json(#"{"ok":true,"members":[{"id":"U2"}],"response_metadata":{"next_cursor":""}}"#))
    #expect(try await slack(transport).users().map(\.id) == ["U1", "U2"])
    #expect(try transport.requests[0].form()["cursor"] == nil)
    #expect(try transport.requests[1].form()["cursor"] == "dXNlcjpV=")
  }

  @Test func `a list that never ends is an error`() async {
    let page = #"{"ok":true,"channels":[{"id":"C1"}],"response_metadata":{"next_cursor":"same"}}"#
    let transport = ScriptedTransport(.json(page), .json(page), .json(page))
    await #expect(throws: VendorError.self) { try await slack(transport).channels() }
    #expect(transport.requests.count == 2)
  }

  @Test func `history asks for metadata and gives it back`() async throws {
    let transport = ScriptedTransport(
      .json(
        #"{"ok":true,"messages":[{"ts":"1.5","bot_id":"B1","text":"x","metadata":{"event_type":"lead","#
          + #""event_payload":{"lead_id":"p07-abc","n":1}}}],"response_metadata":{"next_cursor":"n"}}"#))
    let page = try await slack(transport).history(of: "C1", after: "1.1", limit: 50)
    #expect(page.next == "n")
    #expect(page.items.first?.metadata == MessageMetadata(eventType: "lead", payload: ["lead_id": "p07-abc"]))
    let form = try #require(transport.requests.first).form()
    #expect(form["include_all_metadata"] == "true")
    #expect(form["oldest"] == "1.1")
    #expect(form["latest"] == nil)
    #expect(form["limit"] == "50")
  }

  @Test func `auth test tells who the token is and what it may do`() async throws {
    let transport = ScriptedTransport(
      .json(
        #"{"ok":true,"url":"https://x.slack.com/","team":"X","user":"baton","team_id":"T1","user_id":"U9","bot_id":"B1"}"#,
        headers: [("X-OAuth-Scopes", "chat:write,users:read")]))
    let identity = try await slack(transport).identity()
    #expect(identity.botID == "B1")
    #expect(identity.userID == "U9")
    #expect(identity.scopes == ["chat:write", "users:read"])
  }

  @Test func `views are opened, updated and published with their own arguments`() async throws {
    let answer = #"{"ok":true,"view":{"id":"V1","hash":"h2"}}"#
    let transport = ScriptedTransport(.json(answer), .json(answer), .json(answer), .json(answer))
    let client = slack(transport)
    let modal = View(.modal(.init(title: "t")), blocks: [.text("x")])
    #expect(try await client.openView(modal, trigger: "1.2.3").id == "V1")
    _ = try await client.pushView(modal, trigger: "4.5.6")
    #expect(try await client.updateView(.id("V1"), to: modal, hash: "h1").hash == "h2")
    try await client.publishHome(View(.home, blocks: [.text("x")]), to: "U1")
    let bodies = try transport.requests.map { try $0.json() }
    #expect(transport.requests.map(\.operation) == ["views.open", "views.push", "views.update", "views.publish"])
    #expect(bodies[0]["trigger_id"] == "1.2.3")
    #expect(bodies[2]["view_id"] == "V1")
    #expect(bodies[2]["hash"] == "h1")
    #expect(bodies[3]["user_id"] == "U1")
    #expect(bodies[3]["view"]["type"] == "home")
  }

  @Test func `a DM is opened by a person's id`() async throws {
    let transport = ScriptedTransport(.json(#"{"ok":true,"channel":{"id":"D1"}}"#))
    #expect(try await slack(transport).openDM(with: "U1") == "D1")
    #expect(try transport.requests.first?.json() == ["users": "U1"])
  }

  @Test func `a response URL is answered without the token, in text or JSON`() async throws {
    let transport = ScriptedTransport(.json("ok"), .json(#"{"ok":true}"#))
    let client = slack(transport)
    let url = ResponseURL("https://hooks.slack.com/actions/1")
    try await client.respond(.note(Message(text: "Taken")), to: url)
    try await client.respond(.delete, to: url)
    #expect(transport.requests.allSatisfy { $0.header("Authorization") == nil })
    #expect(transport.requests.first?.url == url.address)
  }

  @Test func `a foreign response URL is never called`() async {
    let transport = ScriptedTransport()
    let error = await #expect(throws: VendorError.self) {
      try await slack(transport).respond(.delete, to: ResponseURL("https://evil.example/secret"))
    }
    #expect(error?.code == "response_url_refused")
    #expect(error?.retry == .never)
    #expect(error?.detail.contains("secret") == false)
    #expect(transport.requests.isEmpty)
  }

  @Test func `a used-up response URL is not tried again`() async {
    let transport = ScriptedTransport(.json(#"{"ok":false,"error":"used_url"}"#, status: 404))
    let error = await #expect(throws: VendorError.self) {
      try await slack(transport).respond(.delete, to: ResponseURL("https://hooks.slack.com/actions/1"))
    }
    #expect(error?.retry == .never)
    #expect(error?.code == "used_url")
  }

  @Test func `the throttle is asked before each call, by method and channel`() async throws {
    let asked = Mutex<[String]>([])
    let transport = ScriptedTransport(.json(posted), .json(#"{"ok":true,"users":[]}"#))
    let client = slack(transport) { method, channel in
      asked.withLock { $0.append("\(method) \(channel ?? "-")") }
    }
    _ = try await client.postMessage(Message(text: "x"), to: "C1")
    _ = try await client.members(ofUserGroup: "S1")
    #expect(asked.withLock { $0 } == ["chat.postMessage C1", "usergroups.users.list -"])
  }

  @Test func `a stopped wait sends nothing`() async {
    let transport = ScriptedTransport(.json(posted))
    let client = slack(transport) { _, _ in throw CancellationError() }
    let error = await #expect(throws: VendorError.self) { try await client.postMessage(Message(text: "x"), to: "C1") }
    #expect(error?.retry == .now)
    #expect(error?.outcomeUnknown == false)
    #expect(transport.requests.isEmpty)
  }
}
