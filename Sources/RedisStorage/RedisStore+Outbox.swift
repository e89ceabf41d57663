import Foundation
import Hiredis
import RevOps
import StoredForms

extension RedisStore {
  /// Fails with `.unreadable` when one of them is of a kind that this release does not know: the order of the others
  /// may depend on it.
  public func pendingEffects(of lead: LeadID) async throws(StorageError) -> [PendingEffect] {
    let rows = try await run(.pendingEffects, isRepeatable: true) { command in
      command.add(lead.partition.description)
      command.add(lead)
    }.list().rows(of: 2)
    let pending = try StorageError.coding {
      try rows.map { try PendingEffect(state: $0[$0.startIndex].word(), document: $0[$0.startIndex + 1].content()) }
    }
    return pending.sorted { ($0.effect.sequence, $0.effect.key) < ($1.effect.sequence, $1.effect.key) }
  }

  public func leadsWithDueEffects(
    in partition: Partition, now: Date, limit: Int
  ) async throws(StorageError) -> [LeadID] {
    try await leadIDs(
      run(.dueEffects, isRepeatable: true) { command in
        command.add(partition.description)
        command.add(now)
        command.add(limit)
      })
  }

  public func nextEffectDue(in partition: Partition, after now: Date) async throws(StorageError) -> Date? {
    try await earliest(in: "baton:{\(partition)}:effects:due", after: now)
  }

  public func begin(effect key: String, lead: LeadID, alone: Bool, lease: Lease) async throws(StorageError) {
    _ = try await runHolding(.beginEffect, lease, isRepeatable: false) { command in
      command.add(key)
      command.add(lead)
      command.add(alone)
    }
  }

  public func putOff(
    effect key: String, lead: LeadID, until notBefore: Date, outcomeUnknown: Bool, error: String, lease: Lease
  ) async throws(StorageError) {
    _ = try await runHolding(.putOffEffect, lease, isRepeatable: true) { command in
      command.add(key)
      command.add(lead)
      command.add(notBefore)
      command.add(outcomeUnknown)
      command.add("=" + error)
    }
  }

  public func revive(lead: LeadID, now: Date, lease: Lease) async throws(StorageError) -> Int {
    let answer = try await runHolding(.reviveEffects, lease, isRepeatable: true) { command in
      command.add(lead)
      command.add(now)
    }
    return try answer.last?.number() ?? 0
  }

  public func deadLetters(
    cursor: String?, limit: Int
  ) async throws(StorageError) -> (letters: [DeadLetter], next: String?) {
    let after = try cursor.map { text throws(StorageError) in try Self.cursor(text) }
    let rows = try await run(.deadLetters, isRepeatable: true) { command in
      command.add(after)
      command.add(limit + 1)
    }.list().rows(of: 3).map(Array.init)
    var page: (letters: [DeadLetter], next: String?) = ([], nil)
    for row in rows.prefix(limit) { page.letters.append(try DeadLetter(stored: row)) }
    if rows.count > limit, limit > 0 {
      page.next = PageCursor(time: try rows[limit - 1][0].real(), key: try rows[limit - 1][1].word()).text
    }
    return page
  }

  public func backlog() async throws(StorageError) -> (count: Int, oldest: Date?) {
    let count = try await send(RedisCommand("ZCARD", "baton:effects:waiting", isRepeatable: true)).number()
    return (count, try await earliest(in: "baton:effects:waiting", after: .distantPast))
  }

  /// The lowest score above that one of a sorted set.
  func earliest(in key: String, after now: Date) async throws(StorageError) -> Date? {
    let command = RedisCommand(
      "ZRANGEBYSCORE", key, "(\(now.stored)", "+inf", "WITHSCORES", "LIMIT", "0", "1", isRepeatable: true)
    return try await send(command).list().last?.date()
  }
}

extension PendingEffect {
  /// - Parameter state: as `common.lua` writes it.
  fileprivate init(state: String, document: Data) throws {
    let words = state.split(separator: " ", maxSplits: 8, omittingEmptySubsequences: false)
    guard words.count >= 8, let attempts = Int(words[2]), let deaths = Int(words[5]), let due = Double(words[6]) else {
      throw StorageError.strange
    }
    let wasRunning = words[3] == "1"
    self.init(
      effect: try StoredJSON.value(Effect.self, from: document), attempts: attempts, notBefore: Date(stored: due),
      wasRunning: wasRunning, outcomeUnknown: wasRunning || words[4] == "1", deathsAlone: deaths,
      lastError: words.count > 8 ? String(words[8].dropFirst()) : nil)
  }
}

extension DeadLetter {
  /// - Parameter row: time, place and reason; the place is the lead's id, then `/` and the effect's key if it is one.
  fileprivate init(stored row: [RedisValue]) throws(StorageError) {
    let place = try row[1].word()
    let key = place.dropFirst(30)
    self.init(
      leadID: try LeadID(stored: String(place.prefix(30))), effectKey: key.isEmpty ? nil : String(key.dropFirst()),
      reason: try row[2].word(), at: try row[0].date())
  }
}
