import Curl
import Foundation
import Sandbox
import VendorAPI

/// Runs a sandbox on a free port for the length of a test, with a client at hand.
func withSandbox<Value: Sendable>(
  _ configuration: Sandbox.Configuration = Sandbox.Configuration(), product: String? = nil,
  _ body: @escaping @Sendable (Desk) async throws -> Value
) async throws -> Value {
  var configuration = configuration
  configuration.productURL = product
  let sandbox = Sandbox(configuration)
  return try await withThrowingTaskGroup(of: Value?.self) { group in
    group.addTask {
      try await sandbox.run()
      return nil
    }
    group.addTask {
      _ = await sandbox.started()
      return try await body(Desk(sandbox: sandbox))
    }
    defer { group.cancelAll() }
    while let value = try await group.next() {
      if let value { return value }
    }
    throw CancellationError()
  }
}

/// A client of the sandbox with the right keys.
struct Desk: Sendable {
  let sandbox: Sandbox
  let client = CurlClient()

  var world: World { sandbox.world }

  struct Answer: Sendable {
    var status: Int
    var json: JSON
    var headers: [String: String]
  }

  func send(
    _ method: VendorRequest.Method, _ path: String, headers: [(name: String, value: String)] = [],
    body: Data? = nil, timeout: Duration = .seconds(5)
  ) async throws -> Answer {
    let response = try await client.send(
      VendorRequest(
        vendor: "sandbox", operation: "test", method: method, url: sandbox.baseURL + path, headers: headers,
        body: body, timeout: timeout))
    let names = response.headers.map { ($0.name.lowercased(), $0.value) }
    return Answer(
      status: response.status, json: JSON.parse(response.body) ?? .null,
      headers: Dictionary(names, uniquingKeysWith: { first, _ in first }))
  }

  /// Calls a Slack method with a JSON body.
  func slack(_ method: String, _ arguments: JSON = [:], token: String? = nil) async throws -> JSON {
    let token = token ?? sandbox.configuration.slackBotToken
    return try await send(
      .post, "/slack/api/" + method,
      headers: [("authorization", "Bearer " + token), ("content-type", "application/json; charset=utf-8")],
      body: arguments.data
    ).json
  }

  /// Calls a reading Slack method with a query.
  func slackRead(_ method: String, _ query: String = "") async throws -> JSON {
    try await send(
      .get, "/slack/api/\(method)?\(query)",
      headers: [("authorization", "Bearer " + sandbox.configuration.slackBotToken)]
    ).json
  }

  func hubSpot(_ method: VendorRequest.Method, _ path: String, _ body: JSON? = nil) async throws -> Answer {
    try await send(
      method, "/hubspot" + path,
      headers: [
        ("authorization", "Bearer " + sandbox.configuration.hubSpotToken), ("content-type", "application/json"),
      ], body: body?.data)
  }

  /// Creates a contact.
  ///
  /// - Returns: its id.
  func contact(_ email: String) async throws -> String {
    let answer = try await hubSpot(
      .post, "/crm/objects/2026-09/contacts", ["properties": ["email": .string(email)]])
    return answer.json["id"].text ?? ""
  }
}
