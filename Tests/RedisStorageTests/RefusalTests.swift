import Foundation
import Hiredis
import RedisStorage
import RevOps
import TestSupport
import Testing

/// A Redis that would lose leads is not worked with.
@Suite(.timeLimit(.minutes(2))) struct RefusalTests {
  @Test(arguments: [
    (["--appendonly", "no"], "appendonly yes"), (["--maxmemory-policy", "allkeys-lru"], "noeviction"),
    (["--cluster-enabled", "yes"], "Cluster"), (["--appendfsync", "no"], "always or everysec"),
    (["--requirepass", "open-sesame"], "password"), (["--replicaof", "127.0.0.1", "1"], "replica"),
  ])
  func `an unfit Redis is refused with what to do`(options: [String], word: String) async throws {
    let server = try await RedisServer(options: options)
    do {
      _ = try await RedisStore.open(RedisAddress(server.url))
      Issue.record("opened with \(options)")
    } catch {
      #expect((error as? StorageError)?.detail.contains(word) == true, "\(error)")
    }
    withExtendedLifetime(server) {}
  }

  @Test func `nobody there is told with the address`() async throws {
    await #expect {
      _ = try await RedisStore.open(RedisAddress(.socket(path: "/nowhere/redis.sock"), password: "open-sesame"))
    } throws: { error in
      let detail = (error as? StorageError)?.detail ?? ""
      return detail.contains("/nowhere/redis.sock") && !detail.contains("open-sesame")
    }
  }

  @Test func `everysec is allowed and reported, always is not worth a word`() async throws {
    for (fsync, isReported) in [("everysec", true), ("always", false)] {
      let server = try await RedisServer(fsync: fsync)
      let store = try await RedisStore.open(RedisAddress(server.url))
      #expect(try await store.durabilityRemark()?.contains("1 s") == (isReported ? true : nil))
      await store.close()
      withExtendedLifetime(server) {}
    }
  }

  @Test func `a Redis that became unfit while in use shows in the check`() async throws {
    let server = try await RedisServer()
    let store = try await RedisStore.open(RedisAddress(server.url))
    try await store.check()
    let redis = RedisConnection(.init(address: try RedisAddress(server.url), name: "test"))
    _ = try await redis.send(RedisCommand("CONFIG", "SET", "maxmemory-policy", "allkeys-lru", isRepeatable: true))
    await #expect { try await store.check() } throws: { ($0 as? StorageError)?.detail.contains("noeviction") == true }
    withExtendedLifetime(server) {}
  }

  @Test func `a full Redis says so, and reads go on`() async throws {
    let server = try await RedisServer()
    let store = try await RedisStore.open(RedisAddress(server.url))
    let redis = RedisConnection(.init(address: try RedisAddress(server.url), name: "test"))
    _ = try await redis.send(RedisCommand("CONFIG", "SET", "maxmemory", "1", isRepeatable: true))
    await #expect {
      try await store.append(.sample(key: "form/1"), now: .now)
    } throws: { ($0 as? StorageError)?.cause == .full }
    #expect(try await store.counts().isEmpty)
    withExtendedLifetime(server) {}
  }

  @Test func `after close everything is refused as shut down`() async throws {
    let server = try await RedisServer()
    let store = try await RedisStore.open(RedisAddress(server.url))
    await store.close()
    await #expect { try await store.check() } throws: { ($0 as? StorageError)?.cause == .shutDown }
    withExtendedLifetime(server) {}
  }
}
