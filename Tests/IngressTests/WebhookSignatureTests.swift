import Foundation
import Ingress
import RevOps
import Testing

@Suite("Signatures of the lead webhook")
struct WebhookSignatureTests {
  static let body = #"{"email":"ada@acme.example"}"#

  @Test("A signed delivery is accepted without a token")
  func signed() async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let answer = try await server.lead(Self.body, token: nil, headers: Signing.headers(Self.body))
      #expect(answer.status == 202)
      #expect(answer.json["status"]?.string == "accepted")
    }
    #expect(inbox.intakes.map(\.identity) == ["ada@acme.example"])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var accepted: Bool
    var headers: [(name: String, value: String)]
    var testDescription: String { name }

    init(_ name: String, accepted: Bool = false, _ headers: [(name: String, value: String)]) {
      self.name = name
      self.accepted = accepted
      self.headers = headers
    }
  }

  static let good = Signing.code(body, id: "msg_1", timestamp: "1800000000")
  static let bad = "v1," + Data(repeating: 7, count: 32).base64EncodedString()
  static let cases = [
    Case("300 seconds old", accepted: true, Signing.headers(body, timestamp: "1799999700")),
    Case("300 seconds ahead", accepted: true, Signing.headers(body, timestamp: "1800000300")),
    Case("301 seconds old", Signing.headers(body, timestamp: "1799999699")),
    Case("301 seconds ahead", Signing.headers(body, timestamp: "1800000301")),
    Case("wrong signature", Signing.headers(body, signature: bad)),
    Case("right one among several", accepted: true, Signing.headers(body, signature: "\(bad) v2,x \(good)")),
    Case(
      "seventeen signatures", Signing.headers(body, signature: Array(repeating: good, count: 17).joined(separator: " "))
    ),
    Case("without version", Signing.headers(body, signature: String(good.dropFirst(3)))),
    Case("other version", Signing.headers(body, signature: "v1a," + good.dropFirst(3))),
    Case("cut short", Signing.headers(body, signature: String(good.dropLast(8)))),
    Case("empty signature", Signing.headers(body, signature: ",")),
    Case(
      "signature of another body",
      Signing.headers(body, signature: Signing.code("{}", id: "msg_1", timestamp: "1800000000"))),
    Case("another id than the signed one", [("webhook-id", "msg_2")] + Signing.headers(body).dropFirst()),
    Case("timestamp with a sign", Signing.headers(body, timestamp: "+1800000000")),
    Case("timestamp with a fraction", Signing.headers(body, timestamp: "1800000000.0")),
    Case("timestamp in Arabic digits", Signing.headers(body, timestamp: "١٨٠٠٠٠٠٠٠٠")),
    Case("timestamp beyond every integer", Signing.headers(body, timestamp: "99999999999999999999")),
    Case("no timestamp", Array(Signing.headers(body)[0..<1] + Signing.headers(body)[2...])),
    Case("signature header twice", Signing.headers(body) + [("webhook-signature", good)]),
    Case("nothing at all", []),
  ]

  @Test("Only a timely signature of this body is let in", arguments: cases)
  func table(_ example: Case) async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let answer = try await server.lead(Self.body, token: nil, headers: example.headers)
      #expect(answer.status == (example.accepted ? 202 : 401))
      if !example.accepted { #expect(answer.code == "unauthorized") }
    }
    #expect(inbox.deliveries.isEmpty == !example.accepted)
  }

  @Test("Old and new secret both sign while one is rotated; a third does not")
  func rotation() async throws {
    let texts = ["old", "new", "lost"].map {
      "whsec_" + Data(("the \($0) secret of a rotation")[...].utf8).base64EncodedString()
    }
    let active = texts.prefix(2).compactMap { WebhookSecret($0) }
    try await Server.run {
      $0.webhook = WebhookCredentials(secrets: active)
    } _: { server async throws in
      for (index, secret) in texts.enumerated() {
        let signature = Signing.code(Self.body, id: "m\(index)", timestamp: "1800000000", secret: secret)
        let headers = Signing.headers(Self.body, id: "m\(index)", signature: signature)
        #expect(try await server.lead(Self.body, token: nil, headers: headers).status == (index < 2 ? 202 : 401))
      }
    }
  }

  @Test(
    "Wrong, missing and doubled bearer tokens are refused", arguments: ["wrong-token-of-form", "", Server.token + "x"])
  func tokens(_ token: String) async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      #expect(try await server.lead(Self.body, token: token).status == 401)
      let doubled = [(name: "Authorization", value: "Bearer " + Server.token)]
      #expect(try await server.lead(Self.body, headers: doubled).status == 401)
    }
    #expect(inbox.deliveries.isEmpty)
  }

  @Test("Without any credential the webhook says that it is not configured")
  func notConfigured() async throws {
    try await Server.run {
      $0.webhook = WebhookCredentials()
    } _: { server async throws in
      let answer = try await server.lead(Self.body)
      #expect(answer.status == 503)
      #expect(answer.code == "not_configured")
    }
  }
}
