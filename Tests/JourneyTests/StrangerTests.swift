import Foundation
import Sandbox
import TestSupport
import Testing
import VendorAPI

/// A body that is not what its type says, or is more than is taken.
struct BadBody: Sendable, CustomTestStringConvertible {
  var name: String
  var type: String
  var body: Data

  init(_ name: String, _ type: String, _ body: String) {
    self.name = name
    self.type = type
    self.body = Data(body.utf8)
  }

  init(_ name: String, _ type: String, bytes: [UInt8]) {
    self.name = name
    self.type = type
    body = Data(bytes)
  }

  var testDescription: String { name }

  private static let json = "application/json"
  private static let form = "application/x-www-form-urlencoded"
  private static let multipart = "multipart/form-data; boundary=edge"

  static let leads = [
    BadBody("nothing", json, ""), BadBody("half an object", json, "{\"email\": \"a@b.example\""),
    BadBody("no object", json, "[1, 2]"), BadBody("a bare word", json, "lead"),
    BadBody("no e-mail", json, "{\"full_name\": \"A B\"}"), BadBody("a useless e-mail", json, "{\"email\": \"a b\"}"),
    BadBody("an e-mail that is a list", json, "{\"email\": [\"a@b.example\"]}"),
    BadBody("two e-mails", json, "{\"email\": \"a@b.example\", \"email\": \"c@d.example\"}"),
    BadBody("no UTF-8", json, bytes: Array("{\"email\": \"".utf8) + [0xC3, 0x28] + Array("@b.example\"}".utf8)),
    BadBody("too deep", json, String(repeating: "[", count: 5_000)),
    BadBody("too many keys", json, "{" + (0..<300).map { "\"k\($0)\": 1," }.joined() + "\"email\": \"a@b.example\"}"),
    BadBody(
      "too large", json, "{\"email\": \"a@b.example\", \"message\": \"" + String(repeating: "x", count: 300_000) + "\"}"
    ),
    BadBody("a half escape", form, "email=a%4"), BadBody("a form without e-mail", form, "name=a"),
    BadBody("an open part", multipart, "--edge\r\ncontent-disposition: form-data; name=\"email\"\r\n\r\na@b.example"),
    BadBody("no boundary", "multipart/form-data", "--edge--"), BadBody("a picture", "image/png", "x"),
    BadBody("no type", "", "{\"email\": \"a@b.example\"}"), BadBody("another encoding", "text/plain", "a@b.example"),
  ]

  static let slack = [
    BadBody("no payload", form, "hello=there"), BadBody("a payload that is no JSON", form, "payload=%7B"),
    BadBody("an empty payload", form, "payload="), BadBody("a payload of the wrong kind", form, "payload=%5B1%5D"),
    BadBody("an unknown type", form, "payload=%7B%22type%22%3A%22riddle%22%7D"),
    BadBody("nothing", form, ""), BadBody("no UTF-8", form, bytes: [0xFF, 0xFE, 0x3D, 0xC3, 0x28]),
    BadBody("half an event", json, "{\"type\": \"event_callback\""), BadBody("an empty event", json, "{}"),
    BadBody("too deep", json, String(repeating: "[", count: 5_000)),
  ]
}

@Suite(.timeLimit(.minutes(10)))
struct StrangerTests {
  static let slackRoutes = ["/slack/events", "/slack/commands", "/slack/interactions", "/slack/options"]

  @Test func `no request with a bad signature has any effect, on any route`() async throws {
    try await Desk.open { desk in
      let known = desk.sandbox.configuration
      let lead = FormLead.berlin("paula").json.data
      for flaw in Sealed.Flaw.allCases where flaw != .none {
        let form = Sealed.form(lead, type: "application/json", secret: known.webhookSecret, flaw: flaw)
        let answer = try await desk.send(.post, "/webhooks/lead", headers: form.headers, body: form.body)
        #expect(answer.status == 401, "form, \(flaw)")
        #expect(answer.json["code"].text == "unauthorized", "form, \(flaw)")
        try await Self.knockAtSlack(flaw, desk)
      }
      try await Self.expectNothingHappened(desk)
    }
  }

  private static func knockAtSlack(_ flaw: Sealed.Flaw, _ desk: Desk) async throws {
    let command = Data("command=%2Flead&text=queue&user_id=U0LENA&channel_id=C0LEADS&trigger_id=1.2".utf8)
    for route in slackRoutes {
      let request = Sealed.slack(
        command, type: "application/x-www-form-urlencoded", secret: desk.sandbox.configuration.slackSigningSecret,
        flaw: flaw)
      let answer = try await desk.send(.post, route, headers: request.headers, body: request.body)
      #expect(answer.status == 401, "\(route), \(flaw)")
      #expect(answer.body.isEmpty, "\(route), \(flaw)")
    }
  }

  @Test func `malformed bodies are refused with the field or byte, never with a 5xx, and have no effect`() async throws
  {
    try await Desk.open { desk in
      let known = desk.sandbox.configuration
      for bad in BadBody.leads {
        let request = Sealed.form(bad.body, type: bad.type, secret: known.webhookSecret)
        let answer = try await desk.send(.post, "/webhooks/lead", headers: request.headers, body: request.body)
        #expect((400..<500).contains(answer.status), "\(bad.name): \(answer.status)")
        #expect(answer.status != 401, "\(bad.name)")
        #expect(answer.json["code"].text?.isEmpty == false, "\(bad.name)")
      }
      for bad in BadBody.slack {
        for route in Self.slackRoutes {
          let request = Sealed.slack(bad.body, type: bad.type, secret: known.slackSigningSecret)
          let answer = try await desk.send(.post, route, headers: request.headers, body: request.body)
          #expect(answer.status < 500 && answer.status != 401, "\(route), \(bad.name): \(answer.status)")
        }
      }
      try await Self.expectNothingHappened(desk)
    }
  }

  @Test func `the admin's routes and the metrics need the token`() async throws {
    try await Desk.open { desk in
      let routes = ["/admin/leads", "/admin/leads/p00-0", "/admin/dead-letters", "/metrics"]
      for route in routes {
        for value in ["", "Bearer", "Bearer wrong-token-of-somebody", "Basic " + Desk.adminToken] {
          let headers = value.isEmpty ? [] : [(name: "authorization", value: value)]
          #expect(try await desk.send(.get, route, headers: headers).status == 401, "\(route) with \(value)")
        }
      }
      let metrics = try await desk.admin("/metrics")
      #expect(metrics.status == 200)
      #expect(String(decoding: metrics.body, as: UTF8.self).contains("# TYPE"))
      #expect(try await desk.send(.get, "/health").status == 200)
      let ready = try await desk.send(.get, "/ready")
      #expect(ready.status == 200)
      #expect(ready.json["config_version"].text?.isEmpty == false)
    }
  }

  private static func expectNothingHappened(_ desk: Desk) async throws {
    #expect(try await desk.admin("/admin/leads").json["leads"].items.isEmpty)
    #expect(desk.sandbox.world.calls(.slack).allSatisfy { !$0.operation.hasPrefix("chat.") })
    #expect(desk.sandbox.world.calls(.hubspot).allSatisfy { !$0.operation.hasSuffix(".create") })
    // Baton is still there for whoever comes properly.
    try await desk.submit(.berlin("quinn"))
    _ = try await desk.card(in: "#leads-dach", about: "Quinn Winter")
  }
}
