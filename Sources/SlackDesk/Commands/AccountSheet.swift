import RevOps
import SlackAPI

/// What the CRM knows of an account that Baton has no lead of.
struct AccountSheet {
  var query: CRM.Query
  var facts: CRMFacts
  var recordURL: @Sendable (String) -> String?

  /// Nil: the CRM doesn't know it either.
  var message: Message? {
    guard facts.checked, facts.contactID != nil || facts.companyID != nil else { return nil }
    let asked = query.email.isEmpty ? query.domain ?? query.company ?? "" : query.email
    let title: Mrkdwn = "No lead for \(asked, max: 100), but HubSpot knows \(name, max: 200):"
    return Message(text: title, blocks: [.text(title), .text(Mrkdwn.lines(lines))])
  }

  private var name: String { facts.companyName ?? (query.email.isEmpty ? "the account" : query.email) }

  private var lines: [Mrkdwn] {
    let owner = facts.accountOwner ?? facts.contactOwner
    let link = facts.contactID.flatMap { recordURL($0) }.map { Mrkdwn.link($0, "Open in HubSpot") }
    return [
      "*Account* \(Self.stage(facts.accountStage))",
      owner.map { "*Owner* \($0, max: 200)" } ?? "*Owner* nobody",
      facts.dealOwner.map { "*Open deal with* \($0, max: 200)" } ?? Mrkdwn(),
      facts.lifecycleStage.map { "*Lifecycle stage* \($0, max: 100)" } ?? Mrkdwn(),
      facts.optedOut ? "They opted out of e-mail." : Mrkdwn(), link ?? Mrkdwn(),
    ]
  }

  private static func stage(_ stage: AccountStage) -> String {
    switch stage {
    case .customer: "customer"
    case .openDeal: "open deal"
    case .known: "known, no deal"
    case .none: "no account"
    }
  }
}
