import Foundation
import Hiredis
import RevOps
import StoredForms
import TestSupport
import Testing

@testable import RedisStorage

@Suite(.timeLimit(.minutes(2))) struct RedisStoreTests {
  let servers = TestServers()

  @Test func `a commit that is sent again is the one that was made`() async throws {
    let store = try await servers.make()
    var work = LeadCommit(lease: try await store.lease(), leads: [.sample()])
    work.history = [(work.leads[0].id, HistoryEntry(at: .now, actor: "system", action: "received"))]
    work.documents = [StoredDocument(key: "rotation/a", version: 0, content: Data("{}".utf8))]
    let words = try CommitCommand(work, now: .now)
    for _ in 0..<2 {
      let answer = try await store.run(.commit, under: work.lease, isRepeatable: true) { words.add(to: &$0) }
      #expect(answer.first?.text == "committed")
    }
    #expect(try await store.lead(work.leads[0].id)?.version == 1)
    #expect(try await store.history(of: work.leads[0].id).count == 1)
    #expect(try await store.document("rotation/a")?.version == 1)
  }

  @Test func `scripts that Redis has forgotten are sent anew`() async throws {
    let store = try await servers.make()
    let redis = RedisConnection(.init(address: store.address, name: "test"))
    _ = try await redis.send(RedisCommand("SCRIPT", "FLUSH", isRepeatable: true))
    #expect(try await store.append(.sample(key: "form/1"), now: .now) == .appended)
  }

  @Test func `one instance hears what another appends and gives back`() async throws {
    let store = try await servers.make()
    let other = try await servers.another(store)
    var heard = store.arrivals().makeAsyncIterator()
    #expect(await heard.next() == .unknown)
    let delivery = Delivery.sample(key: "form/1")
    _ = try await other.append(delivery, now: .now)
    #expect(await heard.next() == .message(delivery.message.leadID.partition))
    try await other.release([other.lease()], instance: "worker")
    #expect(await heard.next() == .freedLeases)
  }

  @Test func `who was not heard for a while is told that anything may have happened`() async throws {
    let store = try await servers.make()
    let server = try servers.server(of: store)
    var heard = store.arrivals().makeAsyncIterator()
    #expect(await heard.next() == .unknown)
    try await server.kill()
    try await server.start()
    #expect(await heard.next() == .unknown)
    await store.close()
    #expect(await heard.next() == nil)
  }

  @Test func `two instances reserve from one bucket`() async throws {
    let store = try await servers.make()
    let other = try await servers.another(store)
    let now = Date(timeIntervalSinceReferenceDate: 810_000_000)
    let waits = try await withThrowingTaskGroup(of: Duration.self) { group in
      for number in 0..<100 {
        let instance = number.isMultiple(of: 2) ? store : other
        group.addTask { try await instance.reserve("hubspot", count: 10, per: .seconds(10), now: now) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let seconds = waits.map { ($0 / .seconds(1)).rounded() }.sorted()
    #expect(seconds == Array(repeating: 0, count: 10) + (1...90).map(Double.init))
  }

  @Test func `an instance that says nothing for its time is counted no longer`() async throws {
    let store = try await servers.make()
    #expect(try await store.attend(instance: "one", for: .seconds(600)) == 1)
    #expect(try await store.attend(instance: "two", for: .milliseconds(30)) == 2)
    #expect(try await store.attend(instance: "three", for: .seconds(600)) >= 2)
    try await eventually("two left") { try await store.attend(instance: "one", for: .seconds(600)) == 2 }
    #expect(try await store.attend(instance: "three", for: .zero) == 1)
  }

  @Test func `members of a lead that this release does not know stay when it is stored again`() async throws {
    let store = try await servers.make()
    let redis = RedisConnection(.init(address: store.address, name: "test"))
    var lead = Lead.sample()
    #expect(try await store.commit(LeadCommit(lease: store.lease(), leads: [lead])) == .committed)
    let key = "baton:{\(lead.id.partition)}:lead:\(lead.id)"
    let document = try #require(try await redis.send(RedisCommand("HGET", key, "document", isRepeatable: true)).text)
    let newer = document.dropLast() + #","novelty":{"a.b":[1,null,"ü"]}}"#
    let members = (Lead.storedMembers + ["novelty"]).sorted().joined(separator: " ")
    _ = try await redis.send(
      RedisCommand("HSET", key, "document", String(newer), "members", members, isRepeatable: true))
    for round in 1...2 {
      lead = try #require(try await store.lead(lead.id))
      lead.warnings = ["round \(round)"]
      #expect(try await store.commit(LeadCommit(lease: store.lease(), leads: [lead])) == .committed)
      let stored = try #require(try await redis.send(RedisCommand("HGET", key, "document", isRepeatable: true)).data)
      let found = try StoredJSON.value([String: JSONValue].self, from: stored)
      #expect(found["novelty"] == .object(["a.b": .array([.int(1), .null, .string("ü")])]))
      #expect(try await store.lead(lead.id)?.warnings == ["round \(round)"])
    }
  }

  @Test func `an instance's copy of the memories follows what others write and forget`() async throws {
    let store = try await servers.make()
    let other = try await servers.another(store)
    let (mine, theirs) = (Lead.sample().id, Lead.sample("bob@b.example").id)
    for number in 0..<450 { try await store.remember(.sample(number, of: mine)) }
    #expect(try await other.accounts() == 450)
    try await store.remember(.sample(450, of: theirs))
    #expect(try await other.accounts() == 451)
    #expect(try await store.forgetMemories(of: mine) == 450)
    #expect(try await other.accounts() == 1)
    #expect(try await store.accounts() == 1)
  }

  @Test func `memory keeps the newest accounts`() async throws {
    let store = try await servers.make()
    let lead = Lead.sample().id
    for number in 0..<20 { try await store.remember(.sample(number, of: lead), keeping: 5) }
    let found = try await store.nearest(to: [1, 0], model: "m", limit: 100, excluding: nil)
    #expect(Set(found.map(\.memory.account)) == Set((15..<20).map { "account \($0)" }))
  }
}

extension RedisStore {
  func lease() async throws -> Lease {
    try #require(
      try await acquire([Partition(of: "ada@acme.example")], instance: "worker", for: .seconds(600)).first)
  }

  fileprivate func accounts() async throws -> Int {
    try await nearest(to: [1, 0], model: "m", limit: 1_000, excluding: nil).count
  }
}

extension AccountMemory {
  fileprivate static func sample(_ number: Int, of lead: LeadID) -> AccountMemory {
    AccountMemory(
      id: "\(number)", account: "account \(number)", outcome: "won", reason: nil, at: .now, industry: nil, country: nil,
      employees: nil, leadID: lead, vector: [1, 0], model: "m")
  }
}
