import Foundation
import Hiredis
import RedisStorage
import RevOps
import Synchronization
import TestSupport
import Testing

/// Stores of one test, each on a server of its own.
final class TestServers: Sendable {
  private let servers = Mutex<[ObjectIdentifier: RedisServer]>([:])

  func make() async throws -> RedisStore { try await open(RedisServer()) }

  /// Another instance's view of the same store.
  func another(_ store: RedisStore) async throws -> RedisStore { try await open(server(of: store)) }

  func server(of store: RedisStore) throws -> RedisServer {
    try #require(servers.withLock { $0[ObjectIdentifier(store)] })
  }

  /// Ends the server without warning and starts it over its file.
  func afterKill(_ store: RedisStore) async throws -> RedisStore {
    let server = try server(of: store)
    await store.close()
    try await server.kill()
    try await server.start()
    return try await open(server)
  }

  func open(_ server: RedisServer) async throws -> RedisStore {
    let store = try await RedisStore.open(RedisAddress(server.url))
    servers.withLock { $0[ObjectIdentifier(store)] = server }
    return store
  }

  var harness: StorageConformance.Harness {
    StorageConformance.Harness(
      make: { try await self.make() },
      restart: { try await self.afterKill(try #require($0 as? RedisStore)) })
  }
}
