import RevOps

/// Somebody whom the configuration names, with all that they are named for.
struct NamedPerson: Sendable, Equatable {
  let email: String
  /// "rep of emea-fintech", "manager of emea-fintech", "admin", "named by a rule".
  private(set) var roles: [String] = []
  /// What Slack and HubSpot know them by, where it differs.
  private(set) var slack: String?
  private(set) var hubspot: String?
  /// Whether leads are given to them, so that HubSpot has to have them as an owner.
  private(set) var ownsLeads = false

  private init(email: String) { self.email = email }

  /// Everybody, each once, in the order of the files.
  static func all(in policy: Policy) -> [NamedPerson] {
    var people: [String: NamedPerson] = [:]
    var order: [String] = []
    func note(_ email: String, _ role: String, _ change: (inout NamedPerson) -> Void = { _ in }) {
      if people[email] == nil { order.append(email) }
      var person = people[email] ?? NamedPerson(email: email)
      person.roles.append(role)
      change(&person)
      people[email] = person
    }
    for team in policy.routing.teams {
      for member in team.members {
        note(member.email, "rep of \(team.name)") { person in
          person.slack = person.slack ?? member.slack
          person.hubspot = person.hubspot ?? member.hubspot
          person.ownsLeads = true
        }
      }
      if let manager = team.manager { note(manager, "manager of \(team.name)") }
    }
    for email in policy.namedByRules.sorted() { note(email, "named by a rule") { $0.ownsLeads = true } }
    for email in policy.playbook.admins { note(email, "admin") }
    return order.compactMap { people[$0] }
  }

  /// "jonas@northwind.example (rep of emea-fintech)", with the other name where one is used.
  func words(knownAs alias: String?) -> String {
    let other = alias.map { $0 == email ? "" : ", there \($0)" } ?? ""
    return "\(email) (\(roles.joined(separator: ", "))\(other))"
  }
}

extension Policy {
  /// People to whom a rule gives leads by name.
  fileprivate var namedByRules: Set<String> {
    Set(
      (routing.rules.map(\.assign) + [routing.fallback]).compactMap { target in
        if case .person(let email) = target { email } else { nil }
      })
  }
}
