import Foundation
import Sandbox
import Testing
import VendorAPI

@Suite struct FaultTests {
  private static let post: JSON = ["channel": "C0LEADS", "text": "Lead"]

  @Test(arguments: [(Fault.resetBefore, 0), (.resetAfter, 1)])
  func `a cut line gives no answer, and the effect is there or not as was said`(
    _ fault: Fault, _ effects: Int
  ) async throws {
    try await withSandbox { desk in
      desk.world.setFault(fault, for: .slack, operation: "chat.postMessage", calls: 1)
      let error = await #expect(throws: TransportError.self) {
        try await desk.slack("chat.postMessage", Self.post)
      }
      #expect(error?.mayHaveReachedService == true)
      #expect(desk.world.messages("C0LEADS").count == effects)
      let second = try await desk.slack("chat.postMessage", Self.post)
      #expect(second["ok"] == true)
      #expect(desk.world.calls(.slack).map(\.status) == [nil, 200])
    }
  }

  @Test func `a rate limit says how long to wait and does nothing`() async throws {
    try await withSandbox { desk in
      desk.world.setFault(.tooManyRequests(retryAfter: 7), for: .hubspot, calls: 1)
      let answer = try await desk.hubSpot(
        .post, "/crm/objects/2026-09/contacts", ["properties": ["email": "a@b.example"]])
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] == "7")
      #expect(answer.json["policyName"].text == "TEN_SECONDLY_ROLLING")
      #expect(desk.world.records(.contacts).isEmpty)
    }
  }

  @Test func `a fault meets the service and operation it was set for, and no other`() async throws {
    try await withSandbox { desk in
      desk.world.setFault(.serverError(status: 503), for: .slack, operation: "users.info")
      #expect(try await desk.slack("auth.test")["ok"] == true)
      let sick = try await desk.send(
        .get, "/slack/api/users.info?user=U0ANNA",
        headers: [("authorization", "Bearer " + desk.sandbox.configuration.slackBotToken)])
      #expect(sick.status == 503)
      desk.world.clearFaults(.slack)
      #expect(try await desk.slackRead("users.info", "user=U0ANNA")["ok"] == true)
    }
  }

  @Test func `a hanging call gives no answer within its time`() async throws {
    try await withSandbox { desk in
      desk.world.setFault(.hang, for: .apollo)
      let error = await #expect(throws: TransportError.self) {
        try await desk.send(.post, "/apollo/api/v1/people/match?email=a%40b.example", timeout: .milliseconds(200))
      }
      #expect(error?.cause == .timedOut)
      #expect(desk.world.calls(.apollo).first?.status == nil)
    }
  }

  @Test func `a delay is waited out by every call of the service`() async throws {
    try await withSandbox { desk in
      desk.world.setDelay(.milliseconds(60), for: .slack)
      let took = try await ContinuousClock().measure { _ = try await desk.slack("auth.test") }
      #expect(took >= .milliseconds(60))
      #expect((desk.world.calls(.slack).first?.milliseconds ?? 0) >= 60)
    }
  }

  @Test func `faults can be switched from outside`() async throws {
    try await withSandbox { desk in
      let body: JSON = ["service": "slack", "fault": "5xx", "value": 502, "calls": 1]
      let set = try await desk.send(
        .post, "/sandbox/faults", headers: [("content-type", "application/json")], body: body.data)
      #expect(set.json["ok"] == true)
      let sick = try await desk.send(.post, "/slack/api/auth.test")
      #expect(sick.status == 502)
      let calls = try await desk.send(.get, "/sandbox/calls")
      #expect(calls.json["calls"][0]["operation"].text == "auth.test")
      #expect(calls.json["calls"][0]["fault"].text == "5xx")
    }
  }
}
