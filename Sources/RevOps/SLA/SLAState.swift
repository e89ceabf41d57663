import Foundation

/// What a lead's promise says at a moment: until when it is to be claimed or somebody is to have reached out, and whether
/// that is past. Nil where none runs: nobody has a card, it is closed, in review or nurture, or `sla: off`.
public struct SLAState: Sendable, Equatable {
  /// What "Give me 30 min" gives.
  public static let snooze: TimeInterval = 30 * 60

  public var clock: DeskClock
  /// When it is overdue; nil: never, within the horizon of `WorkingClock`.
  public var due: Date?
  /// When its owner, or the channel, is reminded; nil: not before it is overdue.
  public var remindAt: Date?
  /// When it goes to the next one, or the manager is told.
  public var escalateAt: Date?

  public var kind: DeskClock.Kind { clock.kind }
  public var isSnoozed: Bool { clock.snoozedAt != nil }
  /// When there is something to do about it next; nil: all has been done.
  public var nextAt: Date? {
    if clock.escalatedAt != nil { return nil }
    if clock.remindedAt == nil, let remindAt, remindAt < escalateAt ?? .distantFuture { return remindAt }
    return escalateAt
  }

  public func isOverdue(at now: Date) -> Bool { due.map { now >= $0 } ?? false }

  /// It does not run yet: its owner's shift has not begun.
  public func isWaiting(at now: Date) -> Bool { now < clock.since }

  /// - Parameters:
  ///   - now: for a lead whose clock has not been stored yet, which begins then at the latest.
  ///   - isCarded: whether it has a card; nil: as it says. The first card shows the clock that begins with it.
  public init?(of lead: Lead, policy: Policy, now: Date, isCarded: Bool? = nil) {
    guard let sla = policy.playbook.sla,
      let clock = Self.clock(of: lead, policy: policy, now: now, isCarded: isCarded ?? (lead.desk.card != nil))
    else { return nil }
    self.clock = clock
    let hours = sla.clock == .working ? policy.routing.hours(of: clock.owner, team: lead.desk.team) : nil
    let time = SLATime(hours: hours)
    switch clock.kind {
    case .accept:
      remindAt = sla.remind < sla.accept ? time.date(sla.remind, after: clock.since) : nil
      due = time.date(sla.accept, after: clock.since)
      escalateAt = lead.isAccountOwners ? time.workingDay(after: clock.since) : due
    case .firstTouch:
      due = time.date(sla.firstTouch, after: clock.since)
      remindAt = due
      // Who has been reminded gets as long to react as anybody has to claim a lead.
      escalateAt = due.flatMap { time.date(sla.accept, after: $0) }
    }
    if let snoozedAt = clock.snoozedAt, let later = time.date(Int(Self.snooze), after: snoozedAt) {
      due = due.map { max($0, later) }
      escalateAt = escalateAt.map { max($0, later) }
    }
  }

  /// The clock that runs on the lead as it stands: the stored one, unless it is somebody else's by now.
  private static func clock(of lead: Lead, policy: Policy, now: Date, isCarded: Bool) -> DeskClock? {
    guard isCarded, let kind = kind(of: lead) else { return nil }
    let owner = lead.desk.owner
    if let stored = lead.desk.clock, stored.kind == kind, stored.owner == owner { return stored }
    return DeskClock(kind: kind, owner: owner, since: start(of: kind, lead, policy, now))
  }

  private static func kind(of lead: Lead) -> DeskClock.Kind? {
    guard !lead.intake.bulk else { return nil }
    switch lead.state {
    case .delivered: return .accept
    case .claimed: return lead.desk.firstTouchAt == nil ? .firstTouch : nil
    default: return nil
    }
  }

  /// Whoever is to claim a lead is asked in their own time, also where the clock always runs.
  private static func start(of kind: DeskClock.Kind, _ lead: Lead, _ policy: Policy, _ now: Date) -> Date {
    guard kind == .accept else { return now }
    let start = max(now, lead.desk.startsAt ?? now)
    guard let hours = policy.routing.hours(of: lead.desk.owner, team: lead.desk.team) else { return start }
    return hours.nextOpening(after: start) ?? start
  }
}

/// Time that counts: in somebody's hours, or always.
struct SLATime {
  let hours: WorkingHours?

  func date(_ seconds: Int, after start: Date) -> Date? {
    guard let hours else { return start.addingTimeInterval(TimeInterval(seconds)) }
    return hours.adding(workingSeconds: TimeInterval(seconds), to: start)
  }

  /// As much working time as a day has.
  func workingDay(after start: Date) -> Date? {
    guard let hours else { return start.addingTimeInterval(86_400) }
    let minutes = hours.to > hours.from ? hours.to - hours.from : hours.to - hours.from + 1_440
    return date(minutes * 60, after: start)
  }
}

extension RoutingPolicy {
  /// When that person works, or for nobody in particular the team; nil: at any time.
  public func hours(of owner: String?, team name: String?) -> WorkingHours? {
    let team = name.flatMap { self.team(named: $0) }
    guard let owner else { return team?.hours }
    let home = ([team].compactMap { $0 } + teams).first { team in team.members.contains { $0.email == owner } }
    return home?.members.first { $0.email == owner }?.hours ?? (home ?? team)?.hours
  }
}

extension Lead {
  /// A rule gave it to the account's or the deal's owner: it stays theirs.
  var isAccountOwners: Bool {
    guard let owner = desk.owner, desk.team == nil, let crm = facts?.crm else { return false }
    return owner == crm.accountOwner || owner == crm.dealOwner
  }
}
