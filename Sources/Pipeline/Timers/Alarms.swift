import Foundation
import RevOps

/// Which timers a lead needs as it stands. Worked out at each commit, so that whatever changes a lead, a click, a timer or
/// an answer from a service, also sets and cancels what follows from it.
struct Alarms: Sendable {
  let policy: Policy
  let now: Date

  /// How long a lead that all were too busy for waits for the next look.
  static let handOverEvery: TimeInterval = 5 * 60

  struct Change {
    var set: [LeadTimer] = []
    var cancelled: [String] = []
  }

  /// Brings the lead's clock up to date, and gives what has to become of its timers.
  func settle(_ lead: inout Lead) -> Change {
    let state = SLAState(of: lead, policy: policy, now: now)
    lead.desk.clock = state?.clock
    var wanted: [LeadTimer.Kind: Date] = [:]
    if let state { wanted[Self.kind(of: state.kind)] = state.nextAt }
    wanted[.handOver] = handOver(lead)
    wanted[.revisit] = lead.state == .nurturing ? lead.desk.revisitAt : nil
    return change(from: &lead, to: wanted)
  }

  static func kind(of clock: DeskClock.Kind) -> LeadTimer.Kind {
    switch clock {
    case .accept: .accept
    case .firstTouch: .firstTouch
    }
  }

  private func change(from lead: inout Lead, to wanted: [LeadTimer.Kind: Date]) -> Change {
    var change = Change()
    let old = lead.desk.alarms ?? [:]
    for kind in [LeadTimer.Kind.accept, .firstTouch, .handOver, .revisit] where old[kind.rawValue] != wanted[kind] {
      if let due = wanted[kind] {
        change.set.append(LeadTimer(kind, of: lead.id, due: due))
      } else {
        change.cancelled.append(LeadTimer(kind, of: lead.id, due: now).key)
      }
    }
    let alarms = Dictionary(uniqueKeysWithValues: wanted.map { ($0.key.rawValue, $0.value) })
    lead.desk.alarms = alarms.isEmpty ? nil : alarms
    return change
  }

  /// The team gives its leads to somebody, and nobody could take this one: as long as it is open, in the team's hours.
  private func handOver(_ lead: Lead) -> Date? {
    guard lead.state == .delivered, lead.desk.owner == nil,
      let team = lead.desk.team.flatMap({ policy.routing.team(named: $0) }), team.assignment != .none,
      EarlierLead.isOpen(lead, reopenAfter: policy.playbook.reopenAfter, now: now)
    else { return nil }
    if let set = lead.desk.alarms?[LeadTimer.Kind.handOver.rawValue] { return set }
    let next = now.addingTimeInterval(Self.handOverEvery)
    return team.hours.map { $0.nextOpening(after: next) ?? next } ?? next
  }
}
