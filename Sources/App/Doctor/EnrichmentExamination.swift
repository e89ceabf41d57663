import Apollo
import VendorAPI

/// The sources of facts. Look-ups are paid for, so that only what is free is asked.
enum EnrichmentExamination {
  static func apollo(_ client: ApolloClient) async -> [Finding] {
    do throws(VendorError) {
      try await Patience.call { () async throws(VendorError) in try await client.check() }
      return [Finding("apollo", "key", .ok, "accepted")]
    } catch {
      let remedy = "copy the API key of Apollo's settings into APOLLO_API_KEY"
      return [.failed("apollo", "key", error, credentials: remedy, address: "APOLLO_API_URL")]
    }
  }

  static let clearbit = Finding(
    "clearbit", "key", .ok,
    "set; Clearbit has no call that costs nothing: a wrong key shows in /ready with the first lead")
}
