import Foundation

/// Chooses the owner of a lead within its team.
public enum Assignment {
  /// Pure: the same arguments give the same answer, in whatever order the dictionaries are. The outcome's rotation is to
  /// be stored if the turn counts, and dropped for a mere proposal.
  ///
  /// - Parameters:
  ///   - roster: By e-mail address, as are `loads` (open leads) and `lastAssigned`.
  ///   - declined: Those who released this lead: it isn't offered to them again, and its turn isn't shared by them.
  public static func choose(
    team: Team, roster: [String: RepStatus] = [:], rotation: RotationState = RotationState(),
    loads: [String: Int] = [:], lastAssigned: [String: Date] = [:], declined: Set<String> = [], now: Date
  ) -> AssignmentOutcome {
    let facts = DeskFacts(roster: roster, loads: loads, lastAssigned: lastAssigned, declined: declined, now: now)
    return TeamMoment(team: team, facts: facts, rotation: rotation).outcome()
  }
}

/// One team at one moment.
private struct TeamMoment {
  let team: Team
  let facts: DeskFacts
  let rotation: RotationState
  let members: [Availability]

  init(team: Team, facts: DeskFacts, rotation: RotationState) {
    self.team = team
    self.facts = facts
    self.rotation = rotation
    members = team.members.map { Availability(of: $0, in: team, facts: facts) }
  }

  func outcome() -> AssignmentOutcome {
    if team.assignment == .none { return unassigned(.channelClaims) }
    return assigned(among: assignable.filter(\.isAvailable)) ?? whenUnavailable()
  }

  /// Without a weight a member takes no turns.
  private var assignable: [Availability] {
    team.assignment == .roundRobin ? members.filter { $0.member.weight > ExactDecimal(0) } : members
  }

  private func whenUnavailable() -> AssignmentOutcome {
    switch team.whenUnavailable {
    case .wait: waiting() ?? unassigned(lacking)
    case .anyone: assigned(among: assignable.filter { $0.fails(only: [.outsideHours]) }) ?? unassigned(lacking)
    case .team(let name): overflow(to: name)
    }
  }

  /// Among those who come on shift first; the rule of the team decides between several.
  private func waiting() -> AssignmentOutcome? {
    let starts = assignable.map { ($0, $0.start(after: facts.now)) }
    guard let earliest = starts.compactMap(\.1).min() else { return nil }
    var outcome = assigned(among: starts.filter { $0.1 == earliest }.map(\.0))
    outcome?.waitUntil = earliest
    return outcome
  }

  private func overflow(to name: String) -> AssignmentOutcome {
    var outcome = unassigned(.overflow)
    outcome.overflowTeam = name
    return outcome
  }

  private var lacking: AssignmentOutcome.Unassigned {
    let full = assignable.contains {
      $0.gates.contains(.atCapacity) && $0.fails(only: [.outsideHours, .away, .atCapacity])
    }
    return full ? .atCapacity : .nobodyAvailable
  }
}

extension TeamMoment {
  private func assigned(among eligible: [Availability]) -> AssignmentOutcome? {
    switch team.assignment {
    case .roundRobin: nextTurn(among: eligible)
    case .leastLoaded: leastLoaded(among: eligible)
    case .none: nil
    }
  }

  private func nextTurn(among eligible: [Availability]) -> AssignmentOutcome? {
    let contenders = eligible.map { RotationState.Contender(email: $0.member.email, weight: $0.member.weight) }
    var outcome = blank
    guard let owner = outcome.rotation.next(available: contenders) else { return nil }
    outcome.owner = owner
    outcome.tookTurn = true
    outcome.sharedBy = contenders
    return outcome
  }

  /// Fewest open leads; of equals the one assigned longest ago, never before all; of equals the first in the policy.
  private func leastLoaded(among eligible: [Availability]) -> AssignmentOutcome? {
    let ranked = eligible.map(\.member.email).map {
      (email: $0, load: facts.loads[$0] ?? 0, last: facts.lastAssigned[$0] ?? .distantPast)
    }
    // `min` returns the first of equals.
    guard let owner = ranked.min(by: { ($0.load, $0.last) < ($1.load, $1.last) })?.email else { return nil }
    var outcome = blank
    outcome.owner = owner
    return outcome
  }

  private func unassigned(_ reason: AssignmentOutcome.Unassigned) -> AssignmentOutcome {
    var outcome = blank
    outcome.unassigned = reason
    return outcome
  }

  private var blank: AssignmentOutcome {
    AssignmentOutcome(candidates: members.map(candidate), rotation: rotation)
  }

  private func candidate(_ availability: Availability) -> RoutingTrace.Candidate {
    let email = availability.member.email
    let standing: ExactDecimal? =
      switch team.assignment {
      case .roundRobin: rotation.standing(of: email)
      case .leastLoaded: ExactDecimal(facts.loads[email] ?? 0)
      case .none: nil
      }
    return RoutingTrace.Candidate(email: email, gate: availability.gates.first, standing: standing)
  }
}
