import Foundation
import Sandbox
import Testing
import VendorAPI

/// What can go wrong at a source of facts.
@Suite(.timeLimit(.minutes(1))) struct PaidLookUpTests {
  @Test func `a source answers about another company, and gives nothing without credits`() async throws {
    try await withSandbox { desk in
      desk.world.confuse("acmebank.example", with: "nordwerk.example")
      let apollo = [(name: "x-api-key", value: "sandbox-apollo-key")]
      let enrich = "/apollo/api/v1/organizations/enrich?domain=acmebank.example"
      desk.world.setCredits(1, of: .apollo)
      let wrong = try await desk.send(.get, enrich, headers: apollo)
      #expect(wrong.json["organization"]["primary_domain"].text == "nordwerk.example")
      #expect(try await desk.send(.get, enrich, headers: apollo).status == 422)
      desk.world.setCredits(0, of: .clearbit)
      let clearbit = [
        (name: "Authorization", value: "Basic " + Data("sandbox-clearbit-key:".utf8).base64EncodedString())
      ]
      let refused = try await desk.send(.get, "/clearbit/v2/companies/find?domain=fjord.example", headers: clearbit)
      #expect(refused.status == 402 && refused.json["error"]["type"].text == "over_quota")
    }
  }
}
