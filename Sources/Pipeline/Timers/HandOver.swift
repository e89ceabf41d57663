import Foundation
import RevOps
import Synchronization

/// A lead that all were too busy for goes to the first with room.
struct HandOver {
  let work: TimerWork

  private var runner: LeadRunner { work.runner }

  func run() async throws {
    let owners = await runner.dependencies.activeOwners()
    var team: String?
    try await runner.teams.withLock("turns") {
      try await work.change { transition, policy, now async throws(StorageError) in
        team = nil
        guard transition.lead.state == .delivered, transition.lead.desk.owner == nil else { return true }
        guard let next = try await handed(transition, policy, owners, now) else { return true }
        transition = next
        team = next.lead.desk.team
        return true
      }
    }
    // There may be room for more than one.
    if let team { await runner.offerWaiting(of: team) }
  }

  /// Nil: still nobody has room.
  private func handed(
    _ transition: Transition, _ policy: Policy, _ owners: Set<String>?, _ now: Date
  ) async throws(StorageError) -> Transition? {
    var next = transition
    var dealing = Dealing(runner, policy: policy, owners: owners, now: now)
    guard let owner = try await dealing.assign(&next) else { return nil }
    next.lead.desk.decision += 1
    next.lead.desk.undo = nil
    next.documents += dealing.documents
    let writer = runner.writer(for: next.lead, policy: policy, now: now)
    let startsAt = next.lead.desk.startsAt
    next.effects = (next.lead.intake.bulk ? [] : writer.card()) + writer.crmRecord()
    next.effects += writer.line("Now with \(owner), who has room for it", mention: startsAt == nil ? owner : nil)
    if let startsAt {
      next.timers = [writer.timer(.shiftStart, due: startsAt)]
    } else {
      next.effects += writer.ownerNote(owner)
    }
    return next
  }
}

/// Leads of this instance that nobody had room for, as far as this process has seen them. What it has not seen comes by
/// its timer.
final class WaitingLeads: Sendable {
  private struct Entry {
    var team: String
    var receivedAt: Date
  }

  private let entries = Mutex<[LeadID: Entry]>([:])

  func note(_ lead: Lead) {
    let isWaiting = lead.desk.alarms?[LeadTimer.Kind.handOver.rawValue] != nil
    entries.withLock { entries in
      entries[lead.id] =
        isWaiting ? lead.desk.team.map { Entry(team: $0, receivedAt: lead.intake.receivedAt) } : nil
    }
  }

  /// Who has waited longest.
  func oldest(of team: String) -> LeadID? {
    entries.withLock { entries in
      entries.filter { $0.value.team == team }.min { $0.value.receivedAt < $1.value.receivedAt }?.key
    }
  }
}
