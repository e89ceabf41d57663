import Foundation
import Ingress
import RevOps
import SQLiteStorage
import TestSupport
import Testing

@Suite("The lead webhook")
struct LeadWebhookTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    var type: String?
    var body: String
    var status: Int
    var code: String
    var headers: [(name: String, value: String)] = []
    var testDescription: String { "\(type ?? "no type") \(body.prefix(40)) → \(status) \(code)" }

    init(_ type: String?, _ body: String, _ status: Int, _ code: String, headers: [(name: String, value: String)] = [])
    {
      self.type = type
      self.body = body
      self.status = status
      self.code = code
      self.headers = headers
    }
  }

  static let json = "application/json"
  static let form = "application/x-www-form-urlencoded"
  static let fine = #"{"email":"ada@acme.example"}"#
  static let refusals = [
    Refusal(nil, fine, 415, "unsupported_media_type"),
    Refusal("text/plain", fine, 415, "unsupported_media_type"),
    Refusal("application/xml", "<a/>", 415, "unsupported_media_type"),
    Refusal("application/json; charset=utf-16", fine, 415, "unsupported_charset"),
    Refusal(form + ";charset=ISO-8859-1", "email=a@b.example", 415, "unsupported_charset"),
    Refusal(json, fine, 415, "unsupported_encoding", headers: [("Content-Encoding", "gzip")]),
    Refusal(json, "", 400, "invalid_json"),
    Refusal(json, "{", 400, "invalid_json"),
    Refusal(json, fine + "x", 400, "invalid_json"),
    Refusal(json, #"{"email":"a@b.example",}"#, 400, "invalid_json"),
    Refusal(json, #"{"email":"a@b.example","email":"c@d.example"}"#, 400, "invalid_json"),
    Refusal(json, #"{"email":"\ud800"}"#, 400, "invalid_json"),
    Refusal(json, #"{"n":\#(String(repeating: "1", count: 129))}"#, 400, "invalid_json"),
    Refusal(json, String(repeating: "[", count: 100_000), 400, "invalid_json"),
    Refusal(
      json, #"{"a":"# + String(repeating: "[", count: 32) + String(repeating: "]", count: 32) + "}", 400, "invalid_json"
    ),
    Refusal(json, "{" + (0...200).map { "\"k\($0)\":1" }.joined(separator: ",") + "}", 400, "invalid_json"),
    Refusal(form, (0...200).map { "k\($0)=1" }.joined(separator: "&"), 400, "invalid_form"),
    Refusal(form, "email=%ff%fe", 400, "invalid_form"),
    Refusal("multipart/form-data", "x", 400, "invalid_multipart"),
    Refusal("multipart/form-data; boundary=b", "no parts", 400, "invalid_form"),
    Refusal(
      "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b", 400,
      "invalid_form"),
    Refusal(json, "[]", 422, "invalid_fields"),
    Refusal(json, "null", 422, "invalid_fields"),
    Refusal(json, "{}", 422, "invalid_fields"),
    Refusal(json, #"{"email":7}"#, 422, "invalid_fields"),
    Refusal(json, #"{"email":"a@b@c"}"#, 422, "invalid_fields"),
    Refusal(json, #"{"email":"Ada <ada@acme.example>"}"#, 422, "invalid_fields"),
    Refusal(json, #"{"email":"a@b.example","company":{"x":1}}"#, 422, "invalid_fields"),
    Refusal(json, #"{"email":"a@b.example","event_id":[]}"#, 422, "invalid_fields"),
    Refusal(json, #"{"email":"a@b.example","submitted_at":"yesterday"}"#, 422, "invalid_fields"),
    Refusal(form, "email=", 422, "invalid_fields"),
    Refusal(json, #"{"a":""# + String(repeating: "x", count: 256 << 10) + #""}"#, 413, "body_too_large"),
    Refusal(json, fine, 400, "invalid_delivery_id", headers: [("Idempotency-Key", String(repeating: "k", count: 257))]),
    Refusal(json, fine, 400, "invalid_delivery_id", headers: [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]),
  ]

  @Test("A body that is not a lead is refused with its reason, and nothing is stored", arguments: refusals)
  func refused(_ example: Refusal) async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let answer = try await server.lead(example.body, type: example.type, headers: example.headers)
      #expect(answer.status == example.status)
      #expect(answer.code == example.code)
      #expect(answer.type == "application/problem+json")
      #expect(answer.header("x-request-id")?.isEmpty == false)
    }
    #expect(inbox.deliveries.isEmpty)
  }

  @Test("Every wrong field is named at once")
  func namedFields() async throws {
    try await Server.run { server async throws in
      let answer = try await server.lead(#"{"email":"no","city":5,"submitted_at":"x"}"#)
      let pointers = answer.json["errors"]?.array?.compactMap { $0["pointer"]?.string }
      #expect(Set(pointers ?? []) == ["/email", "/city", "/submitted_at"])
    }
  }

  @Test(
    "JSON, form, multipart and HubSpot's shape are one lead",
    arguments: [
      (json, #"{"email":"Ada@Acme.example","company":"Acme"}"#),
      ("application/json; charset=UTF-8", #"{"email":"Ada@Acme.example","company":"Acme"}"#),
      (json, #"{"properties":{"email":{"value":"Ada@Acme.example"},"company":"Acme"}}"#),
      (form, "email=Ada%40Acme.example&company=Acme"),
      (
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nAda@Acme.example\r\n"
          + "--b\r\nContent-Disposition: form-data; name=\"company\"\r\n\r\nAcme\r\n--b--\r\n"
      ),
    ])
  func accepted(_ type: String, _ body: String) async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let answer = try await server.lead(body, type: type)
      #expect(answer.status == 202)
      let id = try #require(answer.leadID.flatMap { LeadID($0) })
      #expect(id.partition == Partition(of: "ada@acme.example"))
    }
    let intake = try #require(inbox.intakes.first)
    #expect(intake.identity == "ada@acme.example")
    #expect(intake.payload.company == "Acme")
    #expect(intake.payload.email == "Ada@Acme.example")
    #expect(intake.raw != nil)
  }

  @Test(
    "The same delivery again is a duplicate with the first one's id",
    arguments: [
      [(name: "webhook-id", value: "d1")], [(name: "Idempotency-Key", value: "d1")], [],
    ])
  func duplicate(_ headers: [(name: String, value: String)]) async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let first = try await server.lead(#"{"email":"a@b.example","n":1}"#, headers: headers)
      let again = try await server.lead(#"{ "n":1.0, "email":"a@b.example" }"#, headers: headers)
      #expect(first.status == 202)
      #expect(again.status == 200)
      #expect(again.json["status"]?.string == "duplicate")
      #expect(again.leadID == first.leadID)
    }
    #expect(inbox.deliveries.count == 1)
    let kept = try #require(inbox.deliveries.first?.keepFor)
    #expect(kept >= (headers.isEmpty ? .seconds(86_400) : .seconds(30 * 86_400)))
  }

  @Test("event_id names a delivery; the same id with another body is a duplicate that carries another hash")
  func conflict() async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let first = try await server.lead(#"{"email":"a@b.example","event_id":"e1"}"#)
      let other = try await server.lead(#"{"email":"c@d.example","event_id":"e1"}"#)
      #expect(other.status == 200)
      #expect(other.leadID == first.leadID)
    }
    #expect(inbox.deliveries.map { $0.bodyHash?.count } == [64])
  }

  @Test("Two credentials do not share their delivery ids")
  func scopes() async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) {
      $0.webhook.tokens.append("token-of-another-form")
    } _: { server async throws in
      for token in [Server.token, "token-of-another-form"] {
        let answer = try await server.lead(Self.fine, token: token, headers: [("Idempotency-Key", "same")])
        #expect(answer.status == 202)
      }
    }
    #expect(inbox.deliveries.count == 2)
    #expect(inbox.deliveries.allSatisfy { !$0.key.contains("token") })
  }

  @Test("A hundred copies at once are one lead on disk")
  func concurrent() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(file: folder.url.appending(path: "store.sqlite"))
    try await Server.run(inbox: store) { server async throws in
      let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
        for _ in 0..<100 {
          group.addTask { try await server.lead(Self.fine, headers: [("Idempotency-Key", "copy")]) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(answers.map(\.leadID)).count == 1)
      #expect(answers.filter { $0.status == 202 }.count == 1)
      #expect(answers.filter { $0.status == 200 }.count == 99)
    }
    let pending = try await store.pendingMessages(in: Partition(of: "ada@acme.example"), limit: 10)
    #expect(pending.count == 1)
    try await store.close()
  }

  @Test("What could not be stored is not accepted: 503, come again")
  func storeFails() async throws {
    let inbox = MemoryInbox()
    inbox.fail(with: StorageError(.full, "disk"))
    try await Server.run(inbox: inbox) { server async throws in
      let answer = try await server.lead(Self.fine)
      #expect(answer.status == 503)
      #expect(answer.code == "storage_unavailable")
      #expect(answer.header("retry-after") == "5")
      inbox.fail(with: nil)
      #expect(try await server.lead(Self.fine).status == 202)
    }
  }

  @Test("A flood meets 429 with the time to wait, and what was refused is not stored")
  func flood() async throws {
    let inbox = MemoryInbox()
    var limits = IngressLimits()
    limits.leadsOfOne = .init(perSecond: 0.1, burst: 2)
    try await Server.run(inbox: inbox, limits: limits) { server async throws in
      for index in 0..<3 {
        let answer = try await server.lead(#"{"email":"a\#(index)@b.example"}"#)
        #expect(answer.status == (index < 2 ? 202 : 429))
        if index == 2 { #expect(answer.header("retry-after") == "10") }
      }
    }
    #expect(inbox.deliveries.count == 2)
  }

  @Test("A lead submitted more than a day ago is marked as bulk")
  func old() async throws {
    let inbox = MemoryInbox()
    try await Server.run(inbox: inbox) { server async throws in
      let old = Server.now.addingTimeInterval(-90_000).formatted(.iso8601)
      _ = try await server.lead(#"{"email":"a@b.example","submitted_at":"\#(old)"}"#)
      _ = try await server.lead(#"{"email":"c@d.example"}"#)
    }
    #expect(inbox.intakes.map(\.bulk) == [true, false])
  }

  @Test("The pipeline is woken for the partition of an accepted lead only")
  func woken() async throws {
    let (woken, wake) = AsyncStream<Partition>.makeStream()
    try await Server.run {
      $0.wake = { wake.yield($0) }
    } _: { server async throws in
      _ = try await server.lead(#"{"email":"no"}"#)
      _ = try await server.lead(Self.fine)
      _ = try await server.lead(Self.fine)
    }
    wake.finish()
    #expect(await woken.reduce(into: []) { $0.append($1) } == [Partition(of: "ada@acme.example")])
  }
}
