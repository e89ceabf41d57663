import Foundation
import RevOps
import SlackAPI

/// Reads what somebody's Home tab shows.
struct HomeContent {
  private let ports: DeskPorts
  private let policy: Policy
  private let now: Date
  /// Of the last seven days, read once for everybody who is shown anew together.
  private let week: [Lead]

  init(_ ports: DeskPorts, week: [Lead]) {
    self.ports = ports
    self.week = week
    policy = ports.policy()
    now = ports.now()
  }

  private var leads: any Leads { ports.leads }

  func view(of email: String) async throws(StorageError) -> View {
    let routing = policy.routing
    let roster = try await Roster.read(from: ports.documents)
    let isMember = routing.isMember(email)
    let open = sorted(try await OpenLeads(leads).of(email))
    let managed = routing.teams.filter { $0.manager == email }
    let own = routing.teams.filter { team in team.members.contains { $0.email == email } }
    let waiting = try await queue(of: own + managed, for: email)
    var teams: [HomeView.Team] = []
    for team in managed { teams.append(try await self.team(team, roster)) }
    let names = Set(managed.map(\.name))
    return HomeView(
      rep: isMember ? try await rep(email, roster) : nil, open: open, queue: waiting,
      week: DeskFigures(of: week.filter { $0.desk.owner == email }),
      teamWeek: managed.isEmpty ? nil : DeskFigures(of: week.filter { $0.desk.team.map(names.contains) ?? false }),
      teams: teams,
      look: await LeadLook(
        at: Array(open.prefix(30)) + waiting.prefix(30), directory: ports.directory, policy: policy, now: now)
    ).view
  }

  /// The overdue first, then those whose promise ends first, then the newest.
  private func sorted(_ leads: [Lead]) -> [Lead] {
    let due = leads.map { ($0, SLAState(of: $0, policy: policy, now: now)?.due ?? .distantFuture) }
    return due.sorted { ($0.1, $1.0.intake.receivedAt) < ($1.1, $0.0.intake.receivedAt) }.map(\.0)
  }

  /// What waits in somebody's teams; whoever is in none may take from all.
  private func queue(of teams: [Team], for email: String) async throws(StorageError) -> [Lead] {
    let actor = DeskActor(email: email, name: email, isFullMember: true)
    let names = Set(teams.map(\.name))
    return try await OpenLeads(leads).waiting().filter { lead in
      (names.isEmpty || lead.desk.team.map(names.contains) ?? true)
        && Permissions.refusal(of: .lookUp, to: actor, on: lead, policy: policy) == nil
    }
  }

  private func rep(_ email: String, _ roster: [String: RepStatus]) async throws(StorageError) -> HomeView.Rep {
    let status = roster[email] ?? RepStatus()
    return HomeView.Rep(
      email: email, name: await ports.directory.named(email, asking: true),
      open: try await leads.loads(of: [email])[email] ?? 0,
      limit: status.capacityOverride ?? policy.routing.capacity(of: email), status: status,
      hours: policy.routing.hours(of: email, team: nil))
  }

  private func team(_ team: Team, _ roster: [String: RepStatus]) async throws(StorageError) -> HomeView.Team {
    var members: [HomeView.Rep] = []
    var overdue = 0
    for member in team.members.prefix(HomeView.membersShown) {
      members.append(try await rep(member.email, roster))
      overdue += try await OpenLeads(leads).of(member.email).count { lead in
        lead.desk.team == team.name && SLAState(of: lead, policy: policy, now: now)?.isOverdue(at: now) == true
      }
    }
    let unclaimed = try await OpenLeads(leads).waiting().count { $0.desk.team == team.name && $0.state == .delivered }
    return HomeView.Team(name: team.name, members: members, unclaimed: unclaimed, overdue: overdue)
  }
}
