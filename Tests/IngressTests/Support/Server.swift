import Crypto
import Curl
import Foundation
import Hummingbird
import Ingress
import Logging
import RevOps
import VendorAPI

/// The routes on a port of their own, for the time of one test.
struct Server: Sendable {
  static let secret = "whsec_" + Data("a secret of thirty-two bytes!!!!".utf8).base64EncodedString()
  static let token = "token-of-the-test-form"
  static let admin = "token-of-the-test-admin"
  static let now = Date(timeIntervalSince1970: 1_800_000_000)
  private static let client = CurlClient()

  let port: Int

  /// - Parameter change: what this test has otherwise.
  static func run(
    inbox: any Inbox = MemoryInbox(), leads: FixedLeads = FixedLeads(), outbox: FixedOutbox = FixedOutbox(),
    limits: IngressLimits = IngressLimits(), change: (inout IngressDependencies) -> Void = { _ in },
    _ test: @Sendable @escaping (Server) async throws -> Void
  ) async throws {
    var dependencies = IngressDependencies(
      inbox: inbox, leads: leads, outbox: outbox,
      webhook: WebhookCredentials(secrets: [WebhookSecret(secret)].compactMap { $0 }, tokens: [token]),
      adminToken: admin,
      readiness: { Readiness(status: .ready, configVersion: "v1", dependencies: [.init(name: "store", state: "ok")]) },
      renderMetrics: { "# TYPE up gauge\nup 1\n" }, wake: { _ in }, now: { now })
    change(&dependencies)
    let (ports, listening) = AsyncStream<Int>.makeStream()
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let application = IngressServer.application(
      host: "127.0.0.1", port: 0, dependencies: dependencies, limits: limits, logger: logger
    ) { listening.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      group.addTask {
        for await port in ports {
          try await test(Server(port: port))
          return
        }
      }
      try await group.next()
      group.cancelAll()
    }
  }

  func send(
    _ method: VendorRequest.Method = .post, _ path: String, headers: [(name: String, value: String)] = [],
    body: Data? = nil
  ) async throws -> Answer {
    let request = VendorRequest(
      vendor: "baton", operation: "test", method: method, url: "http://127.0.0.1:\(port)\(path)", headers: headers,
      body: method == .post ? body ?? Data() : body)
    return Answer(try await Self.client.send(request))
  }

  func lead(
    _ body: String, type: String? = "application/json", token: String? = Server.token,
    headers: [(name: String, value: String)] = []
  ) async throws -> Answer {
    var all = headers
    if let type { all.append(("Content-Type", type)) }
    if let token { all.append(("Authorization", "Bearer " + token)) }
    return try await send(.post, "/webhooks/lead", headers: all, body: Data(body.utf8))
  }

  func get(_ path: String, token: String? = Server.admin) async throws -> Answer {
    try await send(.get, path, headers: token.map { [("Authorization", "Bearer " + $0)] } ?? [])
  }
}

/// An answer with its JSON read.
struct Answer: Sendable {
  let status: Int
  let body: Data
  let type: String
  private let response: VendorResponse

  init(_ response: VendorResponse) {
    self.response = response
    status = response.status
    body = response.body
    type = response.header("content-type") ?? ""
  }

  var json: JSONValue { (try? JSONValue.parse(body)) ?? .null }
  var code: String? { json["code"]?.string }
  var leadID: String? { json["lead_id"]?.string }
  func header(_ name: String) -> String? { response.header(name) }
}

/// Signs as senders do, by code of the tests' own.
enum Signing {
  static func code(_ body: String, id: String, timestamp: String, secret: String = Server.secret) -> String {
    let key = Data(base64Encoded: String(secret.dropFirst("whsec_".count))) ?? Data()
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("\(id).\(timestamp).\(body)".utf8), using: SymmetricKey(data: key))
    return "v1," + Data(code).base64EncodedString()
  }

  static func headers(
    _ body: String, id: String = "msg_1", timestamp: String = "1800000000", signature: String? = nil
  ) -> [(name: String, value: String)] {
    [
      ("webhook-id", id), ("webhook-timestamp", timestamp),
      ("webhook-signature", signature ?? code(body, id: id, timestamp: timestamp)),
    ]
  }

  static func slack(_ body: String, timestamp: String = "1800000000", secret: String) -> [(name: String, value: String)]
  {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("v0:\(timestamp):\(body)".utf8), using: SymmetricKey(data: Data(secret.utf8)))
    let hex = Data(code).map { String(format: "%02x", $0) }.joined()
    return [("X-Slack-Request-Timestamp", timestamp), ("X-Slack-Signature", "v0=" + hex)]
  }
}
