import Foundation
import RevOps

/// A nurtured lead is looked at again: who has warmed up goes to somebody, by the ordinary stages; who has not is looked
/// at once more later, and nobody is bothered.
struct RevisitWork {
  let runner: LeadRunner
  let message: InboxMessage

  /// A CRM that gives no answer is asked again after this long: nobody waits for the lead.
  private static let patience: TimeInterval = 3_600

  private var dependencies: PipelineDependencies { runner.dependencies }

  func run(_ target: LeadID) async throws -> LeadRunner.Ending {
    while true {
      guard let lead = try await runner.committer.lead(target) else { return try await finish(nil) }
      // A person has decided otherwise meanwhile.
      guard lead.state == .nurturing, lead.desk.revisitAt == nil, let captured = lead.captured else {
        return try await finish(Transition(lead))
      }
      let policy = dependencies.policy()
      try await runner.keep(policy)
      let enriched = await runner.enrichStage(policy)(captured)
      try Task.checkCancellation()
      let transition = decide(lead, enriched, policy)
      var change = Committer.Change(transition)
      let goesOn = Stage.following(transition.lead.progress) != nil
      if !goesOn { change.finishedMessages = [message.id] }
      guard let stored = try await runner.committer.commit(change) else { continue }
      runner.announce(transition)
      guard goesOn else { return .finished }
      return try await SubmissionWork(runner: runner, message: message, intake: stored.intake).run()
    }
  }

  // MARK: Deciding

  private func decide(_ lead: Lead, _ enriched: EnrichedLead, _ policy: Policy) -> Transition {
    let now = dependencies.now()
    if dependencies.crm != nil, !enriched.facts.crm.checked {
      var transition = Transition(lead)
      transition.lead.desk.revisitAt = now.addingTimeInterval(Self.patience)
      return transition
    }
    if enriched.facts.crm.optedOut { return ended(lead, "they have opted out", now) }
    let score = Scoring.decide(enriched.facts, policy: policy, opinion: lead.scored?.score.opinion)
    let scored = ScoredLead(enriched: enriched, score: score)
    switch score.path {
    case .qualify: return returned(lead, scored, policy, now)
    case .disqualify: return disqualified(lead, scored, policy, now)
    case .manualReview, .nurture: return stillCold(lead, scored, policy, now)
    }
  }

  private func returned(_ lead: Lead, _ scored: ScoredLead, _ policy: Policy, _ now: Date) -> Transition {
    let before = lead.scored.map { ", was \($0.score.score)" } ?? ""
    let reason = "Back from nurture: score \(scored.score.score)\(before)"
    var transition = Transition(lead)
    transition.lead.decideAnew(at: now)
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    transition.effects = lead.desk.card.map { writer.retire($0) } ?? []
    transition.lead.progress = .scored(scored)
    transition.lead.desk.returned = reason
    transition.history = [
      HistoryEntry(at: now, actor: "system", action: "reopened", from: lead.state.rawValue, reason: reason)
    ]
    return transition
  }

  private func stillCold(_ lead: Lead, _ scored: ScoredLead, _ policy: Policy, _ now: Date) -> Transition {
    var transition = Transition(lead)
    transition.lead.replace(scored)
    transition.lead.desk.revisitAt = now.addingTimeInterval(TimeInterval(policy.playbook.nurture.revisitAfter))
    transition.history = [
      HistoryEntry(at: now, actor: "system", action: "revisited", reason: "still cold: score \(scored.score.score)")
    ]
    return transition
  }

  private func disqualified(_ lead: Lead, _ scored: ScoredLead, _ policy: Policy, _ now: Date) -> Transition {
    var transition = ended(lead, "the rules disqualify it now", now)
    transition.lead.replace(scored)
    transition.lead.state = .disqualified
    transition.lead.desk.decision += 1
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    transition.effects = writer.crmRecord() + (lead.desk.card == nil ? [] : writer.card())
    return transition
  }

  private func ended(_ lead: Lead, _ reason: String, _ now: Date) -> Transition {
    var transition = Transition(lead)
    transition.history = [HistoryEntry(at: now, actor: "system", action: "revisit_ended", reason: reason)]
    return transition
  }

  // MARK: Ending

  private func finish(_ transition: Transition?) async throws -> LeadRunner.Ending {
    guard let transition else {
      guard let lease = runner.committer.leases[message.leadID.partition] else { return .later(.seconds(1)) }
      var commit = LeadCommit(lease: lease)
      commit.finishedMessages = [message.id]
      return try await dependencies.storage.commit(commit) == .committed ? .finished : .later(.seconds(1))
    }
    var change = Committer.Change(transition)
    change.finishedMessages = [message.id]
    return try await runner.committer.commit(change) == nil ? .later(.milliseconds(50)) : .finished
  }
}

extension Lead {
  /// Back at the beginning of the pipeline: nobody's, without a card, and the one who had it remembered.
  mutating func decideAnew(at now: Date) {
    desk.decision += 1
    state = .processing
    desk.card = nil
    desk.deliveredAt = nil
    desk.undo = nil
    desk.revisitAt = nil
    desk.previousOwner = desk.owner
    desk.owner = nil
    desk.claimedAt = nil
    desk.assignedAt = nil
    desk.startsAt = nil
    desk.passedBy = nil
    desk.touchedAt = now
  }
}
