/// `config/scoring.yaml`, checked.
public struct ScoringPolicy: Codable, Sendable, Equatable {
  public struct Rule: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
      case icp
      case seniority
      case intent
      case negative
    }

    public var name: String
    public var kind: Kind?
    public var when: Condition
    public var points: ExactDecimal

    public init(name: String, kind: Kind? = nil, when: Condition, points: ExactDecimal) {
      self.name = name
      self.kind = kind
      self.when = when
      self.points = points
    }
  }

  /// A rule that decides the path by itself.
  public struct Gate: Codable, Sendable, Equatable {
    public var name: String
    public var when: Condition

    public init(name: String, when: Condition) {
      self.name = name
      self.when = when
    }
  }

  public var rulesWeight: ExactDecimal
  public var llmWeight: ExactDecimal
  /// ≥ this: qualify.
  public var qualifyThreshold: ExactDecimal
  /// < this: nurture; between the two: manual review.
  public var nurtureThreshold: ExactDecimal
  /// How far the LLM may move the rules' score.
  public var llmLimit: ExactDecimal
  public var rules: [Rule]
  public var disqualify: [Gate]
  public var qualify: [Gate]
  public var nurture: [Gate]

  public init(
    rulesWeight: ExactDecimal, llmWeight: ExactDecimal, qualifyThreshold: ExactDecimal,
    nurtureThreshold: ExactDecimal, llmLimit: ExactDecimal, rules: [Rule], disqualify: [Gate] = [],
    qualify: [Gate] = [], nurture: [Gate] = []
  ) {
    self.rulesWeight = rulesWeight
    self.llmWeight = llmWeight
    self.qualifyThreshold = qualifyThreshold
    self.nurtureThreshold = nurtureThreshold
    self.llmLimit = llmLimit
    self.rules = rules
    self.disqualify = disqualify
    self.qualify = qualify
    self.nurture = nurture
  }
}
