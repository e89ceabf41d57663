import Foundation
import Logging
import RevOps

/// Changes a lead in the store: reads it, lets `change` decide on what is there, commits, and decides again when
/// somebody else was faster.
struct Committer: Sendable {
  let storage: any Storage
  let leases: LeaseBook
  let mode: PipelineDependencies.Mode
  private let due: DueTimes
  private let policy: @Sendable () -> Policy
  private let now: @Sendable () -> Date
  private let changed: @Sendable (Lead) -> Void
  private let cache = LeadCache()
  /// Those that nobody had room for.
  let waiting = WaitingLeads()

  init(_ dependencies: PipelineDependencies, leases: LeaseBook, due: DueTimes) {
    storage = dependencies.storage
    mode = dependencies.mode
    policy = dependencies.policy
    now = dependencies.now
    changed = dependencies.changed
    self.leases = leases
    self.due = due
  }

  enum Failure: Error {
    case storage(StorageError)
    /// The partition belongs to another instance now.
    case leaseLost
    /// The lead does not exist.
    case noSuchLead
  }

  /// The lease that the running piece of work was begun under. If the partition was lost and taken again meanwhile,
  /// another instance may have done the same work: what was begun before has no right to write.
  private func lease(of partition: Partition) -> Lease? {
    if let begun = WorkPermit.current?.lease, begun.partition == partition { begun } else { leases[partition] }
  }

  /// The permit of work that begins now under the lease.
  func permit(_ lease: Lease) -> WorkPermit { WorkPermit(lease: lease, book: leases) }

  /// Nil from `change`: nothing to do. Gives the lead as it stands afterwards.
  @discardableResult
  func update(
    _ id: LeadID, _ change: (Lead) async throws(StorageError) -> Change?
  ) async throws(Failure) -> Lead {
    while true {
      let found: Lead?
      do { found = try await self.lead(id) } catch { throw .storage(error) }
      guard let lead = found else { throw .noSuchLead }
      let wanted: Change?
      do { wanted = try await change(lead) } catch { throw .storage(error) }
      guard let wanted else { return lead }
      if let stored = try await commit(wanted) { return stored }
    }
  }

  /// A transition with the messages and effects that its commit finishes.
  struct Change: Sendable {
    var transition: Transition
    var finishedMessages: [String] = []
    var finishedEffects: [EffectCompletion] = []
    /// Other leads that change in the same commit.
    var others: [Lead] = []
    var otherHistory: [(lead: LeadID, entry: HistoryEntry)] = []

    init(_ transition: Transition) { self.transition = transition }
  }

  /// Nil: a lead or document was changed by somebody else meanwhile.
  func commit(_ change: Change) async throws(Failure) -> Lead? {
    var transition = change.transition
    let partition = transition.lead.id.partition
    let alarms = Alarms(policy: policy(), now: now()).settle(&transition.lead)
    guard let lease = lease(of: partition) else { throw .leaseLost }
    var commit = LeadCommit(lease: lease, leads: [transition.lead] + change.others)
    commit.finishedMessages = change.finishedMessages
    commit.effects = transition.effects
    commit.finishedEffects = change.finishedEffects + suppressed(transition.effects)
    commit.timers = transition.timers + alarms.set
    commit.cancelledTimers = transition.cancelledTimers + alarms.cancelled
    commit.history = transition.history.map { (transition.lead.id, $0) } + change.otherHistory
    commit.documents = transition.documents
    let stored = try await perform(commit, lead: transition.lead)
    if let stored {
      for timer in alarms.set { due.note(timer.due, in: partition) }
      waiting.note(stored)
    }
    return stored
  }

  private func perform(_ commit: LeadCommit, lead: Lead) async throws(Failure) -> Lead? {
    let result: CommitResult
    do { result = try await storage.commit(commit) } catch {
      cache.drop(lead.id)
      throw .storage(error)
    }
    for other in commit.leads where other.id != lead.id { cache.drop(other.id) }
    switch result {
    case .committed:
      var stored = lead
      stored.version += 1
      cache.keep(stored, under: commit.lease)
      for other in commit.leads where other.id != lead.id { changed(other) }
      changed(stored)
      return stored
    case .leadChanged, .documentChanged:
      cache.drop(lead.id)
      return nil
    case .staleLease:
      leases.drop(commit.lease)
      throw .leaseLost
    }
  }

  /// In shadow mode everything is decided and recorded, and nothing is sent, ever.
  private func suppressed(_ effects: [Effect]) -> [EffectCompletion] {
    guard mode == .shadow else { return [] }
    return effects.map { EffectCompletion(key: $0.key, result: .suppressed, reason: "shadow mode") }
  }

  /// The lead as it stands, as far as this process knows.
  func lead(_ id: LeadID) async throws(StorageError) -> Lead? {
    guard let lease = leases[id.partition] else { return try await storage.lead(id) }
    if let lead = cache.lead(id, under: lease) { return lead }
    guard let lead = try await storage.lead(id) else { return nil }
    cache.keep(lead, under: lease)
    return lead
  }
}
