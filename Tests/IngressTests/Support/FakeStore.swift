import Foundation
import RevOps
import Synchronization
import Testing

/// An inbox in memory that keeps its promises on keys and hashes, and can be told to fail.
final class MemoryInbox: Inbox {
  struct State {
    var deliveries: [Delivery] = []
    var failure: StorageError?
  }

  private let state = Mutex(State())

  var deliveries: [Delivery] { state.withLock { $0.deliveries } }
  var intakes: [Intake] {
    deliveries.compactMap { if case .submission(let intake) = $0.message.body { intake } else { nil } }
  }

  func fail(with error: StorageError?) { state.withLock { $0.failure = error } }

  func append(_ delivery: Delivery, now: Date) async throws(StorageError) -> AppendResult {
    let result: Result<AppendResult, StorageError> = state.withLock { state in
      if let failure = state.failure { return .failure(failure) }
      guard let first = state.deliveries.first(where: { $0.key == delivery.key }) else {
        state.deliveries.append(delivery)
        return .success(.appended)
      }
      let id = first.message.leadID
      return .success(first.bodyHash == delivery.bodyHash ? .duplicate(id) : .conflict(id))
    }
    return try result.get()
  }

  func pendingMessages(in partition: Partition, limit: Int) async throws(StorageError) -> [PendingMessage] {
    deliveries.map(\.message).filter { $0.leadID.partition == partition }
      .map { PendingMessage(message: $0, wasRunning: false, deathsAlone: 0) }
  }

  func begin(message id: String, alone: Bool, lease: Lease) async throws(StorageError) { untouchable() }
  func rest(message id: String, lease: Lease) async throws(StorageError) { untouchable() }
  func expireDeliveries(now: Date, limit: Int) async throws(StorageError) -> Int { 0 }
}

/// Leads that are there; every change fails the test.
struct FixedLeads: Leads {
  var stored: [Lead] = []
  var entries: [HistoryEntry] = []
  var badCursor = false

  func lead(_ id: LeadID) async throws(StorageError) -> Lead? { stored.first { $0.id == id } }
  func history(of id: LeadID) async throws(StorageError) -> [HistoryEntry] { entries }

  func leads(_ query: LeadQuery) async throws(StorageError) -> LeadPage {
    if badCursor && query.cursor != nil { throw StorageError(.unreadable, "no cursor") }
    let found = stored.filter {
      (query.state == nil || query.state == $0.state) && (query.owner == nil || query.owner == $0.desk.owner)
        && (query.identity == nil || query.identity == $0.identity)
    }
    return LeadPage(leads: Array(found.prefix(query.limit)), nextCursor: found.count > query.limit ? "next" : nil)
  }

  func commit(_ commit: LeadCommit) async throws(StorageError) -> CommitResult {
    untouchable()
    return .staleLease
  }

  func leads(matching folded: String, limit: Int) async throws(StorageError) -> [Lead] { [] }
  func loads(of owners: [String]) async throws(StorageError) -> [String: Int] { [:] }
  func lastAssignments(of owners: [String]) async throws(StorageError) -> [String: Date] { [:] }
  func unfinishedLeads(in partition: Partition) async throws(StorageError) -> [LeadID] { [] }
  func counts() async throws(StorageError) -> [LeadState: Int] { [:] }
  func document(_ key: String) async throws(StorageError) -> StoredDocument? { nil }
}

/// An outbox with dead letters only.
struct FixedOutbox: Outbox {
  var letters: [DeadLetter] = []

  func deadLetters(
    cursor: String?, limit: Int
  ) async throws(StorageError) -> (letters: [DeadLetter], next: String?) { (letters, nil) }

  func pendingEffects(of lead: LeadID) async throws(StorageError) -> [PendingEffect] { [] }
  func leadsWithDueEffects(in partition: Partition, now: Date, limit: Int) async throws(StorageError) -> [LeadID] { [] }
  func nextEffectDue(in partition: Partition, after now: Date) async throws(StorageError) -> Date? { nil }
  func begin(effect key: String, lead: LeadID, alone: Bool, lease: Lease) async throws(StorageError) { untouchable() }
  func putOff(
    effect key: String, lead: LeadID, until notBefore: Date, outcomeUnknown: Bool, error: String, lease: Lease
  ) async throws(StorageError) { untouchable() }
  func revive(lead: LeadID, now: Date, lease: Lease) async throws(StorageError) -> Int {
    untouchable()
    return 0
  }
  func backlog() async throws(StorageError) -> (count: Int, oldest: Date?) { (0, nil) }
}

func untouchable() { Issue.record("the routes must not do this to the store") }
