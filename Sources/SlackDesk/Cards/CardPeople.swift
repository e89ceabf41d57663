import RevOps
import SlackAPI

/// The people that a card names, as far as the workspace knows them. Keys are folded e-mail addresses.
public struct CardPeople: Sendable, Equatable {
  public var known: [String: ChatPerson]
  /// Asked for and not in Slack; the card says so. Anybody in neither is shown by address.
  public var absent: Set<String>

  public init(known: [String: ChatPerson] = [:], absent: Set<String> = []) {
    self.known = known
    self.absent = absent
  }

  func name(_ email: String) -> String { known[email]?.name ?? email }

  /// The person as a mention, or by name where nobody is to be called.
  func reference(_ email: String, mentioned: Bool) -> Mrkdwn {
    if let person = known[email] { return mentioned ? Mrkdwn.mention(person.id) : Mrkdwn(person.name) }
    return absent.contains(email) ? "\(email) (not in Slack)" : Mrkdwn(email)
  }

  /// Whom the card of this lead names.
  static func named(on lead: Lead) -> [String] {
    let actor = lead.desk.undo.map(\.by).flatMap { $0.contains("@") ? $0 : nil }
    var seen: Set<String> = []
    return [lead.desk.owner, lead.desk.previousOwner, actor].compactMap { $0 }.filter { seen.insert($0).inserted }
  }
}
