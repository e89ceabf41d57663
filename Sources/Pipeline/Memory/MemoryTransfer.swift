import Foundation
import Logging
import RevOps

/// Tells an index of past accounts what the store has remembered without it: from before it was configured, by another
/// model, or while it did not fit.
///
/// Each memory is told as an effect of its lead, so that it keeps to the lead's order, to the limits and to the lease, and
/// comes again when the index is away. How far each partition has come is kept in the store; telling something twice is
/// harmless.
struct MemoryTransfer: Sendable {
  /// How far a partition has come.
  struct Mark: Codable, Equatable {
    /// The index, and the model that it is told by.
    var index: String
    var after: LeadID?
    /// Of when everything had been told that was to be told at `begun`.
    var isDone = false
    var begun: Date
  }

  static let page = 50
  /// Between two pages: live leads come first.
  static let pause: TimeInterval = 5
  /// While there is nothing to tell, or nobody to tell it to.
  static let rest: TimeInterval = 120
  /// Who has just started has leads to look after.
  static let firstRest: TimeInterval = 20
  /// How often the clock is looked at.
  private static let beat: Duration = .milliseconds(500)

  let runner: LeadRunner
  let leases: LeaseBook
  let stop: StopSignal

  private var dependencies: PipelineDependencies { runner.dependencies }
  private var memory: PastAccounts { dependencies.memory }

  func run() async {
    guard dependencies.mode == .live, memory.hasIndex else { return }
    var next = dependencies.now().addingTimeInterval(Self.firstRest)
    while !isOver {
      if dependencies.now() >= next { next = dependencies.now().addingTimeInterval(await step()) }
      // The clock may be moved by hand, so it is looked at; cancelled, the condition ends the loop.
      try? await Task.sleep(for: Self.beat)
    }
  }

  private var isOver: Bool { Task.isCancelled || stop.isGiven }

  /// Tells one page. Gives the seconds until the next.
  private func step() async -> TimeInterval {
    // Nothing is held yet right after the start.
    guard !leases.all.isEmpty else { return 0 }
    guard let index = await memory.target() else { return Self.rest }
    do {
      for lease in leases.all.sorted(by: { $0.partition < $1.partition }) {
        if try await tell(lease, to: index) { return Self.pause }
      }
    } catch {
      dependencies.logger.notice(
        "past accounts could not be told to the index", metadata: ["error": "\(error)"])
    }
    return Self.rest
  }

  /// False: the index knows what the partition has, or will know it.
  private func tell(_ lease: Lease, to index: String) async throws -> Bool {
    let partition = lease.partition
    let (stored, version) = try await dependencies.storage.versioned(Mark.self, Self.key(partition))
    let untold = try await memory.lastUntold(in: partition)
    var mark = stored ?? Mark(index: index, begun: dependencies.now())
    let isOutdated = mark.isDone && untold.map { $0 >= mark.begun } ?? false
    if mark.index != index || isOutdated { mark = Mark(index: index, begun: dependencies.now()) }
    guard !mark.isDone else { return false }
    // While the index is away no more is put in line.
    if let last = mark.after, try await isWaiting(last) { return true }
    let memories = try await memory.kept(in: partition, after: mark.after, limit: Self.page)
    for memory in memories { try await tell(memory, mark) }
    mark.after = memories.last?.leadID ?? mark.after
    mark.isDone = memories.count < Self.page
    var commit = LeadCommit(lease: lease)
    commit.documents = [try .encoding(mark, key: Self.key(partition), version: version)]
    // Refused: another instance has taken the partition, and goes on.
    _ = try await dependencies.storage.commit(commit)
    return !memories.isEmpty
  }

  private func isWaiting(_ lead: LeadID) async throws -> Bool {
    try await dependencies.storage.pendingEffects(of: lead).contains { $0.effect.target == EffectWriter.memoryTarget }
  }

  private func tell(_ memory: AccountMemory, _ mark: Mark) async throws {
    do {
      try await runner.committer.update(memory.leadID) { lead in
        guard isCurrent(memory, lead) else { return nil }
        var transition = Transition(lead)
        // As of when it was said: what has been said since is newer.
        let writer = runner.writer(for: lead, policy: dependencies.policy(), now: memory.at)
        transition.effects = [writer.tell(memory, to: "\(mark.index)/\(Int(mark.begun.timeIntervalSince1970))")]
        return Committer.Change(transition)
      }
      runner.effectsChanged(memory.leadID)
    } catch Committer.Failure.noSuchLead {
      // It was forgotten, and with it what it taught.
      return
    }
  }

  /// False: the lead has gone on since, and has told so itself.
  private func isCurrent(_ memory: AccountMemory, _ lead: Lead) -> Bool {
    guard AccountOutcome(lead)?.rawValue == memory.outcome else { return false }
    return lead.state != .closed || lead.desk.outcome?.reason == memory.reason
  }

  static func key(_ partition: Partition) -> String { "memory/told/\(partition)" }
}
