import Foundation
import Hiredis
import RevOps
import TestSupport
import Testing

@testable import RedisStorage

/// Somebody who looks at the leads while services work on them.
@Suite(.timeLimit(.minutes(2))) struct ObserverTests {
  let servers = TestServers()

  @Test func `an observer reads what services write, and every write of its own is refused`() async throws {
    let store = try await servers.make()
    let lead = Lead.sample()
    let lease = try #require(try await store.acquire([lead.id.partition], instance: "one", for: .seconds(60)).first)
    let observer = try await RedisStore.open(RedisAddress(servers.server(of: store).url), role: .observer)
    #expect(try await store.commit(LeadCommit(lease: lease, leads: [lead])) == .committed)
    #expect(try await observer.leads(LeadQuery()).leads.map(\.id) == [lead.id])
    #expect(try await observer.lead(lead.id) == store.lead(lead.id))
    #expect(try await observer.deadLetters(cursor: nil, limit: 9).letters.isEmpty)
    let refusal = StorageError(.unavailable, "the store was opened for reading only")
    await #expect(throws: refusal) { try await observer.check() }
    await #expect(throws: refusal) { try await observer.commit(LeadCommit(lease: lease, leads: [lead])) }
    await #expect(throws: refusal) { try await observer.cache("apollo/a", content: Data(), at: Date()) }
    await #expect(throws: refusal) { try await observer.expireDeliveries(now: Date(), limit: 9) }
    await #expect(throws: refusal) { try await observer.renew([lease], instance: "one", for: .seconds(60)) }
    await #expect(throws: refusal) { try await observer.attend(instance: "two", for: .seconds(60)) }
    await observer.close()
    #expect(try await store.renew([lease], instance: "one", for: .seconds(60)) == [lease])
  }

  @Test func `what counts as reading only has commands that Redis calls reading`() async throws {
    let server = try await RedisServer()
    let redis = RedisConnection(.init(address: try RedisAddress(server.url), name: "test"))
    for script in Script.all {
      // What stands in front of every script writes only where it is called.
      let body = script.text.dropFirst(Script.common.count)
      let commands = Set(body.matches(of: /redis\.call\('([A-Z]+)'/).map { String($0.1) })
      var isWriting = false
      for command in commands where try await Self.writes(command, redis) { isWriting = true }
      let callsWriters = ["write_effect(", "memory_gone("].contains { body.contains($0) }
      #expect(!commands.isEmpty || callsWriters, "\(script.name)")
      #expect(script.isReading == !(isWriting || callsWriters), "\(script.name): \(commands.sorted())")
    }
    withExtendedLifetime(server) {}
  }

  /// As `COMMAND INFO` says: name, arity, flags.
  private static func writes(_ command: String, _ redis: RedisConnection) async throws -> Bool {
    let answer = try await redis.send(RedisCommand("COMMAND", "INFO", command, isRepeatable: true))
    let flags = try #require(answer.array?.first?.array?[2].array)
    return flags.contains { $0.text == "write" }
  }
}
