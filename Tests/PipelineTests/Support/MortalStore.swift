import Foundation
import RevOps
import Synchronization

/// The store as a process sees it that is killed before one of its writes: neither that write nor any later one is made,
/// and the process reaches no service any more.
final class MortalStore: Storage {
  private let store: any Storage
  private let life: Life
  private let lastWrite: Int
  private let writes = Mutex(0)

  /// - Parameter dyingBefore: the number of the first write that is not made, from 1.
  init(_ store: any Storage, life: Life, dyingBefore lastWrite: Int) {
    self.store = store
    self.life = life
    self.lastWrite = lastWrite
  }

  private func write() throws(StorageError) {
    let count = writes.withLock {
      $0 += 1
      return $0
    }
    if count >= lastWrite { life.end() }
    try live()
  }

  private func live() throws(StorageError) {
    if life.hasEnded { throw StorageError(.unavailable, "the process is dead") }
  }

  // MARK: Inbox

  func append(_ delivery: Delivery, now: Date) async throws(StorageError) -> AppendResult {
    try live()
    return try await store.append(delivery, now: now)
  }
  func pendingMessages(in partition: Partition, limit: Int) async throws(StorageError) -> [PendingMessage] {
    try live()
    return try await store.pendingMessages(in: partition, limit: limit)
  }
  func begin(message id: String, alone: Bool, lease: Lease) async throws(StorageError) {
    try write()
    try await store.begin(message: id, alone: alone, lease: lease)
  }
  func rest(message id: String, lease: Lease) async throws(StorageError) {
    try write()
    try await store.rest(message: id, lease: lease)
  }
  func expireDeliveries(now: Date, limit: Int) async throws(StorageError) -> Int {
    try live()
    return try await store.expireDeliveries(now: now, limit: limit)
  }

  // MARK: Leads

  func lead(_ id: LeadID) async throws(StorageError) -> Lead? {
    try live()
    return try await store.lead(id)
  }
  func commit(_ commit: LeadCommit) async throws(StorageError) -> CommitResult {
    try write()
    return try await store.commit(commit)
  }
  func history(of id: LeadID) async throws(StorageError) -> [HistoryEntry] { try await store.history(of: id) }
  func leads(_ query: LeadQuery) async throws(StorageError) -> LeadPage { try await store.leads(query) }
  func leads(matching folded: String, limit: Int) async throws(StorageError) -> [Lead] {
    try await store.leads(matching: folded, limit: limit)
  }
  func loads(of owners: [String]) async throws(StorageError) -> [String: Int] { try await store.loads(of: owners) }
  func lastAssignments(of owners: [String]) async throws(StorageError) -> [String: Date] {
    try await store.lastAssignments(of: owners)
  }
  func unfinishedLeads(in partition: Partition) async throws(StorageError) -> [LeadID] {
    try await store.unfinishedLeads(in: partition)
  }
  func counts() async throws(StorageError) -> [LeadState: Int] { try await store.counts() }
  func put(_ changes: [DocumentChange]) async throws(StorageError) -> Bool {
    try write()
    return try await store.put(changes)
  }
  func document(_ key: String) async throws(StorageError) -> StoredDocument? {
    try live()
    return try await store.document(key)
  }

  // MARK: Outbox

