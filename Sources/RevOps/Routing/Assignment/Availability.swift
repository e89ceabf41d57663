import Foundation

/// What keeps one member of a team from a lead at one moment.
struct Availability: Sendable {
  typealias Gate = RoutingTrace.Candidate.Gate

  let member: Member
  /// The gates that fail, in the order of `Gate`: hours, away, capacity, Slack, CRM, declined. The first is shown.
  let gates: [Gate]
  private let hours: WorkingHours?
  private let awayUntil: Date?

  init(of member: Member, in team: Team, facts: DeskFacts) {
    let status = facts.roster[member.email] ?? RepStatus()
    let hours = member.hours ?? team.hours
    self.member = member
    self.hours = hours
    awayUntil = status.awayUntil
    gates = Gate.allCases.filter { gate in
      switch gate {
      case .outsideHours: hours.map { !$0.isOpen(at: facts.now) } ?? false
      case .away: status.isAway(at: facts.now)
      case .atCapacity: Self.isFull(member, status, load: facts.loads[member.email] ?? 0)
      case .inactiveInSlack: status.activeInSlack == false
      case .inactiveInCRM: status.activeInCRM == false
      case .declined: facts.declined.contains(member.email)
      }
    }
  }

  private static func isFull(_ member: Member, _ status: RepStatus, load: Int) -> Bool {
    (status.capacityOverride ?? member.capacity).map { load >= $0 } ?? false
  }

  var isAvailable: Bool { gates.isEmpty }

  /// Whether nothing but these is in the way.
  func fails(only tolerated: Set<Gate>) -> Bool { gates.allSatisfy(tolerated.contains) }

  /// When the member comes on shift, back from leave if its end is known; nil if time alone doesn't bring them.
  func start(after now: Date) -> Date? {
    guard fails(only: [.outsideHours, .away]) else { return nil }
    guard gates.contains(.away) else { return opening(after: now) }
    return awayUntil.flatMap(opening(after:))
  }

  private func opening(after date: Date) -> Date? {
    guard let hours else { return date }
    return hours.nextOpening(after: date)
  }
}

/// What an assignment is decided by, beside the team and its rotation.
struct DeskFacts: Sendable {
  var roster: [String: RepStatus]
  /// Open leads by e-mail address.
  var loads: [String: Int]
  var lastAssigned: [String: Date]
  var declined: Set<String>
  var now: Date
}
