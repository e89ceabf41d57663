/// What the routing rules say of a lead: who it is for, and how that was found.
public struct RuleMatch: Sendable, Equatable {
  public var target: RoutingPolicy.Target
  /// The account's or deal's owner where the rule names them by that.
  public var owner: String?
  public var decidedBy: RoutingDecision.Decider
  /// The rule's name: `route_reason` of the contract.
  public var reason: String
  public var steps: [RoutingTrace.Step]

  public init(
    target: RoutingPolicy.Target, owner: String? = nil, decidedBy: RoutingDecision.Decider, reason: String,
    steps: [RoutingTrace.Step]
  ) {
    self.target = target
    self.owner = owner
    self.decidedBy = decidedBy
    self.reason = reason
    self.steps = steps
  }
}

/// Goes through the routing rules from top to bottom; the first that matches wins.
public enum RuleMatching {
  /// Why a rule that matched gives the lead to nobody, in `RoutingTrace.Step.passedOver`.
  public enum PassedOver: String, Sendable, CaseIterable {
    case noOwner = "no_owner"
    case ownerInactive = "owner_inactive"
  }

  /// Always answers: the policy's fallback takes what no rule does.
  /// - Parameters:
  ///   - score: the lead's score, for rules that ask for it.
  ///   - isActive: whether that e-mail address is somebody who still works here, as far as is known. A rule that names
  ///     an account's or deal's owner who doesn't is passed over, and evaluation goes on.
  public static func match(
    _ facts: LeadFacts, policy: RoutingPolicy, score: ExactDecimal? = nil, isActive: (String) -> Bool
  ) -> RuleMatch {
    let folded = FoldedFacts(facts, score: score)
    var steps: [RoutingTrace.Step] = []
    for (index, rule) in policy.rules.enumerated() {
      let result = rule.when.evaluate(folded)
      guard result.holds else {
        steps.append(RoutingTrace.Step(rule: index, matched: false, failed: result.failed))
        continue
      }
      let answer = resolve(rule.assign, facts.crm, isActive)
      steps.append(RoutingTrace.Step(rule: index, matched: true, passedOver: answer.passedOver?.rawValue))
      guard answer.passedOver == nil else { continue }
      return RuleMatch(
        target: rule.assign, owner: answer.owner, decidedBy: .rule(index), reason: rule.name, steps: steps)
    }
    return RuleMatch(
      target: policy.fallback, owner: resolve(policy.fallback, facts.crm, isActive).owner, decidedBy: .fallback,
      reason: Explanation.fallbackReason, steps: steps)
  }

  private static func resolve(
    _ target: RoutingPolicy.Target, _ crm: CRMFacts, _ isActive: (String) -> Bool
  ) -> (owner: String?, passedOver: PassedOver?) {
    switch target {
    case .accountOwner: resolve(crm.accountOwner, isActive)
    case .dealOwner: resolve(crm.dealOwner, isActive)
    case .person(let email): (email, nil)
    case .team: (nil, nil)
    }
  }

  private static func resolve(
    _ owner: String?, _ isActive: (String) -> Bool
  ) -> (owner: String?, passedOver: PassedOver?) {
    guard let owner, !owner.isEmpty else { return (nil, .noOwner) }
    return isActive(owner) ? (owner, nil) : (nil, .ownerInactive)
  }
}
