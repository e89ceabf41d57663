/// What a routing decision was made from beside the configuration, as it was at that moment. Stored with the decision, so
/// that it can be worked out again (`Replay`) and held against another configuration.
public struct RoutingBasis: Codable, Sendable, Equatable {
  /// Facts and score that the rules saw, where the lead has others by now.
  public struct Given: Codable, Sendable, Equatable {
    public var facts: LeadFacts
    public var score: ExactDecimal

    public init(facts: LeadFacts, score: ExactDecimal) {
      self.facts = facts
      self.score = score
    }
  }

  /// The path it was routed for: another than the score's where a person qualified the lead.
  public var path: Path
  /// Of the teams that came into question.
  public var situation: RoutingSituation
  /// Which of the account's and the deal's owner no longer worked here.
  public var inactiveOwners: [String]
  /// Nil while the lead's facts and score are still those of the decision.
  public var given: Given?

  public init(path: Path, situation: RoutingSituation, inactiveOwners: [String] = [], given: Given? = nil) {
    self.path = path
    self.situation = situation
    self.inactiveOwners = inactiveOwners
    self.given = given
  }

  /// Rules and reps once more, under any configuration.
  public func answer(_ facts: LeadFacts, score: ExactDecimal, policy: Policy) -> RoutingAnswer {
    let match = RuleMatching.match(facts, policy: policy.routing, score: score) { !inactiveOwners.contains($0) }
    return Routing.decide(match, path: path, policy: policy, situation: situation)
  }
}
