import Foundation
import RevOps

/// A dry run in words and as JSON.
public struct DryRunReport: Sendable {
  let result: DryRun.Result
  let policy: Policy

  public init(_ result: DryRun.Result, policy: Policy) {
    self.result = result
    self.policy = policy
  }

  /// For a terminal: what was read, what counted, which rule decided, whose turn it is.
  public var text: String {
    var lines = ["Facts"] + Explanation.facts(result.facts).map { "  " + $0.text }
    lines += ["", "Score"] + Explanation.scoring(result.score, policy: policy.scoring, facts: result.facts).map(mark)
    if let routing = result.routing {
      lines += ["", "Routing"]
      lines += Explanation.routing(
        routing.decision, policy: policy.routing, facts: result.facts, score: result.score.score
      ).map(mark)
      if let startsAt = routing.startsAt { lines.append("  · their shift starts \(Self.time(startsAt))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One document: `path, score, team, owner, route_reason, normalized, sources, score_reasons, trace`.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(document)
  }

  private struct Document: Encodable {
    var path: Path
    var score: Double
    var rulesScore: Double
    var team: String?
    var owner: String?
    var routeReason: String?
    var normalized: NormalizedLead
    var sources: [String: String]
    var scoreReasons: [ScoreDecision.Reason]
    var explanation: [String: [Explanation.Line]]
    var candidates: [RoutingTrace.Candidate]
    var configVersion: String

    enum CodingKeys: String, CodingKey {
      case path, score, team, owner, normalized, sources, explanation, candidates
      case rulesScore = "rules_score"
      case routeReason = "route_reason"
      case scoreReasons = "score_reasons"
      case configVersion = "config_version"
    }
  }

  private var document: Document {
    let decision = result.routing?.decision
    var explanation = ["facts": Explanation.facts(result.facts)]
    explanation["scoring"] = Explanation.scoring(result.score, policy: policy.scoring, facts: result.facts)
    if let decision {
      explanation["routing"] = Explanation.routing(
        decision, policy: policy.routing, facts: result.facts, score: result.score.score)
    }
    return Document(
      path: result.score.path, score: result.score.score.double, rulesScore: result.score.rulesScore.double,
      team: decision?.team, owner: decision?.owner, routeReason: decision?.reason,
      normalized: result.facts.normalized,
      sources: Dictionary(uniqueKeysWithValues: result.facts.sources.map { ($0.key.rawValue, $0.value.rawValue) }),
      scoreReasons: result.score.reasons, explanation: explanation,
      candidates: decision?.trace.candidates ?? [], configVersion: policy.version)
  }

  private func mark(_ line: Explanation.Line) -> String {
    switch line.mark {
    case .yes: "  ✓ \(line.text)"
    case .no: "  ✗ \(line.text)"
    case .note: "  · \(line.text)"
    }
  }

  static func time(_ date: Date) -> String { date.formatted(.iso8601) }
}
