/// Who gets a lead and why. Holds everything a replay needs.
public struct RoutingDecision: Codable, Sendable, Equatable {
  /// What decided: a rule by its place in the policy, or its `default`.
  public enum Decider: Codable, Sendable, Equatable {
    case rule(Int)
    case fallback
  }

  public var decidedBy: Decider
  /// Null for an account owner's or a named person's lead.
  public var team: String?
  /// Null until claimed where the team assigns nobody, and while nobody is available.
  public var owner: String?
  /// The rule's name: `route_reason` of the contract.
  public var reason: String
  /// Whether this decision took a turn in the team's rotation.
  public var tookTurn: Bool
  public var trace: RoutingTrace

  public init(
    decidedBy: Decider, team: String?, owner: String?, reason: String, tookTurn: Bool, trace: RoutingTrace
  ) {
    self.decidedBy = decidedBy
    self.team = team
    self.owner = owner
    self.reason = reason
    self.tookTurn = tookTurn
    self.trace = trace
  }
}

/// How routing came to its answer, as indices into the kept configuration version.
public struct RoutingTrace: Codable, Sendable, Equatable {
  public struct Step: Codable, Sendable, Equatable {
    public var rule: Int
    public var matched: Bool
    /// The first condition that failed, as a path into the rule's condition; nil when it matched.
    public var failed: [Int]?
    /// Why a rule that matched was passed over all the same (`owner_inactive`).
    public var passedOver: String?

    public init(rule: Int, matched: Bool, failed: [Int]? = nil, passedOver: String? = nil) {
      self.rule = rule
      self.matched = matched
      self.failed = failed
      self.passedOver = passedOver
    }
  }

  /// One rep that was considered, with the first gate that excluded them; nil: could have been chosen.
  public struct Candidate: Codable, Sendable, Equatable {
    public enum Gate: String, Codable, Sendable, CaseIterable {
      case outsideHours = "outside_hours"
      case away
      case atCapacity = "at_capacity"
      case inactiveInSlack = "inactive_in_slack"
      case inactiveInCRM = "inactive_in_crm"
      case declined
    }

    public var email: String
    public var gate: Gate?
    /// Turns missing to their fair share before this decision; for `least_loaded`, open leads.
    public var standing: ExactDecimal?

    public init(email: String, gate: Gate? = nil, standing: ExactDecimal? = nil) {
      self.email = email
      self.gate = gate
      self.standing = standing
    }
  }

  /// The content hash of the configuration that decided.
  public var configVersion: String
  public var steps: [Step]
  public var candidates: [Candidate]

  public init(configVersion: String, steps: [Step], candidates: [Candidate]) {
    self.configVersion = configVersion
    self.steps = steps
    self.candidates = candidates
  }
}
