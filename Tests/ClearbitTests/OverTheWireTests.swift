import Curl
import RevOps
import Sandbox
import Testing
import VendorAPI

@testable import Clearbit

@Suite(.timeLimit(.minutes(1))) struct OverTheWireTests {
  @Test func `known, unknown and queued records are told apart over loopback`() async throws {
    let sandbox = Sandbox()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await sandbox.run() }
      _ = await sandbox.started()
      let source = ClearbitSource.make(
        client: ClearbitClient(
          transport: CurlClient(), baseURL: sandbox.baseURL + "/clearbit",
          apiKey: sandbox.configuration.clearbitKey, limiter: RateLimiter(rates: [:])))
      let found = try await source.person("eva.schmidt@acmebank.example")
      #expect(found?.company?.employees == 850 && found?.company?.country == "DE")
      #expect(found?.person?.title == "CTO")
      #expect(try await source.company("acmebank.example")?.domains == ["acmebank.example"])
      #expect(try await source.person("x@nowhere.example") == nil)
      sandbox.world.setClearbitQueues(true)
      let error = await #expect(throws: ServiceError.self) {
        try await source.person("x@nowhere.example")
      }
      #expect(error?.retry == .later(.seconds(5)))
      group.cancelAll()
    }
  }
}
