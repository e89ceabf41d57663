import Foundation
import RevOps

/// A lead's promise comes due: its owner is reminded, or, once it is too late, the next one gets it or the manager is
/// told. What is overdue since long before, because Baton did not run, happens once, and what it overtook not at all.
struct ClockWork {
  let work: TimerWork

  private var runner: LeadRunner { work.runner }

  func run() async throws {
    guard try await mayReassign() else { return try await fire(owners: nil) }
    // Asked before the turns are locked, so that a slow CRM holds up nobody else's turn.
    let owners = await runner.dependencies.activeOwners()
    try await runner.teams.withLock("turns") { try await fire(owners: owners) }
  }

  private func mayReassign() async throws -> Bool {
    guard work.timer.kind == .accept, let lead = try await runner.committer.lead(work.timer.leadID) else {
      return false
    }
    let now = runner.dependencies.now()
    return SLAState(of: lead, policy: runner.dependencies.policy(), now: now)?.escalateAt.map { $0 <= now } ?? false
  }

  private func fire(owners: Set<String>?) async throws {
    try await work.change { transition, policy, now async throws(StorageError) in
      guard let state = SLAState(of: transition.lead, policy: policy, now: now), let next = state.nextAt, next <= now
      else { return true }
      transition.lead.desk.clock = state.clock
      if let escalateAt = state.escalateAt, escalateAt <= now {
        let escalation = Escalation(runner: runner, state: state, policy: policy, owners: owners, now: now)
        try await escalation.apply(to: &transition)
      } else {
        transition.lead.desk.clock?.remindedAt = now
        let writer = runner.writer(for: transition.lead, policy: policy, now: now)
        transition.effects = writer.reminder(reminder(state, of: transition.lead, now: now), state.clock)
        transition.history = [
          HistoryEntry(at: now, actor: "system", action: "reminded", to: state.clock.owner, reason: state.kind.rawValue)
        ]
      }
      return true
    }
  }

  private func reminder(_ state: SLAState, of lead: Lead, now: Date) -> String {
    switch state.kind {
    case .accept where state.clock.owner == nil: "Nobody has claimed this lead yet."
    case .accept: "This lead still waits for you to claim it."
    case .firstTouch:
      "You claimed this lead \(Ago.words(since: lead.desk.claimedAt ?? now, now: now)): time for the first word to them."
    }
  }
}