  func pendingEffects(of lead: LeadID) async throws(StorageError) -> [PendingEffect] {
    try live()
    return try await store.pendingEffects(of: lead)
  }
  func leadsWithDueEffects(in partition: Partition, now: Date, limit: Int) async throws(StorageError) -> [LeadID] {
    try live()
    return try await store.leadsWithDueEffects(in: partition, now: now, limit: limit)
  }
  func nextEffectDue(in partition: Partition, after now: Date) async throws(StorageError) -> Date? {
    try await store.nextEffectDue(in: partition, after: now)
  }
  func begin(effect key: String, lead: LeadID, alone: Bool, lease: Lease) async throws(StorageError) {
    try write()
    try await store.begin(effect: key, lead: lead, alone: alone, lease: lease)
  }
  func putOff(
    effect key: String, lead: LeadID, until notBefore: Date, outcomeUnknown: Bool, error: String, lease: Lease
  ) async throws(StorageError) {
    try write()
    try await store.putOff(
      effect: key, lead: lead, until: notBefore, outcomeUnknown: outcomeUnknown, error: error, lease: lease)
  }
  func revive(lead: LeadID, now: Date, lease: Lease) async throws(StorageError) -> Int {
    try write()
    return try await store.revive(lead: lead, now: now, lease: lease)
  }
  func deadLetters(
    cursor: String?, limit: Int
  ) async throws(StorageError) -> (letters: [DeadLetter], next: String?) {
    try await store.deadLetters(cursor: cursor, limit: limit)
  }
  func backlog() async throws(StorageError) -> (count: Int, oldest: Date?) { try await store.backlog() }

  // MARK: Timers, leases

  func dueTimers(in partition: Partition, now: Date, limit: Int) async throws(StorageError) -> [LeadTimer] {
    try live()
    return try await store.dueTimers(in: partition, now: now, limit: limit)
  }
  func timers(of lead: LeadID) async throws(StorageError) -> [LeadTimer] { try await store.timers(of: lead) }
  func nextTimer(in partition: Partition, after now: Date) async throws(StorageError) -> Date? {
    try await store.nextTimer(in: partition, after: now)
  }
  func acquire(
    _ partitions: [Partition], atMost limit: Int, instance: String, for duration: Duration
  ) async throws(StorageError) -> [Lease] {
    try live()
    return try await store.acquire(partitions, atMost: limit, instance: instance, for: duration)
  }
  func renew(_ leases: [Lease], instance: String, for duration: Duration) async throws(StorageError) -> [Lease] {
    try live()
    return try await store.renew(leases, instance: instance, for: duration)
  }
  func release(_ leases: [Lease], instance: String) async throws(StorageError) {
    try live()
    try await store.release(leases, instance: instance)
  }

  // MARK: The rest

  func remember(_ memory: AccountMemory) async throws(StorageError) { try await store.remember(memory) }
  func nearest(
    to vector: [Float], model: String, limit: Int, excluding account: String?
  ) async throws(StorageError) -> [(memory: AccountMemory, similarity: Double)] {
    try await store.nearest(to: vector, model: model, limit: limit, excluding: account)
  }
  func memories(
    of model: String, in partition: Partition, after lead: LeadID?, limit: Int
  ) async throws(StorageError) -> [AccountMemory] {
    try await store.memories(of: model, in: partition, after: lead, limit: limit)
  }
  func forgetMemories(of lead: LeadID) async throws(StorageError) -> Int { try await store.forgetMemories(of: lead) }
  func reserve(
    _ bucket: String, count: Int, per: Duration, now: Date
  ) async throws(StorageError) -> Duration {
    try await store.reserve(bucket, count: count, per: per, now: now)
  }
  func countToday(_ counter: String, limit: Int, now: Date) async throws(StorageError) -> Bool {
    try write()
    return try await store.countToday(counter, limit: limit, now: now)
  }
  func cached(_ key: String) async throws(StorageError) -> (content: Data, at: Date)? { try await store.cached(key) }
  func cache(_ key: String, content: Data, at: Date) async throws(StorageError) {
    try write()
    try await store.cache(key, content: content, at: at)
  }
  func expireCached(upTo time: Date, limit: Int) async throws(StorageError) -> Int {
    try live()
    return try await store.expireCached(upTo: time, limit: limit)
  }
  func forgetCached(prefix: String) async throws(StorageError) -> Int { try await store.forgetCached(prefix: prefix) }
  func keep(policy: Policy) async throws(StorageError) {
    try write()
    try await store.keep(policy: policy)
  }
  func policy(version: String) async throws(StorageError) -> Policy? { try await store.policy(version: version) }
  func check() async throws(StorageError) { try await store.check() }
}
