import Foundation
import RevOps

/// What happens when a timer's time comes. A timer whose reason is gone ends without a trace.
struct TimerWork {
  let runner: LeadRunner
  let timer: LeadTimer

  func run() async throws {
    if timer.kind == .lateFacts { return try await LateFacts(runner: runner, timer: timer).begin() }
    let now = runner.dependencies.now()
    let policy = runner.dependencies.policy()
    var announced: Transition?
    do {
      try await runner.committer.update(timer.leadID) { lead async throws(StorageError) in
        // Set anew for later since it came due.
        if timer.kind == .shiftStart, let start = lead.desk.startsAt, start > now { return nil }
        var transition = Transition(lead)
        transition.cancelledTimers = [timer.key]
        if timer.kind == .shiftStart { try await startShift(&transition, policy, now) }
        announced = transition
        return Committer.Change(transition)
      }
    } catch Committer.Failure.noSuchLead {
      return
    }
    if let announced { runner.announce(announced) }
  }

  /// The mention that waited for the assignee's working hours. A card that has still to be posted brings it itself: it
  /// is looked at again until the card is there.
  private func startShift(
    _ transition: inout Transition, _ policy: Policy, _ now: Date
  ) async throws(StorageError) {
    let lead = transition.lead
    guard lead.state == .delivered, let owner = lead.desk.owner, lead.desk.startsAt != nil else { return }
    if lead.desk.card == nil, try await cardIsWaiting() {
      var again = timer
      again.due = now.addingTimeInterval(Self.cardPatience)
      transition.timers = [again]
      return
    }
    transition.lead.desk.startsAt = nil
    let writer = runner.writer(for: lead, policy: policy, now: now)
    transition.effects = writer.shiftStartLine("Your shift has started: this lead is yours to claim", owner: owner)
  }
  private static let cardPatience: TimeInterval = 30

  private func cardIsWaiting() async throws(StorageError) -> Bool {
    try await runner.dependencies.storage.pendingEffects(of: timer.leadID).contains { $0.effect.body == .card }
  }
}
