/// A lead's score and path, with all that is needed to explain and to repeat them.
public struct ScoreDecision: Codable, Sendable, Equatable {
  /// One reason on the card: a rule that fired, or what the LLM added.
  public struct Reason: Codable, Sendable, Equatable {
    public enum Origin: String, Codable, Sendable {
      case rules
      case llm
    }

    public var rule: String
    public var kind: ScoringPolicy.Rule.Kind?
    public var points: ExactDecimal
    public var source: Origin

    public init(rule: String, kind: ScoringPolicy.Rule.Kind? = nil, points: ExactDecimal, source: Origin) {
      self.rule = rule
      self.kind = kind
      self.points = points
      self.source = source
    }
  }

  /// Which list of the scoring policy decided the path, and which entry of it.
  public enum Decider: Codable, Sendable, Equatable {
    case disqualify(Int)
    case qualify(Int)
    case nurture(Int)
    case points
  }

  public var path: Path
  public var decidedBy: Decider
  /// 0…1
  public var score: ExactDecimal
  public var rulesScore: ExactDecimal
  /// What the language model said; nil: it was not asked, or gave no usable answer.
  public var opinion: ScoreOpinion?
  public var reasons: [Reason]
  public var trace: ScoringTrace
  /// Why the path is another than the rules say, where it is ("disqualified before").
  public private(set) var overruled: String?

  public init(
    path: Path, decidedBy: Decider, score: ExactDecimal, rulesScore: ExactDecimal, opinion: ScoreOpinion? = nil,
    reasons: [Reason], trace: ScoringTrace
  ) {
    self.path = path
    self.decidedBy = decidedBy
    self.score = score
    self.rulesScore = rulesScore
    self.opinion = opinion
    self.reasons = reasons
    self.trace = trace
  }

  public var llmScore: ExactDecimal? { opinion?.score }

  /// Sends the lead another way than the rules do. The score stays.
  public mutating func overrule(path: Path, because reason: String?) {
    self.path = path
    overruled = reason
  }
}

/// Which scoring rules fired, as indices into the kept configuration version; sentences are made from it when somebody
/// asks (`RevOps/Explanation`).
public struct ScoringTrace: Codable, Sendable, Equatable {
  public struct Step: Codable, Sendable, Equatable {
    public var rule: Int
    public var matched: Bool
    /// The first condition that failed, as a path into the rule's condition (`[0, 2]`); nil when it matched.
    public var failed: [Int]?

    public init(rule: Int, matched: Bool, failed: [Int]? = nil) {
      self.rule = rule
      self.matched = matched
      self.failed = failed
    }
  }

  /// The content hash of the configuration that decided; nil for a decision that no configuration was named for.
  public var configVersion: String?
  public var steps: [Step]

  public init(configVersion: String? = nil, steps: [Step]) {
    self.configVersion = configVersion
    self.steps = steps
  }
}
