import Foundation
import Hiredis
import RevOps
import StoredForms
import Synchronization

extension RedisStore {
  public func reserve(
    _ bucket: String, count: Int, per period: Duration, now: Date
  ) async throws(StorageError) -> Duration {
    guard count > 0 else { return .zero }
    let wait = try await run(.reserve, isRepeatable: true) { command in
      command.add(bucket)
      command.add(count)
      command.add("\(period / .seconds(1))")
      command.add(now)
    }.real()
    // Half a microsecond is what sums of doubles may be off; it is no wait.
    return wait > 5e-7 ? .seconds(wait) : .zero
  }

  public func countToday(_ counter: String, limit: Int, now: Date) async throws(StorageError) -> Bool {
    let day = Int((now.timeIntervalSince1970 / 86_400).rounded(.down))
    return try await run(.countToday, isRepeatable: false) { command in
      command.add(counter)
      command.add(day)
      command.add(limit)
    }.number() == 1
  }

  public func cached(_ key: String) async throws(StorageError) -> (content: Data, at: Date)? {
    let found = try await fields(["content", "at"], of: "baton:lookup:" + key)
    guard found[0] != .null else { return nil }
    return (try found[0].content(), try found[1].date())
  }

  public func cache(_ key: String, content: Data, at: Date) async throws(StorageError) {
    _ = try await run(.cache, isRepeatable: true) { command in
      command.add(key)
      command.add(content)
      command.add(at)
    }
  }

  public func forgetCached(prefix: String) async throws(StorageError) -> Int {
    try await repeating(.forgetCached) { $0.add(prefix) }
  }

  public func expireCached(upTo time: Date, limit: Int) async throws(StorageError) -> Int {
    try await run(.expireCached, isRepeatable: true) { command in
      command.add(time)
      command.add(limit)
    }.number()
  }

  public func keep(policy: Policy) async throws(StorageError) {
    try refuseIfObserving()
    // Every lead asks for it twice: what is known to be there is not sent again over the same connection.
    let generation = connection.generation
    guard !keptPolicies.withLock({ $0.generation == generation && $0.versions.contains(policy.version) }) else {
      return
    }
    let document = try StorageError.coding { try StoredJSON.text(policy) }
    _ = try await send(RedisCommand("HSETNX", "baton:policies", policy.version, document, isRepeatable: true))
    keptPolicies.withLock { kept in
      if kept.generation != generation { kept = (generation, []) }
      kept.versions.insert(policy.version)
    }
  }

  public func policy(version: String) async throws(StorageError) -> Policy? {
    let document = try await send(RedisCommand("HGET", "baton:policies", version, isRepeatable: true))
    guard let data = document.data else { return nil }
    return try StorageError.coding { try StoredJSON.value(Policy.self, from: data) }
  }
}
