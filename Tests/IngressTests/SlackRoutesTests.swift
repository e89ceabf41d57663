import Foundation
import Ingress
import RevOps
import SlackAPI
import Synchronization
import Testing
import VendorAPI

@Suite("Slack's routes")
struct SlackRoutesTests {
  static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
  static let command = "command=%2Flead&user_id=U1&text=acme.com&trigger_id=t1"
  static let click =
    #"{"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"button","action_id":"a","block_id":"b","value":"v","action_ts":"1.2"}]}"#
  static let options = #"{"type":"block_suggestion","user":{"id":"U1"},"action_id":"a","value":"x"}"#
  static let event = #"{"type":"event_callback","event_id":"Ev1","event":{"type":"app_home_opened","user":"U1"}}"#

  /// What the handlers were given, in order.
  final class Calls: Sendable {
    private let seen = Mutex<[String]>([])
    var all: [String] { seen.withLock { $0 } }
    func add(_ call: String) { seen.withLock { $0.append(call) } }
  }

  static func slack(_ calls: Calls, reply: SlackReply = .ok) -> SlackIngress {
    SlackIngress(
      signingSecrets: [secret],
      command: {
        calls.add("command " + $0.text); return reply
      },
      interaction: {
        calls.add("interaction " + ($0.context?.userID ?? "")); return reply
      },
      options: {
        calls.add("options " + $0.query); return reply
      },
      event: {
        if case .eventCallback(let callback) = $0 { calls.add("event " + callback.eventID) }
        return reply
      })
  }

  static func form(_ payload: String) -> String {
    "payload=" + (payload.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
  }

  @Test(
    "A signed request reaches its handler, whose answer goes back",
    arguments: [
      ("/slack/commands", command, "command acme.com"), ("/slack/interactions", form(click), "interaction U1"),
      ("/slack/options", form(options), "options x"), ("/slack/events", event, "event Ev1"),
    ])
  func handled(_ path: String, _ body: String, _ call: String) async throws {
    let calls = Calls()
    try await Server.run {
      $0.slack = Self.slack(calls, reply: .json(["text": "hi"]))
    } _: { server async throws in
      let headers = Signing.slack(body, secret: Self.secret)
      let answer = try await server.send(.post, path, headers: headers, body: Data(body.utf8))
      #expect(answer.status == 200)
      #expect(answer.json["text"]?.string == "hi")
    }
    #expect(calls.all == [call])
  }

  @Test(
    "A signature that does not hold gets an empty 401 and no handler",
    arguments: [
      Signing.slack(command, secret: "another-secret-of-an-app"), Signing.slack("x", secret: secret), [],
      Signing.slack(command, timestamp: "1799999699", secret: secret),
      Signing.slack(command, timestamp: "1800000301", secret: secret),
      Signing.slack(command, secret: secret) + [("X-Slack-Signature", "v0=00")],
      Signing.slack(command, secret: secret) + [
        ("X-Slack-Retry-Num", "1"), ("X-Slack-Request-Timestamp", "1800000000"),
      ],
    ])
  func refused(_ headers: [(name: String, value: String)]) async throws {
    let calls = Calls()
    try await Server.run {
      $0.slack = Self.slack(calls)
    } _: { server async throws in
      let answer = try await server.send(
        .post, "/slack/commands", headers: headers, body: Data(Self.command.utf8))
      #expect(answer.status == 401)
      #expect(answer.body.isEmpty)
    }
    #expect(calls.all.isEmpty)
  }

  @Test("An unsigned certificate probe gets an empty 200; what it carries is not read")
  func probe() async throws {
    let calls = Calls()
    try await Server.run {
      $0.slack = Self.slack(calls)
    } _: { server async throws in
      let body = Data(("ssl_check=1&" + Self.command).utf8)
      let answer = try await server.send(.post, "/slack/commands", body: body)
      #expect(answer.status == 200)
      #expect(answer.body.isEmpty)
    }
    #expect(calls.all.isEmpty)
  }

  @Test("The check of the events address is answered with its challenge, if it is signed")
  func urlVerification() async throws {
    let body = #"{"type":"url_verification","challenge":"c1"}"#
    try await Server.run {
      $0.slack = Self.slack(Calls())
    } _: { server async throws in
      let signed = try await server.send(
        .post, "/slack/events", headers: Signing.slack(body, secret: Self.secret), body: Data(body.utf8))
      #expect(signed.json["challenge"]?.string == "c1")
      #expect(try await server.send(.post, "/slack/events", body: Data(body.utf8)).status == 401)
    }
  }

  @Test(
    "A signed body that cannot be read is a 400",
    arguments: [
      ("/slack/events", "{"), ("/slack/events", #"{"type":1}"#), ("/slack/interactions", "x=1"),
      ("/slack/interactions", form(String(repeating: "[", count: 33) + String(repeating: "]", count: 33))),
      ("/slack/commands", "text=a"), ("/slack/commands", "%"), ("/slack/events", #"{"type":"event_callback"}"#),
    ])
  func unreadable(_ path: String, _ body: String) async throws {
    let calls = Calls()
    try await Server.run {
      $0.slack = Self.slack(calls)
    } _: { server async throws in
      let headers = Signing.slack(body, secret: Self.secret)
      let answer = try await server.send(.post, path, headers: headers, body: Data(body.utf8))
      #expect(answer.status == 400)
      #expect(answer.code == "invalid_payload")
    }
    #expect(calls.all.isEmpty)
  }

  @Test("A handler that is late leaves Slack a safe answer, and goes on")
  func late() async throws {
    let (finished, finish) = AsyncStream<Void>.makeStream()
    let (release, hold) = AsyncStream<Void>.makeStream()
    var limits = IngressLimits()
    limits.slackReply = .milliseconds(50)
    try await Server.run(limits: limits) { dependencies in
      var slack = Self.slack(Calls())
      slack.command = { _ in
        for await _ in release { break }
        finish.finish()
        return .ok
      }
      dependencies.slack = slack
    } _: { server async throws in
      let headers = Signing.slack(Self.command, secret: Self.secret)
      let answer = try await server.send(.post, "/slack/commands", headers: headers, body: Data(Self.command.utf8))
      #expect(answer.status == 200)
      #expect(answer.json["response_type"]?.string == "ephemeral")
      hold.finish()
      for await _ in finished {}
    }
  }

  @Test("What could not be stored is a 503, so that Slack sends it again")
  func unavailable() async throws {
    try await Server.run {
      $0.slack = Self.slack(Calls(), reply: .unavailable)
    } _: { server async throws in
      let headers = Signing.slack(Self.event, secret: Self.secret)
      let answer = try await server.send(.post, "/slack/events", headers: headers, body: Data(Self.event.utf8))
      #expect(answer.status == 503)
    }
  }

  @Test("Without Slack its routes say that they are not configured")
  func off() async throws {
    try await Server.run { server async throws in
      #expect(try await server.send(.post, "/slack/events").code == "not_configured")
    }
  }

  @Test("More than 1 MiB is refused")
  func large() async throws {
    try await Server.run {
      $0.slack = Self.slack(Calls())
    } _: { server async throws in
      let body = Data(repeating: 0x61, count: (1 << 20) + 1)
      #expect(try await server.send(.post, "/slack/events", body: body).status == 413)
    }
  }
}
