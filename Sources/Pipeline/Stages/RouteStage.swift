import Foundation
import RevOps

/// Gives the lead to somebody by the routing rules and the team's turns.
struct RouteStage: Sendable {
  let policy: Policy
  let storage: any Storage
  /// Folded e-mail addresses of people who own records in the CRM; nil: not known, everybody counts as active.
  let activeOwners: Set<String>?
  /// Rotations that the same commit already changes (a returned turn), by team; the others are read.
  var rotations: [String: RotationDocument] = [:]

  struct Result: Sendable {
    var decision: RoutingDecision
    var team: String?
    var owner: String?
    var turn: Desk.Turn?
    /// The owner's shift start where the lead waits for it.
    var startsAt: Date?
    /// The rotation as it is after this turn.
    var rotation: DocumentChange?
  }

  /// - Parameter takesTurn: false for a proposal or a team-only answer: rotation is left as it is.
  func callAsFunction(
    _ facts: LeadFacts, score: ExactDecimal, path: Path, declined: Set<String> = [], preferred: String? = nil,
    now: Date
  ) async throws(StorageError) -> Result {
    let match = RuleMatching.match(facts, policy: policy.routing, score: score, isActive: isActive)
    switch match.target {
    case .accountOwner, .dealOwner, .person:
      return named(match)
    case .team(let name):
      if path == .nurture { return result(match, team: name, owner: nil, candidates: []) }
      return try await assign(
        match, to: name, takesTurn: path == .qualify, declined: declined, preferred: preferred, now: now)
    }
  }

  private func rotation(of team: String) async throws(StorageError) -> RotationDocument {
    if let known = rotations[team] { return known }
    return try await RotationDocument.read(team: team, from: storage)
  }

  private func isActive(_ email: String) -> Bool { activeOwners?.contains(email) ?? true }

  private func named(_ match: RuleMatch) -> Result {
    let owner: String? = if case .person(let email) = match.target { email } else { match.owner }
    return result(match, team: nil, owner: owner, candidates: [])
  }

  private func assign(
    _ match: RuleMatch, to first: String, takesTurn: Bool, declined: Set<String>, preferred: String?, now: Date
  ) async throws(StorageError) -> Result {
    let roster = try await roster()
    var visited: Set<String> = []
    var candidates: [RoutingTrace.Candidate] = []
    var name = first
    while visited.insert(name).inserted, let team = policy.routing.team(named: name) {
      let document = try await rotation(of: name)
      let choice = try await choose(in: team, document, roster, declined, now)
      candidates += choice.candidates
      if let next = choice.overflowTeam, !visited.contains(next) {
        name = next
        continue
      }
      if let kept = keep(preferred, in: team, choice) {
        return result(match, team: name, owner: kept, candidates: candidates)
      }
      return chosen(match, team, choice, document, candidates, takesTurn)
    }
    return result(match, team: first, owner: nil, candidates: candidates)
  }

  private func choose(
    in team: Team, _ document: RotationDocument, _ roster: [String: RepStatus], _ declined: Set<String>, _ now: Date
  ) async throws(StorageError) -> AssignmentOutcome {
    let emails = team.members.map(\.email)
    let loads = try await storage.loads(of: emails)
    let last = team.assignment == .leastLoaded ? try await storage.lastAssignments(of: emails) : [:]
    return Assignment.choose(
      team: team, roster: roster, rotation: document.state, loads: loads, lastAssigned: last, declined: declined,
      now: now)
  }

  /// The one who already has the company's or the person's earlier lead keeps it, if they can take it now.
  private func keep(_ preferred: String?, in team: Team, _ choice: AssignmentOutcome) -> String? {
    guard let preferred, team.assignment != .none else { return nil }
    return choice.candidates.contains { $0.email == preferred && $0.gate == nil } ? preferred : nil
  }

  private func chosen(
    _ match: RuleMatch, _ team: Team, _ choice: AssignmentOutcome, _ document: RotationDocument,
    _ candidates: [RoutingTrace.Candidate], _ takesTurn: Bool
  ) -> Result {
    var result = result(match, team: team.name, owner: choice.owner, candidates: candidates)
    result.startsAt = choice.waitUntil
    guard takesTurn, choice.tookTurn, let owner = choice.owner else { return result }
    result.turn = Desk.Turn(team: team.name, member: owner, sharedBy: choice.sharedBy)
    result.decision.tookTurn = true
    result.rotation = document.changed(to: choice.rotation)
    return result
  }

  private func result(
    _ match: RuleMatch, team: String?, owner: String?, candidates: [RoutingTrace.Candidate]
  ) -> Result {
    let trace = RoutingTrace(configVersion: policy.version, steps: match.steps, candidates: candidates)
    let decision = RoutingDecision(
      decidedBy: match.decidedBy, team: team, owner: owner, reason: match.reason, tookTurn: false, trace: trace)
    return Result(decision: decision, team: team, owner: owner)
  }

  private func roster() async throws(StorageError) -> [String: RepStatus] {
    var roster = try await RosterDocument.read(from: storage)
    guard let activeOwners else { return roster }
    for member in policy.routing.teams.flatMap(\.members) where member.hubspot == nil {
      roster[member.email, default: RepStatus()].activeInCRM = activeOwners.contains(member.email)
    }
    return roster
  }
}
