import Foundation

/// All that routing looks at beside the rules: who is here, how much they have, whose turn it is.
public struct RoutingSituation: Codable, Sendable, Equatable {
  /// By team; a team without one starts afresh.
  public var rotations: [String: RotationState]
  /// By e-mail address, as the two after it.
  public var roster: [String: RepStatus]
  public var loads: [String: Int]
  public var lastAssigned: [String: Date]
  /// Who released this lead or let it pass.
  public var declined: Set<String>
  /// Who has an earlier lead of this person: keeps the next one if they can take it.
  public var preferred: String?
  /// By team: who of it has the open lead of somebody else of the company. They get this one too.
  public var companyOwners: [String: String] = [:]
  public var now: Date

  public init(
    rotations: [String: RotationState] = [:], roster: [String: RepStatus] = [:], loads: [String: Int] = [:],
    lastAssigned: [String: Date] = [:], declined: Set<String> = [], preferred: String? = nil, now: Date
  ) {
    self.rotations = rotations
    self.roster = roster
    self.loads = loads
    self.lastAssigned = lastAssigned
    self.declined = declined
    self.preferred = preferred
    self.now = now
  }
}

/// A routing decision and what follows from it.
public struct RoutingAnswer: Sendable, Equatable {
  public var decision: RoutingDecision
  /// The turn that was taken; nil where none was.
  public var turn: Desk.Turn?
  /// When the owner's shift starts, where the lead waits for it.
  public var startsAt: Date?
  /// The rotation of the turn's team after it.
  public var rotation: RotationState?
  /// Why nobody of the team was chosen, where one should have been.
  public var unassigned: AssignmentOutcome.Unassigned?
}

/// From matched rule to owner: the same for live leads, proposals, dry runs and replays.
public enum Routing {
  /// The team and those its leads spill over to, each once, in that order.
  public static func chain(from name: String, policy: RoutingPolicy) -> [Team] {
    var teams: [Team] = []
    var next: String? = name
    while let name = next, !teams.contains(where: { $0.name == name }), let team = policy.team(named: name) {
      teams.append(team)
      next = if case .team(let other) = team.whenUnavailable { other } else { nil }
    }
    return teams
  }

  /// Pure: the same arguments give the same answer.
  ///
  /// A qualified lead takes a turn; for manual review the answer is a proposal; a nurtured one gets the team only.
  public static func decide(
    _ match: RuleMatch, path: Path, policy: Policy, situation: RoutingSituation
  ) -> RoutingAnswer {
    switch match.target {
    case .accountOwner, .dealOwner:
      return answer(match, policy, team: nil, owner: match.owner, candidates: [])
    case .person(let email):
      // A nurtured lead has an owner only where the account or the deal has one.
      return answer(match, policy, team: nil, owner: path == .nurture ? nil : email, candidates: [])
    case .team(let name):
      if path == .nurture { return answer(match, policy, team: name, owner: nil, candidates: []) }
      return assign(match, chain(from: name, policy: policy.routing), path, policy, situation)
    }
  }

  private static func assign(
    _ match: RuleMatch, _ teams: [Team], _ path: Path, _ policy: Policy, _ situation: RoutingSituation
  ) -> RoutingAnswer {
    var candidates: [RoutingTrace.Candidate] = []
    for (index, team) in teams.enumerated() {
      let choice = Assignment.choose(
        team: team, roster: situation.roster, rotation: situation.rotations[team.name] ?? RotationState(),
        loads: situation.loads, lastAssigned: situation.lastAssigned, declined: situation.declined,
        now: situation.now)
      candidates += choice.candidates
      if choice.overflowTeam != nil, index + 1 < teams.count { continue }
      let known = [situation.companyOwners[team.name], situation.preferred].compactMap { $0 }
      if let kept = known.first(where: { keeps($0, team, choice) }) {
        var answer = answer(match, policy, team: team.name, owner: kept, candidates: candidates)
        answer.startsAt = shiftStart(of: kept, team, situation.now)
        return answer
      }
      return chosen(match, policy, team, choice, candidates, takesTurn: path == .qualify)
    }
    return answer(match, policy, team: teams.first?.name, owner: nil, candidates: candidates)
  }

  /// Somebody who already has the person's or the company's lead keeps the next, also when it waits for their shift.
  private static func keeps(_ owner: String, _ team: Team, _ choice: AssignmentOutcome) -> Bool {
    team.assignment != .none
      && choice.candidates.contains { $0.email == owner && ($0.gate == nil || $0.gate == .outsideHours) }
  }

  /// Nil while they are on shift.
  private static func shiftStart(of owner: String, _ team: Team, _ now: Date) -> Date? {
    guard let hours = team.members.first(where: { $0.email == owner })?.hours ?? team.hours, !hours.isOpen(at: now)
    else { return nil }
    return hours.nextOpening(after: now)
  }

  private static func chosen(
    _ match: RuleMatch, _ policy: Policy, _ team: Team, _ choice: AssignmentOutcome,
    _ candidates: [RoutingTrace.Candidate], takesTurn: Bool
  ) -> RoutingAnswer {
    var answer = answer(match, policy, team: team.name, owner: choice.owner, candidates: candidates)
    answer.startsAt = choice.waitUntil
    answer.unassigned = choice.unassigned
    guard takesTurn, choice.tookTurn, let owner = choice.owner else { return answer }
    answer.turn = Desk.Turn(team: team.name, member: owner, sharedBy: choice.sharedBy)
    answer.decision.tookTurn = true
    answer.rotation = choice.rotation
    return answer
  }

  private static func answer(
    _ match: RuleMatch, _ policy: Policy, team: String?, owner: String?, candidates: [RoutingTrace.Candidate]
  ) -> RoutingAnswer {
    let trace = RoutingTrace(configVersion: policy.version, steps: match.steps, candidates: candidates)
    return RoutingAnswer(
      decision: RoutingDecision(
        decidedBy: match.decidedBy, team: team, owner: owner, reason: match.reason, tookTurn: false, trace: trace))
  }
}
