import Foundation
import Sandbox
import Testing
import VendorAPI

@Suite struct EnrichmentTests {
  @Test func `Apollo answers a stranger with 200 and null`() async throws {
    try await withSandbox { desk in
      let key = [(name: "x-api-key", value: desk.sandbox.configuration.apolloKey)]
      let known = try await desk.send(
        .post, "/apollo/api/v1/people/match?email=eva.schmidt%40acmebank.example", headers: key)
      #expect(known.json["person"]["title"].text == "CTO")
      #expect(known.json["person"]["organization"]["estimated_num_employees"].whole == 850)
      let stranger = try await desk.send(.post, "/apollo/api/v1/people/match?email=x%40y.example", headers: key)
      #expect(stranger.status == 200)
      #expect(stranger.json["person"].isNull)
      let refused = try await desk.send(.get, "/apollo/api/v1/organizations/enrich?domain=acmebank.example")
      #expect(refused.status == 401)
      #expect(refused.headers["content-type"]?.hasPrefix("text/plain") == true)
    }
  }

  @Test func `Clearbit answers a stranger with 404 and looks up later where it queues`() async throws {
    try await withSandbox { desk in
      let key = Data((desk.sandbox.configuration.clearbitKey + ":").utf8).base64EncodedString()
      let headers = [(name: "authorization", value: "Basic " + key)]
      let path = "/clearbit/v2/combined/find?email="
      let known = try await desk.send(.get, path + "lucie.rochat%40lacleman.example", headers: headers)
      #expect(known.json["company"]["geo"]["countryCode"].text == "CH")
      let stranger = try await desk.send(.get, path + "x%40y.example", headers: headers)
      #expect(stranger.status == 404)
      #expect(stranger.json["error"]["type"].text == "unknown_record")
      desk.world.setClearbitQueues(true)
      #expect(try await desk.send(.get, path + "x%40y.example", headers: headers).status == 202)
    }
  }
}
