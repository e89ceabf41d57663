import Foundation
import RevOps

/// What happens when a timer's time comes. A timer whose reason is gone ends without a trace.
struct TimerWork {
  let runner: LeadRunner
  let timer: LeadTimer

  func run() async throws {
    let now = runner.dependencies.now()
    let policy = runner.dependencies.policy()
    var announced: Transition?
    do {
      try await runner.committer.update(timer.leadID) { lead in
        var transition = Transition(lead)
        transition.cancelledTimers = [timer.key]
        if timer.kind == .shiftStart { startShift(&transition, policy, now) }
        announced = transition
        return Committer.Change(transition)
      }
    } catch Committer.Failure.noSuchLead {
      return
    }
    if let announced { runner.announce(announced) }
  }

  /// The mention that waited for the assignee's working hours.
  private func startShift(_ transition: inout Transition, _ policy: Policy, _ now: Date) {
    let lead = transition.lead
    guard lead.state == .delivered, let owner = lead.desk.owner, lead.desk.startsAt != nil else { return }
    transition.lead.desk.startsAt = nil
    let writer = runner.writer(for: lead, policy: policy, now: now)
    transition.effects = writer.shiftStartLine("Your shift has started: this lead is yours to claim", owner: owner)
  }
}
