import RevOps

/// Where a lead's card belongs, best first.
enum CardPlace: Hashable {
  case channel(String)
  /// Nobody's channel takes it: the manager gets it by direct message.
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
    if let manager = team?.manager ?? policy.playbook.admins.first { places.append(.direct(manager)) }
    var seen: Set<CardPlace> = []
    return places.filter { seen.insert($0).inserted }
  }

  /// An account owner's or named person's card goes to the first team that lists them.
  private static func home(of owner: String?, _ policy: Policy) -> Team? {
    guard let owner else { return nil }
    return policy.routing.teams.first { team in team.members.contains { $0.email == owner } }
  }

  /// Whether that refusal means that the place can't be written to, so that the next one is tried.
  static func isUndeliverable(_ error: ServiceError) -> Bool {
    let codes: Set<String> = [
      "channel_not_found", "not_in_channel", "is_archived", "user_not_found", "users_not_found", "user_disabled",
      "restricted_action", "restricted_action_read_only_channel", "cannot_dm_bot",
    ]
    return error.code.map(codes.contains) ?? false
  }
}
