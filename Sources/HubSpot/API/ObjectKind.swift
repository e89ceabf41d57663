/// The kinds of record that Baton reads and writes, as HubSpot's paths name them.
public enum ObjectKind: String, Sendable, CaseIterable {
  case contacts
  case companies
  case deals
  case notes
  case tasks
  case calls
  case emails
  case meetings

  /// As the path of a default association names it.
  var singular: String {
    switch self {
    case .contacts: "contact"
    case .companies: "company"
    case .deals: "deal"
    case .notes: "note"
    case .tasks: "task"
    case .calls: "call"
    case .emails: "email"
    case .meetings: "meeting"
    }
  }
}
