import Foundation
import RevOps
import Synchronization

/// A store in memory with the few things that the desk asks of one; everything else is refused.
final class FakeStore: Inbox, Leads, PolicyArchive, Documents {
  struct State {
    var leads: [Lead] = []
    var deliveries: [Delivery] = []
    var policies: [Policy] = []
    var documents: [String: StoredDocument] = [:]
    var history: [HistoryEntry] = []
    var isDown = false
  }

  private let state: Mutex<State>

  init(_ leads: [Lead] = [], isDown: Bool = false) { state = Mutex(State(leads: leads, isDown: isDown)) }

  var deliveries: [Delivery] { state.withLock { $0.deliveries } }

  var intakes: [Intake] {
    deliveries.compactMap { if case .submission(let intake) = $0.message.body { intake } else { nil } }
  }

  var commands: [DeskCommand] {
    deliveries.compactMap { if case .command(let command) = $0.message.body { command } else { nil } }
  }

  private func read<Value>(_ body: (inout State) -> Value) throws(StorageError) -> Value {
    let value = state.withLock { $0.isDown ? nil : body(&$0) }
    guard let value else { throw StorageError(.unavailable, "down") }
    return value
  }

  func append(_ delivery: Delivery, now: Date) async throws(StorageError) -> AppendResult {
    try read { state in
      if let known = state.deliveries.first(where: { $0.key == delivery.key }) {
        return .duplicate(known.message.leadID)
      }
      state.deliveries.append(delivery)
      return .appended
    }
  }

  func lead(_ id: LeadID) async throws(StorageError) -> Lead? { try read { $0.leads.first { $0.id == id } } }

  func leads(_ query: LeadQuery) async throws(StorageError) -> LeadPage {
    try read { state in
      let found = state.leads.filter { lead in
        (query.state == nil || lead.state == query.state) && (query.owner == nil || lead.desk.owner == query.owner)
          && (query.identity == nil || lead.identity == query.identity)
          && (query.domain == nil || lead.facts?.normalized.domain == query.domain)
      }
      return LeadPage(leads: found, nextCursor: nil)
    }
  }

  func leads(matching folded: String, limit: Int) async throws(StorageError) -> [Lead] {
    try read { state in
      state.leads.filter { TextFolding.fold($0.facts?.normalized.company ?? "").hasPrefix(folded) }
    }
  }

  func loads(of owners: [String]) async throws(StorageError) -> [String: Int] {
    try read { _ in owners.contains("anna@northwind.example") ? ["anna@northwind.example": 3] : [:] }
  }

  func document(_ key: String) async throws(StorageError) -> StoredDocument? { try read { $0.documents[key] } }

  func put(_ changes: [DocumentChange]) async throws(StorageError) -> Bool {
    try read { state in
      guard changes.allSatisfy({ (state.documents[$0.key]?.version ?? 0) == $0.version }) else { return false }
      for change in changes {
        state.documents[change.key] = StoredDocument(
          key: change.key, version: change.version + 1, content: change.content)
      }
      return true
    }
  }

  func history(of id: LeadID) async throws(StorageError) -> [HistoryEntry] { try read { $0.history } }
  func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
  func policy(version: String) async throws(StorageError) -> Policy? {
    try read { $0.policies.first { $0.version == version } }
  }

  // MARK: Not for the desk

  private func never() -> StorageError { StorageError(.unreadable, "the desk has no business here") }
  func keep(policy: Policy) async throws(StorageError) { throw never() }
  func commit(_ commit: LeadCommit) async throws(StorageError) -> CommitResult { throw never() }
  func lastAssignments(of owners: [String]) async throws(StorageError) -> [String: Date] { throw never() }
  func unfinishedLeads(in partition: Partition) async throws(StorageError) -> [LeadID] { throw never() }
  func counts() async throws(StorageError) -> [LeadState: Int] { throw never() }
  func pendingMessages(in partition: Partition, limit: Int) async throws(StorageError) -> [PendingMessage] {
    throw never()
  }
  func begin(message id: String, alone: Bool, lease: Lease) async throws(StorageError) { throw never() }
  func rest(message id: String, lease: Lease) async throws(StorageError) { throw never() }
  func expireDeliveries(now: Date, limit: Int) async throws(StorageError) -> Int { throw never() }
}
