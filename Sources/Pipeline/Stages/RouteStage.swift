import Foundation
import RevOps

/// Gives the lead to somebody: reads what routing has to know of the teams concerned and lets the rules decide.
struct RouteStage: Sendable {
  let policy: Policy
  let storage: any Storage
  /// Folded e-mail addresses of people who own records in the CRM; nil: not known, everybody counts as active.
  let activeOwners: Set<String>?
  /// Rotations that the same commit already changes (a returned turn), by team; the others are read.
  var rotations: [String: RotationDocument] = [:]

  struct Result: Sendable {
    var answer: RoutingAnswer
    var basis: RoutingBasis
    /// The rotation after the turn, to be stored with the decision.
    var rotation: DocumentChange?
  }

  func callAsFunction(
    _ facts: LeadFacts, score: ExactDecimal, path: Path, declined: Set<String> = [], preferred: String? = nil,
    companyOwners: [String: String] = [:], now: Date
  ) async throws(StorageError) -> Result {
    let match = RuleMatching.match(facts, policy: policy.routing, score: score, isActive: isActive)
    var situation = RoutingSituation(declined: declined, preferred: preferred, now: now)
    situation.companyOwners = companyOwners
    var documents: [String: RotationDocument] = [:]
    if case .team(let name) = match.target, path != .nurture {
      let teams = Routing.chain(from: name, policy: policy.routing)
      documents = try await read(teams, into: &situation)
    }
    let answer = Routing.decide(match, path: path, policy: policy, situation: situation)
    let basis = RoutingBasis(path: path, situation: situation, inactiveOwners: inactiveOwners(facts.crm))
    guard let turn = answer.turn, let rotation = answer.rotation else { return Result(answer: answer, basis: basis) }
    return Result(answer: answer, basis: basis, rotation: documents[turn.team]?.changed(to: rotation))
  }

  private func isActive(_ email: String) -> Bool { activeOwners?.contains(email) ?? true }

  private func inactiveOwners(_ crm: CRMFacts) -> [String] {
    Set([crm.accountOwner, crm.dealOwner].compactMap(\.self)).filter { !isActive($0) }.sorted()
  }

  private func read(
    _ teams: [Team], into situation: inout RoutingSituation
  ) async throws(StorageError) -> [String: RotationDocument] {
    var documents = rotations
    for team in teams where documents[team.name] == nil {
      documents[team.name] = try await RotationDocument.read(team: team.name, from: storage)
    }
    let emails = teams.flatMap(\.members).map(\.email)
    // A commit in progress may hold other teams' rotations, which decide nothing here.
    situation.rotations = documents.filter { entry in teams.contains { $0.name == entry.key } }.mapValues(\.state)
    situation.loads = try await storage.loads(of: emails)
    if teams.contains(where: { $0.assignment == .leastLoaded }) {
      situation.lastAssigned = try await storage.lastAssignments(of: emails)
    }
    situation.roster = try await roster(of: teams).filter { emails.contains($0.key) }
    return documents
  }

  private func roster(of teams: [Team]) async throws(StorageError) -> [String: RepStatus] {
    var roster = try await Roster.read(from: storage)
    guard let activeOwners else { return roster }
    for member in teams.flatMap(\.members) {
      roster[member.email, default: RepStatus()].activeInCRM = activeOwners.contains(member.email)
    }
    return roster
  }
}
