import Foundation
import RevOps

/// What Baton would do with a lead, worked out from the given facts alone: no service, no store, no turn taken.
public struct DryRun: Sendable {
  public struct Result: Sendable {
    public var facts: LeadFacts
    public var score: ScoreDecision
    /// Nil for a disqualified lead.
    public var routing: RoutingAnswer?

    /// The owner the lead would have: nobody for a lead that is reviewed first.
    public var owner: String? { score.path == .manualReview ? proposal : routing?.decision.owner }
    public var team: String? { routing?.decision.team }

    private var proposal: String? {
      // Somebody named by a rule is certain; a turn is only taken at Qualify.
      routing?.decision.team == nil ? routing?.decision.owner : nil
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
