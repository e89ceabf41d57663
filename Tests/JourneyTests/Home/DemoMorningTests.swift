import Curl
import Foundation
import Sandbox
import TestSupport
import Testing
import VendorAPI

/// `baton demo` steered by its page's own routes: its clock can be moved.
private struct DemoDesk: Sendable {
  let address: String
  let client = CurlClient()

  static func open(_ story: @Sendable (DemoDesk) async throws -> Void) async throws {
    let demo = try ChildProcess(
      try Product.program(), ["demo", "--port", "0", "--config", Product.config.path], environment: Product.shell)
    let address: String = try await eventually("the demo prints its address", within: .seconds(60)) {
      demo.output.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\//).map { String($0.0) }
    }
    do { try await story(DemoDesk(address: address)) } catch { Issue.record("\(error)\n\(demo.errors.suffix(2_000))") }
    demo.signal(SIGTERM)
    try await demo.end()
  }

  func post(_ name: String, _ body: JSON) async throws -> JSON {
    let response = try await client.send(
      VendorRequest(
        vendor: "demo", operation: name, method: .post, url: address + "sandbox/" + name,
        headers: [("content-type", "application/json")], body: body.data))
    return JSON.parse(response.body) ?? .null
  }

  func state(_ user: String, _ channel: String = "") async throws -> JSON {
    let response = try await client.send(
      VendorRequest(
        vendor: "demo", operation: "state", method: .get,
        url: address + "sandbox/state?user=\(user)&channel=\(channel)"))
    return JSON.parse(response.body) ?? .null
  }

  func words(_ json: JSON) -> String { SlackWords.all(in: json) }

  /// What the person's direct messages from Baton say.
  func direct(_ user: String) async throws -> String {
    words(try await state(user, "D0" + user.dropFirst(2))["messages"])
  }
}

@Suite(.timeLimit(.minutes(10)))
struct DemoMorningTests {
  @Test func `on Monday morning a rep hears once of the lead of the week before, and Home shows it`() async throws {
    try await DemoDesk.open { desk in
      let lead: JSON = [
        "email": "eva@kreditwerk.example", "full_name": "Eva Sommer", "title": "CTO", "company": "Kreditwerk",
        "country": "Germany", "employees": 120, "industry": "Logistics", "source": "demo request",
      ]
      #expect(try await desk.post("clock", ["to": "monday", "user": "U0LENA"])["ok"].flag == true)
      let answer = try await desk.post("lead", ["lead": lead])["answer"]
      #expect(answer["lead_id"].text != nil)
      try await eventually("the card", within: .seconds(40)) {
        desk.words(try await desk.state("U0LENA", "C0LEADSDACH")["messages"]).contains("Eva Sommer")
      }
      // The next Tuesday, 8:45: 23 hours and three quarters later.
      #expect(try await desk.post("clock", ["seconds": 85_500])["ok"].flag == true)
      // Nobody claimed it, so that it may have gone on to the next.
      let owner = try await eventually("the digest", within: .seconds(40)) { () -> String? in
        for user in ["U0LENA", "U0FELIX"] where try await desk.direct(user).contains("Good morning: your leads") {
          return user
        }
        return nil
      }
      _ = try await desk.post("act", ["user": .string(owner), "kind": "home"])
      try await eventually("Home", within: .seconds(40)) {
        try await desk.words(desk.state(owner)["home"]).contains("Eva Sommer")
      }
      #expect(
        try await desk.direct(owner).components(separatedBy: "Good morning").count - 1 <= 2, "text and header of one")
    }
  }
}
