import Foundation
import Logging
import RevOps

/// Asks the services again that gave no answer, as long as the lead is open and an answer may still help.
///
/// Looking takes as long as services do, and clicks on the lead must not wait for it: it runs beside the lead's other
/// work, and what it finds is decided on the lead as it stands then.
struct LateFacts {
  let runner: LeadRunner
  let timer: LeadTimer

  private var dependencies: PipelineDependencies { runner.dependencies }

  /// Seconds before each further try; the last is repeated.
  private static let waits: [TimeInterval] = [30, 120, 600, 3_600]
  /// Afterwards the facts of today would be those of another day.
  private static let patience: TimeInterval = 86_400

  /// What a lead needs that goes on without somebody's answer.
  static func timers(for lead: Lead, now: Date) -> [LeadTimer] {
    next(for: lead, now: now).map { [LeadTimer(key: key(lead.id), leadID: lead.id, kind: .lateFacts, due: $0)] } ?? []
  }

  static func key(_ lead: LeadID) -> String { "\(lead)/\(LeadTimer.Kind.lateFacts.rawValue)" }

  private static func next(for lead: Lead, now: Date) -> Date? {
    guard isOpen(lead), let enriched = lead.enriched, enriched.awaitsFacts else { return nil }
    let wait = waits[min(enriched.askedAgain ?? 0, waits.count - 1)]
    let due = now.addingTimeInterval(wait)
    return due.timeIntervalSince(lead.intake.receivedAt) <= patience ? due : nil
  }

  static func isOpen(_ lead: Lead) -> Bool { [.delivered, .inReview, .claimed, .worked].contains(lead.state) }

  /// The timer is moved, not taken out: whoever dies while looking looks again.
  func begin() async throws {
    let now = dependencies.now()
    let again = now.addingTimeInterval(Double(dependencies.policy().playbook.enrich.budget) + Self.waits[0])
    var isNeeded = false
    do {
      try await runner.committer.update(timer.leadID) { lead in
        var transition = Transition(lead)
        isNeeded = Self.isOpen(lead) && lead.enriched?.awaitsFacts == true
        if isNeeded {
          transition.timers = [LeadTimer(key: timer.key, leadID: lead.id, kind: .lateFacts, due: again)]
        } else {
          transition.cancelledTimers = [timer.key]
        }
        return Committer.Change(transition)
      }
    } catch Committer.Failure.noSuchLead {
      return
    }
    guard isNeeded else { return }
    runner.due.note(again, in: timer.leadID.partition)
    runner.late.begin(timer.leadID) { await look() }
  }

  private func look() async {
    do {
      guard let lead = try await runner.committer.lead(timer.leadID), let known = lead.enriched else { return }
      let policy = dependencies.policy()
      let found = await runner.enrichStage(policy).again(known)
      // What was cut short is no answer.
      try Task.checkCancellation()
      let words = found.facts == known.facts ? nil : await self.words(of: lead, found, policy)
      try Task.checkCancellation()
      let owners = found.facts.crm.checked ? await dependencies.activeOwners() : nil
      let change = LateChange(runner: runner, policy: policy, found: found, words: words, owners: owners)
      try await runner.teams.withLock("turns") { try await store(change) }
    } catch {
      // The timer was only moved: it comes again.
      dependencies.logger.notice(
        "late facts were not asked for", metadata: ["lead_id": "\(timer.leadID)", "error": "\(error)"])
    }
  }

  /// Similar accounts and summary are those of the facts, so other facts need others.
  private func words(of lead: Lead, _ found: EnrichedLead, _ policy: Policy) async -> LateChange.Words? {
    guard var routed = lead.routed else { return nil }
    routed.scored.enriched = found
    let recalled = await runner.recallStage(found.facts)
    let stage = SummarizeStage(desk: runner.languageDesk(policy))
    let result = await stage(routed, similar: recalled.similar, subject: lead.identity)
    return LateChange.Words(lead: result.lead, warnings: [recalled.warning, result.warning].compactMap(\.self))
  }

  private func store(_ change: LateChange) async throws {
    var announced: Transition?
    try await runner.committer.update(timer.leadID) { lead async throws(StorageError) in
      let transition = try await change.transition(lead, now: dependencies.now())
      announced = transition
      return Committer.Change(transition)
    }
    if let announced { runner.announce(announced) }
  }
}
