import Foundation
import RevOps

/// What Baton would do with a lead, worked out from the given facts alone: no service, no store, no turn taken.
public struct DryRun: Sendable {
  public struct Result: Sendable {
    public var facts: LeadFacts
    public var score: ScoreDecision
    /// Nil for a disqualified lead.
    public var routing: RoutingAnswer?

    /// The team that the rules name; within working hours and without, whoever it spills over to.
    public func ruleTeam(_ policy: RoutingPolicy) -> String? {
      guard let decision = routing?.decision else { return nil }
      let target: RoutingPolicy.Target =
        switch decision.decidedBy {
        case .rule(let index): policy.rules[index].assign
        case .fallback: policy.fallback
        }
      return if case .team(let name) = target { name } else { nil }
    }
  }

  let policy: Policy

  public init(policy: Policy) { self.policy = policy }

  public func run(
    _ payload: LeadPayload, enrichment: Enrichment? = nil, crm: CRMFacts = .notChecked, at now: Date
  ) -> Result {
    let facts = Normalizer.shared.normalize(payload: payload, enrichment: enrichment, crm: crm)
    let score = Scoring.decide(facts, policy: policy.scoring)
    guard score.path != .disqualify else { return Result(facts: facts, score: score, routing: nil) }
    let match = RuleMatching.match(facts, policy: policy.routing, score: score.score) { _ in true }
    let answer = Routing.decide(
      match, path: score.path, policy: policy, situation: RoutingSituation(now: now))
    return Result(facts: facts, score: score, routing: answer)
  }
}
