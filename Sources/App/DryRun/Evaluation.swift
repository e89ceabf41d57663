import Foundation
import RevOps

/// Accuracy on labelled leads: `baton eval`.
public struct Evaluation: Sendable {
  public enum Failure: Error, CustomStringConvertible {
    case unreadable(line: Int, reason: String)
    case empty

    public var description: String {
      switch self {
      case .unreadable(let line, let reason): "line \(line): \(reason)"
      case .empty: "the file holds no leads"
      }
    }
  }

  public struct Verdict: Sendable {
    public var id: String
    /// The judged keys in order, each with what was expected and what came out; nil values are null.
    public var judged: [(key: String, expected: String?, got: String?)]
    public var why: String

    public var isCorrect: Bool { judged.allSatisfy { $0.expected == $0.got } }
  }

  let policy: Policy

  public init(policy: Policy) { self.policy = policy }

  /// One lead a line (JSON Lines); blank lines are passed over.
  public func run(_ lines: String) throws(Failure) -> EvaluationReport {
    var verdicts: [Verdict] = []
    for (index, line) in lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy(\.isWhitespace) { continue }
      verdicts.append(try judge(line, number: index + 1))
    }
    guard !verdicts.isEmpty else { throw .empty }
    return EvaluationReport(verdicts: verdicts)
  }

  private func judge(_ line: Substring, number: Int) throws(Failure) -> Verdict {
    let labelled = try LabelledLead(line, number: number)
    let result = DryRun(policy: policy).run(
      labelled.payload, enrichment: labelled.enrichment, crm: labelled.crm, at: labelled.at)
    let got: [String: String?] = [
      "path": result.score.path.rawValue, "team": result.ruleTeam(policy.routing),
      "owner": result.routing?.decision.owner,
    ]
    let judged = ["path", "team", "owner"].compactMap { key in
      labelled.expect[key].map { (key: key, expected: $0, got: got[key] ?? nil) }
    }
    let lines =
      Explanation.scoring(result.score, policy: policy.scoring).filter { $0.mark != .no }.map(\.text)
      + [result.routing.map { "routed by: \($0.decision.reason)" } ?? "not routed", Self.facts(result.facts)]
    return Verdict(id: labelled.id, judged: judged, why: lines.joined(separator: "; "))
  }

  private static func facts(_ facts: LeadFacts) -> String {
    let lead = facts.normalized
    let parts: [String?] = [
      lead.country.map { "country \($0)" }, lead.region.map { "region \($0)" },
      lead.industry.map { "industry \($0)" }, lead.employees.map { "employees \($0)" },
      lead.seniority.map { "seniority \($0.rawValue)" }, "email \(lead.emailType.rawValue)",
    ]
    return "read: " + parts.compactMap { $0 }.joined(separator: ", ")
  }
}

/// One line of an evaluation file.
struct LabelledLead {
  var id: String
  var payload: LeadPayload
  var enrichment: Enrichment?
  var crm: CRMFacts
  var at: Date
  /// Only the keys that are judged.
  var expect: [String: String?]

  init(_ line: Substring, number: Int) throws(Evaluation.Failure) {
    let request: DryRunRequest
    let json: JSONValue
    do {
      request = try DryRunRequest(json: String(line), at: nil)
      json = try JSONValue.parse(Array(line.utf8))
    } catch {
      throw .unreadable(line: number, reason: "\(error)")
    }
    guard json["lead"]?.object != nil else { throw .unreadable(line: number, reason: "`lead` is missing") }
    id = json["id"]?.string ?? "line-\(number)"
    payload = request.payload
    enrichment = request.enrichment
    crm = request.crm
    at = request.at
    expect = [:]
    for member in json["expect"]?.object?.members ?? [] { expect[member.key] = .some(member.value.string) }
  }
}
