import Foundation
import RevOps

/// Monday, 2 March 2026, 10:00 in Berlin.
let monday = Date(timeIntervalSince1970: 1_772_442_000)

extension Policy {
  /// The form's `source` decides the path: `hot`, `cold`, `rival`; anything else goes to review.
  static func office(
    weights: [(String, Int)] = [("jo@n.example", 1), ("an@n.example", 1)], assignment: Team.Assignment = .roundRobin,
    capacity: Int? = nil, hours: WorkingHours? = nil, _ change: (inout Playbook) -> Void = { _ in }
  ) -> Policy {
    let members = weights.map { Member(email: $0.0, weight: ExactDecimal($0.1), capacity: capacity) }
    let team = Team(
      name: "sales", channel: "#sales", manager: "maria@n.example", assignment: assignment, hours: hours,
      members: members)
    let owned = RoutingPolicy.Rule(
      name: "Accounts stay with their owner", when: .field(.accountOwner, .exists(true)), assign: .accountOwner)
    var playbook = Playbook()
    playbook.admins = ["root@n.example"]
    playbook.nurture.hubspotList = "42"
    // Most tests move the clock for other reasons.
    playbook.sla = nil
    change(&playbook)
    return Policy(
      version: "0123456789abcdef", routing: RoutingPolicy(teams: [team], rules: [owned], fallback: .team("sales")),
      scoring: .bySource, playbook: playbook)
  }
}

extension ScoringPolicy {
  static let bySource = ScoringPolicy(
    rulesWeight: ExactDecimal(1), llmWeight: ExactDecimal(0), qualifyThreshold: ExactDecimal(1),
    nurtureThreshold: ExactDecimal(0), llmLimit: ExactDecimal(0), rules: [],
    disqualify: [gate("rival")], qualify: [gate("hot")], nurture: [gate("cold")])

  private static func gate(_ source: Literal) -> Gate {
    Gate(name: source.text, when: .field(.source, .equals([source])))
  }
}
