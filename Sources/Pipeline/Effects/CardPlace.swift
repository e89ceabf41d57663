import Foundation
import RevOps

/// Where a lead's card belongs, best first.
enum CardPlace: Hashable {
  case channel(String)
  /// Nobody's channel takes it: the manager, else an admin, gets it by direct message.
  case direct(String)

  static func candidates(_ lead: Lead, policy: Policy) -> [CardPlace] {
    let notify = policy.playbook.notify
    let team = lead.desk.team.flatMap { policy.routing.team(named: $0) } ?? home(of: lead.desk.owner, policy)
    let first: String? =
      switch lead.state {
      case .inReview: notify.triageChannel ?? team?.channel
      default: team?.channel
      }
    var places = [first, notify.channel].compactMap { $0 }.map { CardPlace.channel($0) }
    places += ([team?.manager].compactMap { $0 } + policy.playbook.admins).map { .direct($0) }
    return places.uniqued()
  }

  /// The channel in whose list the lead is told of instead of by a card; nil: it gets a card.
  static func list(for lead: Lead, since decided: Date, policy: Policy, now: Date) -> String? {
    guard StaleList.holds(lead, since: decided, policy: policy, now: now) else { return nil }
    return candidates(lead, policy: policy).lazy.compactMap { place in
      if case .channel(let name) = place { name } else { nil }
    }.first
  }

  /// An account owner's or named person's card goes to the first team that lists them.
  private static func home(of owner: String?, _ policy: Policy) -> Team? {
    guard let owner else { return nil }
    return policy.routing.teams.first { team in team.members.contains { $0.email == owner } }
  }

  /// For the lead's history.
  var name: String {
    switch self {
    case .channel(let name): name
    case .direct(let email): email
    }
  }

  /// Who is told what one person should know, best first.
  static func recipients(insteadOf email: String, of lead: Lead, policy: Policy) -> [String] {
    let team = home(of: email, policy) ?? lead.desk.team.flatMap { policy.routing.team(named: $0) }
    return ([email] + [team?.manager].compactMap { $0 } + policy.playbook.admins).uniqued()
  }
}
