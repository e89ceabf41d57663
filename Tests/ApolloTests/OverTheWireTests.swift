import Curl
import RevOps
import Sandbox
import Testing
import VendorAPI

@testable import Apollo

@Suite(.timeLimit(.minutes(1))) struct OverTheWireTests {
  @Test func `a known person is found over loopback, an unknown one is not, a wrong key is refused`() async throws {
    let sandbox = Sandbox()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await sandbox.run() }
      _ = await sandbox.started()
      let source = { (key: String) in
        ApolloSource.make(
          client: ApolloClient(
            transport: CurlClient(), baseURL: sandbox.baseURL + "/apollo/api/v1", apiKey: key,
            limiter: RateLimiter(rates: [:])))
      }
      let right = source(sandbox.configuration.apolloKey)
      let found = try await right.person("eva.schmidt@acmebank.example")
      #expect(found?.company?.employees == 850)
      #expect(found?.person?.title == "CTO")
      #expect(found?.domains == ["acmebank.example"])
      #expect(try await right.company("acmebank.example")?.company?.employees == 850)
      #expect(try await right.person("x@nowhere.example") == nil)
      #expect(try await right.company("nowhere.example") == nil)
      let error = await #expect(throws: ServiceError.self) {
        try await source("wrong").person("x@nowhere.example")
      }
      #expect(error?.code == "401" && error?.retry == .never)
      group.cancelAll()
    }
  }
}
