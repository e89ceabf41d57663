/// A person who acts, as far as the chat workspace knows them.
public struct DeskActor: Sendable, Equatable {
  /// Folded; nil: their profile shows none.
  public var email: String?
  public var name: String
  /// Guests, members of other workspaces and bots may do nothing.
  public var isFullMember: Bool
  /// The admin API, which its token has already authorised.
  public var isOperator: Bool

  public init(email: String?, name: String, isFullMember: Bool, isOperator: Bool = false) {
    self.email = email
    self.name = name
    self.isFullMember = isFullMember
    self.isOperator = isOperator
  }

  public init(_ person: ChatPerson) {
    self.init(
      email: person.email, name: person.name, isFullMember: person.isFullMember && !person.isDeactivated)
  }

  public static let `operator` = DeskActor(
    email: "admin", name: "An administrator", isFullMember: true, isOperator: true)

  public static let crm = DeskActor(email: nil, name: "HubSpot", isFullMember: true, isOperator: true)

  /// How history names them.
  public var auditName: String { email ?? name }
}
