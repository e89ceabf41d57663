import Foundation
import RevOps

/// What a configuration would have done with past leads: `baton backtest`.
///
/// Each lead is read from its raw form again and decided in the situation of its own time: who was here, how many leads
/// they had, what the services said. Turns are taken one after another by the new configuration, from where the first of
/// a team's leads found them.
public struct Backtest: Sendable {
  /// Where a lead goes.
  public struct Route: Sendable, Equatable {
    public var path: Path
    public var team: String?
    /// Nil where a person has to take it first.
    public var owner: String?
    /// It reached `default`, or a team without anybody who could be given it.
    public var isUnrouted: Bool

    /// What a person would call where it went.
    public var destination: String? { owner ?? team }
  }

  public struct Outcome: Sendable {
    public var lead: LeadID
    public var from: Route
    public var to: Route
    public var isMoved: Bool
  }

  private let policy: Policy
  /// The versions that decided at the time.
  private let versions: [String: Policy]
  private var rotations: [String: RotationState] = [:]
  private var lastAssigned: [String: Date] = [:]

  init(policy: Policy, versions: [String: Policy]) {
    self.policy = policy
    self.versions = versions
  }

  /// Leads that were never decided are left out.
  public static func run(
    _ policy: Policy, over leads: [Lead], in past: PastLeads
  ) async throws(StorageError) -> [Outcome] {
    var backtest = Backtest(policy: policy, versions: try await past.policies(of: leads))
    return leads.compactMap { backtest.outcome($0) }
  }

  mutating func outcome(_ lead: Lead) -> Outcome? {
    guard let scored = lead.scored, let from = stored(lead, scored) else { return nil }
    let to = decide(lead, scored)
    return Outcome(lead: lead.id, from: from, to: to, isMoved: isMoved(from, to))
  }

  /// Turns fall otherwise wherever one lead more or less takes part: another member of the same team is no move.
  private func isMoved(_ from: Route, _ to: Route) -> Bool {
    guard from.team == to.team, (from.owner == nil) == (to.owner == nil) else { return true }
    guard let owner = from.owner else { return false }
    guard let name = to.team else { return owner != to.owner }
    return policy.routing.team(named: name)?.members.contains { $0.email == owner } != true
  }
}

// MARK: As it was

extension Backtest {
  /// Nil: not routed yet.
  private func stored(_ lead: Lead, _ scored: ScoredLead) -> Route? {
    guard scored.score.path != .disqualify else { return .disqualified }
    guard let decision = lead.routing else { return nil }
    let basis = lead.routed?.basis
    return Route(
      path: basis?.path ?? scored.score.path, decision,
      isUnrouted: decision.decidedBy == .fallback || lackedReps(lead, scored, decision))
  }

  private func lackedReps(_ lead: Lead, _ scored: ScoredLead, _ decision: RoutingDecision) -> Bool {
    guard let basis = lead.routed?.basis, let policy = versions[decision.trace.configVersion] else { return false }
    let answer = basis.answer(
      basis.given?.facts ?? scored.enriched.facts, score: basis.given?.score ?? scored.score.score, policy: policy)
    return answer.lacksReps(policy.routing)
  }
}

// MARK: As it would be

extension Backtest {
  private mutating func decide(_ lead: Lead, _ scored: ScoredLead) -> Route {
    let facts = facts(lead, scored.enriched)
    let score = Scoring.decide(facts, policy: policy, opinion: scored.score.opinion)
    let path = path(score.path, lead, scored)
    guard path != .disqualify else { return .disqualified }
    var basis =
      lead.routed?.basis
      ?? RoutingBasis(path: path, situation: RoutingSituation(now: lead.intake.receivedAt))
    basis.path = path
    fill(&basis.situation)
    let answer = basis.answer(facts, score: score.score, policy: policy)
    take(answer, at: basis.situation.now)
    return Route(
      path: basis.path, answer.decision,
      isUnrouted: answer.decision.decidedBy == .fallback || answer.lacksReps(policy.routing))
  }

  private func facts(_ lead: Lead, _ enriched: EnrichedLead) -> LeadFacts {
    Normalizer.shared.normalize(
      payload: payload(of: lead, enriched), enrichment: enriched.enrichment, crm: enriched.facts.crm)
  }

  /// As it came; what is only kept as it was read, or was completed by a later delivery, as it was read.
  private func payload(of lead: Lead, _ enriched: EnrichedLead) -> LeadPayload {
    guard lead.merged.isEmpty, lead.intake.channel == .form, let raw = lead.intake.raw,
      let payload = try? LeadPayload.read(raw)
    else { return lead.routed?.basis?.given?.facts.payload ?? enriched.facts.payload }
    return payload
  }

  /// What people decided about the path is decided the same way again, as long as the rules say the same as then.
  private func path(_ path: Path, _ lead: Lead, _ scored: ScoredLead) -> Path {
    guard let stored = versions[scored.score.trace.configVersion ?? ""] else { return path }
    let then = Scoring.decide(scored.enriched.facts, policy: stored, opinion: scored.score.opinion).path
    return path == then ? lead.routed?.basis?.path ?? scored.score.path : path
  }

  private mutating func fill(_ situation: inout RoutingSituation) {
    for (team, rotation) in situation.rotations where rotations[team] == nil { rotations[team] = rotation }
    situation.rotations = rotations
    situation.lastAssigned.merge(lastAssigned) { max($0, $1) }
  }

  private mutating func take(_ answer: RoutingAnswer, at now: Date) {
    if let turn = answer.turn, let rotation = answer.rotation { rotations[turn.team] = rotation }
    if let owner = answer.decision.owner { lastAssigned[owner] = now }
  }
}

extension Backtest.Route {
  fileprivate static let disqualified = Backtest.Route(path: .disqualify, isUnrouted: false)

  fileprivate init(path: Path, _ decision: RoutingDecision, isUnrouted: Bool) {
    self.path = path
    team = decision.team
    // What routing says for manual review is a proposal.
    owner = path == .manualReview ? nil : decision.owner
    self.isUnrouted = isUnrouted
  }
}

extension RoutingAnswer {
  /// The team has nobody who could be given the lead, now or at the next shift.
  fileprivate func lacksReps(_ policy: RoutingPolicy) -> Bool {
    if unassigned == .nobodyAvailable || unassigned == .overflow { return true }
    // A rule's team that a broken configuration does not have.
    return decision.team == nil && decision.owner == nil
  }
}
