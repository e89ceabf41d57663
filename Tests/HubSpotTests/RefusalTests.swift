import Foundation
import RevOps
import Testing
import VendorAPI

@testable import HubSpot

@Suite struct RefusalTests {
  struct Row: Sendable {
    var status: Int
    var body: String = "{}"
    var retryAfter: String?
    var retry: VendorError.Retry
  }

  private static let rows = [
    Row(status: 400, retry: .never), Row(status: 401, retry: .never), Row(status: 403, retry: .never),
    Row(status: 404, retry: .never), Row(status: 409, retry: .never),
    Row(status: 423, retry: .later(.seconds(2))),
    Row(status: 429, body: #"{"policyName":"TEN_SECONDLY_ROLLING"}"#, retry: .later(.seconds(10))),
    Row(status: 429, body: #"{"policyName":"SECONDLY"}"#, retry: .later(.seconds(1))),
    Row(status: 429, body: #"{"message":"You have reached your secondly limit."}"#, retry: .later(.seconds(1))),
    Row(status: 429, body: #"{"policyName":"DAILY"}"#, retry: .later(.seconds(3_600))),
    Row(status: 429, body: #"{"policyName":"DAILY"}"#, retryAfter: "60", retry: .later(.seconds(60))),
    Row(status: 429, body: "<html>", retry: .later(.seconds(10))),
    Row(status: 477, retryAfter: "86400", retry: .later(.seconds(3_600))),
    Row(status: 500, retry: .now), Row(status: 503, retry: .now), Row(status: 524, retry: .now),
  ]

  private let write = HubSpotCall(operation: "notes.create", method: .post, segments: [], isWrite: true)

  private func failure(_ row: Row, _ call: HubSpotCall, now: Date = Date(timeIntervalSince1970: 86_400))
    -> HubSpotFailure
  {
    let headers = row.retryAfter.map { [(name: "Retry-After", value: $0)] } ?? []
    let response = VendorResponse(status: row.status, headers: headers, body: Data(row.body.utf8))
    return HubSpotFailure(refused: response, to: call, now: now)
  }

  @Test(arguments: rows)
  func `each status has one answer to "again, later, never?"`(row: Row) {
    #expect(failure(row, write).error.retry == row.retry)
    #expect(failure(row, write).error.outcomeUnknown == (row.status >= 500))
    #expect(!failure(row, .read("contacts.read", [])).error.outcomeUnknown)
  }

  @Test func `the daily limit ends at midnight`() {
    let row = Row(status: 429, body: #"{"policyName":"DAILY"}"#, retry: .never)
    #expect(failure(row, write, now: Date(timeIntervalSince1970: 2 * 86_400 - 90)).error.retry == .later(.seconds(90)))
  }

  @Test func `an error repeats no value, address or token, whatever HubSpot says`() {
    let body =
      #"{"status":"error","category":"VALIDATION_ERROR","correlationId":"c-1","message":"ada@acme.example is bad: "#
      + #"[{\"name\":\"Ada Lovelace\"},{\"name\":\"jobtitle\"}]","errors":[{"in":"secret value"}]}"#
    let error = ServiceError(failure(Row(status: 400, body: body, retry: .never), write))
    #expect(error.detail == "notes.create: HubSpot does not accept the values (jobtitle)")
    #expect(error.code == "VALIDATION_ERROR")
    #expect(failure(Row(status: 400, body: body, retry: .never), write).error.requestID == "c-1")
  }

  @Test func `after a 429 other calls wait instead of asking`() async throws {
    let limiter = RateLimiter(rates: [:])
    let wire = ScriptedHubSpot(["contacts.read": [.json(429, #"{"policyName":"TEN_SECONDLY_ROLLING"}"#)]])
    let client = HubSpotClient.scripted(wire, limiter: limiter)
    await #expect(throws: HubSpotFailure.self) { try await client.object(.contacts, "1", properties: []) }
    let next = Task { try await client.object(.contacts, "2", properties: []) }
    let deadline = ContinuousClock.now.advanced(by: .seconds(5))
    while await limiter.waiting(in: HubSpotClient.bucket) == 0, ContinuousClock.now < deadline { await Task.yield() }
    #expect(wire.count("contacts.read") == 1)
    next.cancel()
    await #expect(throws: HubSpotFailure.self) { try await next.value }
    #expect(wire.count("contacts.read") == 1)
  }

  @Test func `a second-by-second limit on searches does not hold other calls`() async throws {
    let limiter = RateLimiter(rates: [:])
    let wire = ScriptedHubSpot([
      "contacts.search": [.json(429, #"{"policyName":"SECONDLY"}"#)], "contacts.read": [.missing],
    ])
    let client = HubSpotClient.scripted(wire, limiter: limiter)
    await #expect(throws: HubSpotFailure.self) { try await client.search(.contacts, any: [], properties: []) }
    #expect(try await client.object(.contacts, "1", properties: []) == nil)
  }

  @Test func `a success that cannot be read is no success`() async throws {
    let wire = ScriptedHubSpot(["notes.create": [.ok("<html>")], "contacts.search": [.ok("{}")]])
    let client = HubSpotClient.scripted(wire)
    let write = await #expect(throws: HubSpotFailure.self) { try await client.create(.notes, [:]) }
    #expect(write?.error.outcomeUnknown == true)
    let read = await #expect(throws: HubSpotFailure.self) {
      try await client.search(.contacts, any: [], properties: [])
    }
    #expect(read?.error.outcomeUnknown == false)
  }
}
