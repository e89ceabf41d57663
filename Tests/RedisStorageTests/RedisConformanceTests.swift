import RedisStorage
import TestSupport
import Testing

@Suite struct RedisConformanceTests {
  @Test("The Redis store keeps the promise", arguments: StorageConformance.cases)
  func promise(_ promise: StorageConformance.Case) async throws {
    let servers = TestServers()
    try await promise.run(servers.harness)
  }
}
