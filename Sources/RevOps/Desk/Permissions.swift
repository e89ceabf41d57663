/// What somebody may want to do; each has its key under `permissions:` of the playbook.
public enum Permission: String, Sendable, CaseIterable {
  case lookUp = "look_up"
  case claim
  case reassign
  case nurture
  case release
  case outcome
  case triage
  case retry
}

/// The one answer to "may they?", for buttons, modals and commands alike.
public enum Permissions {
  /// Nil: they may. Otherwise a sentence for them that names who may.
  public static func refusal(
    of permission: Permission, to actor: DeskActor, on lead: Lead?, policy: Policy
  ) -> String? {
    if actor.isOperator { return nil }
    guard let email = actor.email, actor.isFullMember else { return refusal(ofNewLeadTo: actor) }
    if permission == .lookUp, policy.playbook.permissions.lookUp == .anyone { return nil }
    if policy.playbook.admins.contains(email) { return nil }
    if permission == .lookUp, lead == nil { return refusal(ofLookingUpTo: email, policy: policy) }
    let team = lead.flatMap { $0.desk.team }.flatMap { policy.routing.team(named: $0) }
    if let team, team.manager == email { return nil }
    if permission == .triage, let name = policy.playbook.notify.reviewTeam {
      return refusal(ofReviewTeam: name, to: email, policy: policy)
    }
    return refusal(to: email, among: policy.playbook.permissions.who(for: permission), lead: lead, team: team)
  }

  /// Whether somebody may say that a member of a team is away or back, or how many leads they take: of themselves, as
  /// the manager of a team that lists them, or as an admin.
  public static func refusal(ofAvailabilityOf member: String, to actor: DeskActor, policy: Policy) -> String? {
    if let refusal = refusal(ofNewLeadTo: actor) { return refusal }
    if actor.isOperator || actor.email == member { return nil }
    if let email = actor.email, policy.playbook.admins.contains(email) { return nil }
    let teams = policy.routing.teams.filter { team in team.members.contains { $0.email == member } }
    if teams.contains(where: { $0.manager != nil && $0.manager == actor.email }) { return nil }
    let managers = teams.compactMap(\.manager).joined(separator: ", ")
    return "Only \(member)\(managers.isEmpty ? "" : ", their manager (\(managers))") and admins can do that."
  }

  /// Whether somebody may bring in a lead: every full member of the workspace may.
  public static func refusal(ofNewLeadTo actor: DeskActor) -> String? {
    guard actor.isFullMember else { return "Only full members of this workspace can do that." }
    guard actor.email == nil else { return nil }
    return "Your Slack profile shows no e-mail address, so Baton can't tell who you are. Ask a workspace admin."
  }

  /// Looking at no lead in particular: what is found is asked for one by one.
  private static func refusal(ofLookingUpTo email: String, policy: Policy) -> String? {
    switch policy.playbook.permissions.lookUp {
    case .anyone, .owner: return nil
    case .team:
      let isMember = policy.routing.teams.contains { team in
        team.manager == email || team.members.contains { $0.email == email }
      }
      return isMember ? nil : "Only members of a team, their managers and admins can look leads up."
    case .admins:
      let manages = policy.routing.teams.contains { $0.manager == email }
      return manages ? nil : "Only admins and managers can look leads up."
    }
  }

  private static func refusal(ofReviewTeam name: String, to email: String, policy: Policy) -> String? {
    let team = policy.routing.team(named: name)
    if team?.manager == email || team?.members.contains(where: { $0.email == email }) == true { return nil }
    return "Only members of \(name), their manager and admins can triage leads."
  }

  private static func refusal(
    to email: String, among who: Playbook.Permissions.Who, lead: Lead?, team: Team?
  ) -> String? {
    switch who {
    case .anyone:
      return nil
    case .team:
      if team?.members.contains(where: { $0.email == email }) == true || lead?.desk.owner == email { return nil }
      let name = team.map { "Members of \($0.name)" } ?? "The owner"
      return "\(name)\(managerNote(team)) and admins can do that."
    case .owner:
      if lead?.desk.owner == email { return nil }
      let owner = lead?.desk.owner.map { "Its owner (\($0))" } ?? "Whoever claims it"
      return "\(owner)\(managerNote(team)) and admins can do that."
    case .admins:
      return "Only admins\(managerNote(team)) can do that."
    }
  }

  private static func managerNote(_ team: Team?) -> String {
    team?.manager.map { ", the team's manager (\($0))" } ?? ""
  }
}

extension Playbook.Permissions {
  func who(for permission: Permission) -> Who {
    switch permission {
    case .lookUp: lookUp
    case .claim: claim
    case .reassign: reassign
    case .nurture: nurture
    case .release: release
    case .outcome: outcome
    case .triage: triage
    case .retry: retry
    }
  }
}
