/// Works a stored decision out again from what is stored with it.
public enum Replay {
  public enum Verdict: Sendable, Equatable {
    case identical
    case differs([Difference])
    /// What the decision was made from is no longer kept, or never was.
    case expired(String)
    /// Nothing has been decided about the lead yet.
    case undecided
  }

  /// One decision that comes out otherwise than it is stored.
  public struct Difference: Sendable, Equatable {
    public enum Decision: String, Sendable {
      case score
      case routing
    }

    public var decision: Decision
    public var stored: Result
    public var recomputed: Result
  }

  /// What people see of a decision.
  public struct Result: Codable, Sendable, Equatable {
    public var path: Path?
    public var score: ExactDecimal?
    public var team: String?
    public var owner: String?
    public var reason: String?
  }

  /// - Parameter policy: the kept version of that name.
  public static func check<Failure: Error>(
    _ lead: Lead, policy: (String) async throws(Failure) -> Policy?
  ) async throws(Failure) -> Verdict {
    guard let scored = lead.scored else { return .undecided }
    guard let version = scored.score.trace.configVersion else { return .expired("the score names no configuration") }
    guard let scoring = try await policy(version) else { return .expired("configuration \(version) is not kept") }
    var differences = score(scored, scoring)
    if let decision = lead.routing {
      guard let basis = lead.routed?.basis else { return .expired("what it was routed by is not kept") }
      let version = decision.trace.configVersion
      guard let policy = try await policy(version) else { return .expired("configuration \(version) is not kept") }
      differences += routing(decision, basis, scored, policy)
    }
    return differences.isEmpty ? .identical : .differs(differences)
  }

  private static func score(_ scored: ScoredLead, _ policy: Policy) -> [Difference] {
    let stored = scored.score
    var again = Scoring.decide(scored.enriched.facts, policy: policy, opinion: stored.opinion)
    if stored.overruled != nil { again.overrule(path: stored.path, because: stored.overruled) }
    guard again != stored else { return [] }
    return [Difference(decision: .score, stored: Result(stored), recomputed: Result(again))]
  }

  private static func routing(
    _ stored: RoutingDecision, _ basis: RoutingBasis, _ scored: ScoredLead, _ policy: Policy
  ) -> [Difference] {
    let facts = basis.given?.facts ?? scored.enriched.facts
    let again = basis.answer(facts, score: basis.given?.score ?? scored.score.score, policy: policy).decision
    guard again != stored else { return [] }
    return [Difference(decision: .routing, stored: Result(stored), recomputed: Result(again))]
  }
}

extension Replay.Result {
  init(_ score: ScoreDecision) { self.init(path: score.path, score: score.score) }

  init(_ routing: RoutingDecision) { self.init(team: routing.team, owner: routing.owner, reason: routing.reason) }
}
