import SQLiteStorage
import TestSupport
import Testing

@Suite struct SQLiteConformanceTests {
  @Test("The SQLite store keeps the promise", arguments: StorageConformance.cases)
  func promise(_ promise: StorageConformance.Case) async throws {
    let stores = try TestStores()
    try await promise.run(stores.harness)
  }
}
