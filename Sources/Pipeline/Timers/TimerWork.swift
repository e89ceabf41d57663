import Foundation
import RevOps

/// What happens when a timer's time comes. A timer whose reason is gone ends without a trace.
struct TimerWork {
  let runner: LeadRunner
  let timer: LeadTimer

  func run() async throws {
    switch timer.kind {
    case .shiftStart: try await startShift()
    case .accept, .firstTouch: try await ClockWork(work: self).run()
    case .handOver: try await HandOver(work: self).run()
    case .revisit: try await askForRevisit()
    case .lateFacts: try await LateFacts(runner: runner, timer: timer).begin()
    }
  }

  /// Changes the lead and takes the timer out; what the lead needs after that, the commit sets.
  /// - Parameter body: false: leave everything as it is, the timer too.
  func change(
    _ body: (inout Transition, Policy, Date) async throws(StorageError) -> Bool
  ) async throws {
    let now = runner.dependencies.now()
    let policy = runner.dependencies.policy()
    var announced: Transition?
    do {
      try await runner.committer.update(timer.leadID) { lead async throws(StorageError) in
        var transition = Transition(lead)
        transition.cancelledTimers = [timer.key]
        transition.lead.desk.alarms?[timer.kind.rawValue] = nil
        announced = nil
        guard try await body(&transition, policy, now) else { return nil }
        announced = transition
        return Committer.Change(transition)
      }
    } catch Committer.Failure.noSuchLead {
      return
    }
    if let announced { runner.announce(announced) }
  }

  // MARK: Shifts

  /// The mention that waited for the assignee's working hours. A card that has still to be posted brings it itself: it
  /// is looked at again until the card is there.
  private func startShift() async throws {
    try await change { transition, policy, now async throws(StorageError) in
      let lead = transition.lead
      // Set anew for later since it came due.
      if let start = lead.desk.startsAt, start > now { return false }
      guard lead.state == .delivered, let owner = lead.desk.owner, lead.desk.startsAt != nil else { return true }
      if lead.desk.card == nil, try await cardIsWaiting() {
        var again = timer
        again.due = now.addingTimeInterval(Self.cardPatience)
        transition.timers = [again]
        return true
      }
      transition.lead.desk.startsAt = nil
      let writer = runner.writer(for: lead, policy: policy, now: now)
      transition.effects =
        writer.shiftStartLine("Your shift has started: this lead is yours to claim", owner: owner)
        + writer.ownerNote(owner)
      return true
    }
  }
  private static let cardPatience: TimeInterval = 30

  private func cardIsWaiting() async throws(StorageError) -> Bool {
    try await runner.dependencies.storage.pendingEffects(of: timer.leadID).contains { $0.effect.body == .card }
  }

  // MARK: Nurture

  /// Looking at a lead again takes as long as services answer, and goes through stages: it is work for the inbox.
  private func askForRevisit() async throws {
    let now = runner.dependencies.now()
    guard let lead = try await runner.committer.lead(timer.leadID), lead.state == .nurturing,
      let due = lead.desk.revisitAt, due <= now
    else { return try await change { _, _, _ in true } }
    var random = SystemRandomNumberGenerator()
    let command = DeskCommand(action: .revisit, actor: .system, at: now, reply: nil)
    let message = InboxMessage(
      id: ULID.make(now: now, random: &random), leadID: lead.id, body: .command(command), receivedAt: now)
    let key = "revisit/\(lead.id)/\(lead.desk.decision)/\(Int(due.timeIntervalSince1970))"
    let delivery = Delivery(key: key, bodyHash: nil, keepFor: .seconds(30 * 86_400), message: message)
    _ = try await runner.dependencies.storage.append(delivery, now: now)
    try await change { transition, _, _ in
      if transition.lead.desk.revisitAt == due { transition.lead.desk.revisitAt = nil }
      return true
    }
    runner.due.note(now, in: lead.id.partition)
  }
}
