import Foundation
import Logging
import RevOps
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct SweepTests {
  @Test func `every ten minutes what is past its time is taken out, however much it is, and nothing else`()
    async throws
  {
    let office = try await Office()
    let count = 2 * Sweep.step + 7
    for number in 0..<count { try await office.deliver("old/\(number)", keepFor: .seconds(60)) }
    try await office.deliver("new", keepFor: .seconds(86_400))
    let kept = TimeInterval(PaidLookUps.oldestAnswer)
    for number in 0..<count { try await office.cache("old/\(number)", at: office.clock.now - kept) }
    try await office.cache("new", at: office.clock.now - kept + 2 * Sweep.interval)
    try await office.open { _ in
      office.clock.advance(by: Sweep.interval - 1)
      // A pipeline that swept too early would have by the time that the lead is through.
      try await office.settled(office.submit())
      #expect(try await office.store.cached("old/0") != nil)
      office.clock.advance(by: 1)
      try await eventually("the last is gone") { try await office.store.cached("old/\(count - 1)") == nil }
    }
    #expect(try await office.store.cached("new") != nil)
    let never = Date.distantFuture
    #expect(try await office.store.expireCached(upTo: never, limit: 9) == 1, "the new one")
    // Those of the lead itself are within their time.
    #expect(try await office.store.expireDeliveries(now: office.clock.now, limit: 9) == 0)
    #expect(try await office.store.expireDeliveries(now: never, limit: 9) == 2)
  }

  @Test func `it sweeps again and again, also after the store was away, and not once it is told to stop`()
    async throws
  {
    let office = try await Office()
    let inbox = UnsteadyInbox(office.store)
    let stop = StopSignal()
    let clock = office.clock
    let sweep = Sweep(
      inbox: inbox, cache: office.store, cacheFor: { 60 }, now: { clock.now },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, stop: stop)
    let run = Task { await sweep.run() }
    for round in 0..<3 {
      try await office.cache("round/\(round)", at: clock.now)
      inbox.isAway = round == 0
      clock.advance(by: Sweep.interval)
      try await eventually("round \(round) was tried") { inbox.swept == round + 1 }
      if round == 0 { continue }
      try await eventually("round \(round) is gone") { try await office.store.cached("round/\(round)") == nil }
      #expect(try await office.store.cached("round/0") == nil, "what was left over")
    }
    stop.give()
    clock.advance(by: Sweep.interval)
    await run.value
    #expect(inbox.swept == 3)
  }
}

extension Office {
  fileprivate func deliver(_ key: String, keepFor: Duration) async throws {
    var random = SystemRandomNumberGenerator()
    let command = DeskCommand(action: .claim, actor: .admin, at: clock.now, reply: nil)
    let lead = LeadID(identity: "nobody@elsewhere.example", now: clock.now, random: &random)
    let message = InboxMessage(command: command, on: lead, at: clock.now, random: &random)
    let delivery = Delivery(key: key, bodyHash: nil, keepFor: keepFor, message: message)
    #expect(try await store.append(delivery, now: clock.now) == .appended)
  }

  fileprivate func cache(_ key: String, at time: Date) async throws {
    try await store.cache(key, content: Data([1]), at: time)
  }
}

/// An inbox that may be away when it is swept.
private final class UnsteadyInbox: Inbox {
  private struct State {
    var isAway = false
    var swept = 0
  }

  private let inbox: any Inbox
  private let state = Mutex(State())

  init(_ inbox: any Inbox) { self.inbox = inbox }

  var isAway: Bool {
    get { state.withLock { $0.isAway } }
    set { state.withLock { $0.isAway = newValue } }
  }
  /// How often it was asked.
  var swept: Int { state.withLock { $0.swept } }

  func expireDeliveries(now: Date, limit: Int) async throws(StorageError) -> Int {
    let isAway = state.withLock { state in
      state.swept += 1
      return state.isAway
    }
    if isAway { throw StorageError(.unavailable, "away") }
    return try await inbox.expireDeliveries(now: now, limit: limit)
  }

  func append(_ delivery: Delivery, now: Date) async throws(StorageError) -> AppendResult {
    try await inbox.append(delivery, now: now)
  }
  func pendingMessages(in partition: Partition, limit: Int) async throws(StorageError) -> [PendingMessage] {
    try await inbox.pendingMessages(in: partition, limit: limit)
  }
  func begin(message id: String, alone: Bool, lease: Lease) async throws(StorageError) {
    try await inbox.begin(message: id, alone: alone, lease: lease)
  }
  func rest(message id: String, lease: Lease) async throws(StorageError) {
    try await inbox.rest(message: id, lease: lease)
  }
}
