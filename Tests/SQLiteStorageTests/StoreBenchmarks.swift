import Foundation
import RevOps
import SQLiteStorage
import Testing

/// Figures for people; they depend on the machine and are no test. `BATON_BENCH=1` runs them.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["BATON_BENCH"] == "1"))
struct StoreBenchmarks {
  let stores: TestStores

  init() throws { stores = try TestStores() }

  @Test(arguments: [1, 64, 256]) func appends(callers: Int) async throws {
    let store = try await stores.make()
    let lead = Lead.stored()
    let total = callers == 1 ? 2_000 : 20_000
    let elapsed = try await measure(callers: callers, each: total / callers) { caller, number in
      _ = try await store.append(lead.delivered(key: "\(caller)/\(number)"), now: .now)
    }
    report("appends, \(callers) callers", total, elapsed)
  }

  @Test(arguments: [1, 64, 256]) func commits(callers: Int) async throws {
    let store = try await stores.make()
    let lead = Lead.stored()
    let lease = try #require(try await store.acquire([lead.id.partition], instance: "one", for: .seconds(600)).first)
    let total = callers == 1 ? 2_000 : 10_000
    let elapsed = try await measure(callers: callers, each: total / callers) { _, _ in
      _ = try await store.commit(LeadCommit(lease: lease, leads: [Lead.stored()]))
    }
    report("commits of a lead, \(callers) callers", total, elapsed)
  }

  @Test func nearestOf20000() async throws {
    let store = try await stores.make()
    let vectors = (0..<20_000).map { _ in (0..<256).map { _ in Float.random(in: -0.1...0.1) } }
    let lead = Lead.stored().id
    _ = try await measure(callers: 50, each: 400) { caller, number in
      let index = caller * 400 + number
      try await store.remember(
        AccountMemory(
          id: "\(index)", account: "\(index)", outcome: "won", reason: nil, at: .now, industry: nil, country: nil,
          employees: nil, leadID: lead, vector: vectors[index], model: "m"))
    }
    for round in 1...5 {
      let start = ContinuousClock.now
      _ = try await store.nearest(to: vectors[7], model: "m", limit: 3, excluding: "9")
      print("nearest of 20,000 × 256, round \(round): \(ContinuousClock.now - start)")
    }
  }

  private func measure(
    callers: Int, each: Int, _ body: @escaping @Sendable (Int, Int) async throws -> Void
  ) async throws -> Duration {
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<callers {
        group.addTask { for number in 0..<each { try await body(caller, number) } }
      }
      try await group.waitForAll()
    }
    return ContinuousClock.now - start
  }

  private func report(_ what: String, _ count: Int, _ elapsed: Duration) {
    print("\(what): \(Int(Double(count) / (elapsed / .seconds(1)))) a second")
  }
}
