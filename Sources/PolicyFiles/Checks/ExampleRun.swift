import Foundation
import RevOps

/// Runs the examples of the routing file through the very code that decides about leads.
struct ExampleRun {
  let report: Report
  let policy: Policy

  func run(_ examples: [Example]) {
    for example in examples { check(example) }
  }

  private func check(_ example: Example) {
    guard let facts = facts(example) else { return }
    let outcome = ExampleOutcome(facts, policy)
    for difference in outcome.differences(from: example.expect) {
      report.error(
        example.node, "the example `\(ConfigNode.short(example.name))` fails: \(difference)",
        suggestion: "it was decided by: \(outcome.reason)")
    }
  }

  private func facts(_ example: Example) -> LeadFacts? {
    let payload: LeadPayload
    do {
      payload = try LeadPayload.read(example.lead)
    } catch {
      for issue in error.issues { report.error(example.node, "the example's lead, \(issue.pointer): \(issue.message)") }
      return nil
    }
    guard let enrichment: Enrichment? = decoded(example.enrichment, "enrichment", example),
      let crm: CRMFacts? = decoded(example.crm, "crm", example)
    else { return nil }
    return Normalizer.shared.normalize(payload: payload, enrichment: enrichment, crm: crm ?? CRMFacts())
  }

  /// `.some(nil)` when it is left out; nil, and reported, when it does not fit.
  private func decoded<Value: Codable>(_ json: JSONValue?, _ key: String, _ example: Example) -> Value?? {
    guard let json else { return .some(nil) }
    if let data = try? JSONEncoder().encode(json), let value = try? JSONDecoder().decode(Value.self, from: data) {
      return value
    }
    report.error(
      example.node, "`\(key)` of the example `\(ConfigNode.short(example.name))` holds a value of the wrong type")
    return nil
  }
}

/// What becomes of an example's lead.
struct ExampleOutcome {
  private let path: Path
  private let team: String?
  /// Who may get it: one address or nobody, or any member of a team.
  private let owners: [String?]
  let reason: String

  init(_ facts: LeadFacts, _ policy: Policy) {
    let score = Scoring.decide(facts, policy: policy.scoring)
    path = score.path
    guard path != .disqualify else {
      (team, owners) = (nil, [nil])
      reason = Explanation.verdict(score, policy.scoring).text
      return
    }
    let match = RuleMatching.match(facts, policy: policy.routing, score: score.score, isActive: { _ in true })
    reason = "\(match.reason); \(Explanation.verdict(score, policy.scoring).text)"
    guard case .team(let name) = match.target else {
      (team, owners) = (nil, [match.owner])
      return
    }
    team = name
    owners = Self.members(policy.routing.team(named: name), path)
  }

  /// Only a qualified lead takes a turn in its team.
  private static func members(_ team: Team?, _ path: Path) -> [String?] {
    guard let team, team.assignment != .none, path == .qualify else { return [nil] }
    return team.members.map(\.email)
  }

  func differences(from expected: Example.Expectation) -> [String] {
    var found: [String] = []
    if let path = expected.path, path != self.path {
      found.append("the path is \(self.path.rawValue), not \(path.rawValue)")
    }
    if let team = expected.team, team != self.team {
      found.append("the team is \(self.team ?? "none"), not \(team ?? "none")")
    }
    if let owner = expected.owner, !owners.contains(owner) {
      let names = owners.map { $0 ?? "nobody" }.joined(separator: " or ")
      found.append("the owner is \(names), not \(owner ?? "nobody")")
    }
    return found
  }
}
