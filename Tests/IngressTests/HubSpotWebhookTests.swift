import Crypto
import Foundation
import Ingress
import RevOps
import Testing
import VendorAPI

@Suite("HubSpot's events")
struct HubSpotWebhookTests {
  static let secret = "secret-of-the-test-app"
  static let publicURL = "https://baton.acme.example/in"
  static let path = "/webhooks/hubspot"
  static let now = "1800000000000"

  /// By code of the tests' own, over the address as HubSpot writes it.
  static func code(
    _ body: String, address: String = publicURL + path, timestamp: String = now, secret: String = secret
  ) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("POST\(address)\(body)\(timestamp)".utf8), using: SymmetricKey(data: Data(secret.utf8)))
    return Data(code).base64EncodedString()
  }

  static func headers(
    _ body: String, address: String = publicURL + path, timestamp: String = now, secret: String = secret
  ) -> [(name: String, value: String)] {
    [
      ("Content-Type", "application/json"), ("X-HubSpot-Request-Timestamp", timestamp),
      ("X-HubSpot-Signature-v3", code(body, address: address, timestamp: timestamp, secret: secret)),
    ]
  }

  static func event(_ type: String, _ more: String = #""objectId":101"#) -> String {
    #"{"eventId":1,"subscriptionId":12,"portalId":62515,"occurredAt":1800000000000,"attemptNumber":0,"#
      + #""subscriptionType":"\#(type)",\#(more)}"#
  }

  static let creation = "[\(event("contact.creation"))]"

  static func run(
    _ inbox: MemoryInbox = MemoryInbox(), portal: String? = "62515", limits: IngressLimits = IngressLimits(),
    _ test: @Sendable @escaping (Server) async throws -> Void
  ) async throws {
    try await Server.run(inbox: inbox, limits: limits) {
      $0.hubspot = HubSpotIngress(appSecret: secret, publicURL: publicURL, portalID: portal)
    } _: {
      try await test($0)
    }
  }

  static func hints(_ inbox: MemoryInbox) -> [CRMEvent] {
    inbox.deliveries.compactMap { if case .crmEvent(let event) = $0.message.body { event } else { nil } }
  }

  @Test("Without a secret the route says what is missing")
  func notConfigured() async throws {
    try await Server.run { server async throws in
      let answer = try await server.send(.post, Self.path, headers: Self.headers("[]"), body: Data("[]".utf8))
      #expect(answer.status == 503)
      #expect(answer.code == "not_configured")
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var accepted = false
    var query = ""
    var headers: [(name: String, value: String)]
    var testDescription: String { name }
  }

  static let v1: [(name: String, value: String)] = [
    (
      "X-HubSpot-Signature",
      SHA256.hash(data: Data((secret + creation).utf8)).map { String(format: "%02x", $0) }.joined()
    ), ("X-HubSpot-Signature-Version", "v1"), ("X-HubSpot-Request-Timestamp", now),
  ]

  static let cases = [
    Case(name: "valid", accepted: true, headers: headers(creation)),
    Case(
      name: "escapes and question mark in the query", accepted: true,
      query: "?who=ada%40acme.example%3Fx&a=b%20c%2F%2f%252F",
      headers: headers(creation, address: publicURL + path + "?who=ada@acme.example?x&a=b%20c//%252F")),
    Case(
      name: "300 seconds old", accepted: true, headers: headers(creation, timestamp: "1799999700000")),
    Case(name: "5 minutes 1 second old", headers: headers(creation, timestamp: "1799999699000")),
    Case(name: "10 minutes ahead", headers: headers(creation, timestamp: "1800000600000")),
    Case(name: "another query", query: "?a=1", headers: headers(creation)),
    Case(name: "another address", headers: headers(creation, address: "https://other.example" + path)),
    Case(name: "another body", headers: headers(creation + " ")),
    Case(name: "another secret", headers: headers(creation, secret: "another-secret")),
    Case(name: "v1 only", headers: v1),
    Case(name: "no timestamp", headers: headers(creation).filter { $0.name != "X-HubSpot-Request-Timestamp" }),
    Case(name: "timestamp as a float", headers: headers(creation, timestamp: "1.8e12")),
    Case(name: "signature twice", headers: headers(creation) + headers(creation).suffix(1)),
    Case(
      name: "signature in hexadecimal",
      headers: [
        ("X-HubSpot-Request-Timestamp", now), ("X-HubSpot-Signature-v3", String(repeating: "ab", count: 32)),
      ]),
  ]

  @Test("A signature holds for its method, address, body and time alone", arguments: cases)
  func signature(_ example: Case) async throws {
    let inbox = MemoryInbox()
    try await Self.run(inbox) { server async throws in
      let answer = try await server.send(
        .post, Self.path + example.query, headers: example.headers, body: Data(Self.creation.utf8))
      #expect(answer.status == (example.accepted ? 202 : 401))
      if !example.accepted { #expect(answer.body.isEmpty, "no detail") }
    }
    #expect(Self.hints(inbox) == (example.accepted ? [CRMEvent(.contactCreated, "101")] : []))
  }

  static let meanings: [(String, CRMEvent?)] = [
    (event("contact.creation"), CRMEvent(.contactCreated, "101")),
    (
      event("contact.creation", #""objectId":101,"changeSource":"IMPORT""#),
      CRMEvent(.contactCreated, "101", isImported: true)
    ),
    (event("object.creation", #""objectId":101,"objectTypeId":"0-1""#), CRMEvent(.contactCreated, "101")),
    (
      event("contact.propertyChange", #""objectId":101,"propertyName":"hubspot_owner_id","propertyValue":"7001""#),
      CRMEvent(.contact, "101")
    ),
    (
      event(
        "object.propertyChange",
        #""objectId":"101","objectTypeId":"0-1","propertyName":"notes_last_contacted","propertyValue":"1""#),
      CRMEvent(.contact, "101")
    ),
    (event("contact.propertyChange", #""objectId":101,"propertyName":"phone","propertyValue":"1""#), nil),
    (
      event("contact.merge", #""objectId":101,"primaryObjectId":101,"mergedObjectIds":[102],"newObjectId":103"#),
      CRMEvent(.contact, "103")
    ),
    (event("object.creation", #""objectId":5,"objectTypeId":"0-48""#), CRMEvent(.call, "5")),
    (event("object.creation", #""objectId":5,"objectTypeId":"0-49""#), CRMEvent(.email, "5")),
    (event("object.creation", #""objectId":5,"objectTypeId":"0-47""#), CRMEvent(.meeting, "5")),
    (event("object.creation", #""objectId":5,"objectTypeId":"0-46""#), nil),
    (
      event("deal.propertyChange", #""objectId":9,"propertyName":"dealstage","propertyValue":"closedwon""#),
      CRMEvent(.deal, "9")
    ),
    (
      event("object.associationChange", #""objectTypeId":"0-3","fromObjectId":9,"toObjectId":101"#),
      CRMEvent(.deal, "9")
    ),
    (event("company.propertyChange", #""objectId":3,"propertyName":"hubspot_owner_id","propertyValue":"1""#), nil),
    (event("contact.privacyDeletion"), nil), (event("subscription.of.tomorrow"), nil),
  ]

  @Test("Both formats are read, and what nothing follows from is ignored", arguments: meanings)
  func meaning(_ event: String, _ hint: CRMEvent?) async throws {
    let inbox = MemoryInbox()
    try await Self.run(inbox) { server async throws in
      let body = "[\(event)]"
      let answer = try await server.send(.post, Self.path, headers: Self.headers(body), body: Data(body.utf8))
      #expect(answer.status == 202, "\(answer.json)")
      #expect(answer.json["stored"]?.int == (hint == nil ? 0 : 1))
    }
    #expect(Self.hints(inbox) == [hint].compactMap(\.self))
  }

  static let malformed = [
    ("{}", 400), ("[", 400), ("[1]", 400), ("[{}]", 400), ("[\(event("contact.creation", #""x":1"#))]", 400),
    ("[\(event("contact.creation", #""objectId":1.5"#))]", 400), ("[\(event("creation"))]", 400),
    ("[\(event("contact.propertyChange", #""objectId":1,"propertyName":7"#))]", 400),
    ("[" + [String](repeating: event("contact.creation"), count: 101).joined(separator: ",") + "]", 400),
    (String(repeating: "[", count: 40) + String(repeating: "]", count: 40), 400),
    ("[\"" + String(repeating: "x", count: 1 << 20) + "\"]", 413),
  ]

  @Test("What is no batch of events is refused, and nothing of it is stored", arguments: malformed)
  func refused(_ body: String, _ status: Int) async throws {
    let inbox = MemoryInbox()
    try await Self.run(inbox) { server async throws in
      let answer = try await server.send(.post, Self.path, headers: Self.headers(body), body: Data(body.utf8))
      #expect(answer.status == status)
      #expect(answer.type == "application/problem+json")
    }
    #expect(inbox.deliveries.isEmpty)
  }

  @Test("An event that is told again is stored once, whatever its number and attempt")
  func repeated() async throws {
    let inbox = MemoryInbox()
    try await Self.run(inbox) { server async throws in
      for attempt in 0..<3 {
        let body = Self.creation.replacingOccurrences(of: #""attemptNumber":0"#, with: #""attemptNumber":\#(attempt)"#)
          .replacingOccurrences(of: #""eventId":1"#, with: #""eventId":\#(attempt + 7)"#)
        let answer = try await server.send(.post, Self.path, headers: Self.headers(body), body: Data(body.utf8))
        #expect(answer.status == 202)
        #expect(answer.json["stored"]?.int == (attempt == 0 ? 1 : 0))
      }
    }
    #expect(inbox.deliveries.count == 1)
    #expect(inbox.deliveries.allSatisfy { !$0.key.contains("101") }, "values are personal data")
  }

  @Test("Another account's events are ignored")
  func otherPortal() async throws {
    let inbox = MemoryInbox()
    try await Self.run(inbox, portal: "1") { server async throws in
      let answer = try await server.send(
        .post, Self.path, headers: Self.headers(Self.creation), body: Data(Self.creation.utf8))
      #expect(answer.status == 202)
      #expect(answer.json["ignored"]?.int == 1)
    }
    #expect(inbox.deliveries.isEmpty)
  }

  @Test("A store that is away makes HubSpot come again")
  func storeAway() async throws {
    let inbox = MemoryInbox()
    inbox.fail(with: StorageError(.unavailable, "busy"))
    try await Self.run(inbox) { server async throws in
      let answer = try await server.send(
        .post, Self.path, headers: Self.headers(Self.creation), body: Data(Self.creation.utf8))
      #expect(answer.status == 503)
    }
  }
}
