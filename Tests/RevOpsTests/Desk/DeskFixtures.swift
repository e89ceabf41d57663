import Foundation
import RevOps
import Testing

/// A lead of the team `sales`, owned by Jo, as people find it at the desk.
enum DeskFixture {
  static let now = Date(timeIntervalSince1970: 1_772_442_000)
  static let jo = "jo@n.example"
  static let an = "an@n.example"
  static let turn = Desk.Turn(
    team: "sales", member: jo, sharedBy: [RotationState.Contender(email: jo), RotationState.Contender(email: an)])

  static func policy(_ change: (inout Playbook) -> Void = { _ in }) -> Policy {
    let sales = Team(
      name: "sales", channel: "#sales", manager: "maria@n.example", assignment: .roundRobin,
      members: [Member(email: jo), Member(email: an)])
    let triage = Team(
      name: "triage", channel: "#triage", manager: "tom@n.example", assignment: .none,
      members: [Member(email: "sdr@n.example")])
    var playbook = Playbook()
    playbook.admins = ["root@n.example"]
    change(&playbook)
    return Policy(
      version: "0", routing: RoutingPolicy(teams: [sales, triage], rules: [], fallback: .team("sales")),
      scoring: ScoringPolicy(
        rulesWeight: ExactDecimal(1), llmWeight: ExactDecimal(0), qualifyThreshold: ExactDecimal(1),
        nurtureThreshold: ExactDecimal(0), llmLimit: ExactDecimal(0), rules: []),
      playbook: playbook)
  }

  static func lead(_ state: LeadState) -> Lead {
    var random = SeededGenerator(seed: 1)
    let payload = LeadPayload(email: "ada@acme.example")
    let intake = Intake(channel: .form, receivedAt: now, identity: payload.email, payload: payload, raw: nil)
    var lead = Lead(id: LeadID(identity: payload.email, now: now, random: &random), intake: intake)
    lead.state = state
    lead.desk.team = "sales"
    lead.desk.owner = jo
    lead.desk.turn = turn
    lead.desk.assignedAt = now.addingTimeInterval(-3_600)
    if [.claimed, .worked, .closed].contains(state) { lead.desk.claimedAt = now.addingTimeInterval(-1_800) }
    if [.worked, .closed].contains(state) { lead.desk.firstTouchAt = now.addingTimeInterval(-900) }
    if state == .closed { lead.desk.outcome = Outcome(result: .lost) }
    return lead
  }
}

/// Who stands before the desk.
enum Visitor: String, CaseIterable, Sendable {
  case owner, member, manager, admin, outsider, guest, nameless, `operator`

  var actor: DeskActor {
    switch self {
    case .owner: DeskActor(email: DeskFixture.jo, name: "Jo", isFullMember: true)
    case .member: DeskActor(email: DeskFixture.an, name: "An", isFullMember: true)
    case .manager: DeskActor(email: "maria@n.example", name: "Maria", isFullMember: true)
    case .admin: DeskActor(email: "root@n.example", name: "Root", isFullMember: true)
    case .outsider: DeskActor(email: "eve@n.example", name: "Eve", isFullMember: true)
    case .guest: DeskActor(email: DeskFixture.jo, name: "Jo, a guest", isFullMember: false)
    case .nameless: DeskActor(email: nil, name: "Nobody", isFullMember: true)
    case .operator: .operator
    }
  }
}

/// What the desk can be asked, with what the rules promise of it.
enum Deed: String, CaseIterable, Sendable {
  case claim, release, reassign, nurture, outcome, reachedOut, qualify, disqualify

  var action: DeskCommand.Action {
    switch self {
    case .claim: .claim
    case .release: .release(reason: "busy")
    case .reassign: .reassign(to: DeskFixture.an, reason: nil)
    case .nurture: .nurture(reason: nil, revisitAt: nil)
    case .outcome: .logOutcome(Outcome(result: .won, amount: "900"))
    case .reachedOut: .reachedOut
    case .qualify: .qualify
    case .disqualify: .disqualify(reason: "spam")
    }
  }

  /// The states in which it does something.
  var states: Set<LeadState> {
    switch self {
    case .claim: [.delivered]
    case .release, .reassign: [.delivered, .claimed, .worked]
    case .nurture: [.delivered, .claimed, .worked, .inReview]
    case .outcome: [.delivered, .claimed, .worked, .closed]
    case .reachedOut: [.delivered, .claimed]
    case .qualify, .disqualify: [.inReview]
    }
  }

  /// The state it leads to.
  var result: LeadState {
    switch self {
    case .claim: .claimed
    case .release, .reassign, .qualify: .delivered
    case .nurture: .nurturing
    case .outcome: .closed
    case .reachedOut: .worked
    case .disqualify: .disqualified
    }
  }

  /// Who may, with the playbook's defaults.
  func visitors(in state: LeadState) -> Set<Visitor> {
    let anyone: Set<Visitor> = [.owner, .member, .manager, .admin, .outsider, .operator]
    return switch self {
    case .claim: anyone.subtracting([.operator])
    case .qualify, .disqualify: anyone
    case .nurture where state == .inReview: anyone
    case .reassign, .nurture: [.owner, .member, .manager, .admin, .operator]
    case .release, .outcome, .reachedOut: [.owner, .manager, .admin, .operator]
    }
  }
}
