import RevOps
import SlackAPI

/// The row of buttons: only what still does something, each carrying nothing but the lead's id.
struct CardButtons {
  let context: CardContext
  let title: LeadTitle

  var block: Block? {
    let buttons = DeskRules.offered(on: context.lead, now: context.now)
      .map { Element.button(Self.button($0, on: context.lead, title)) }
    let all = buttons + [crmLink].compactMap { $0 }.map { Element.button($0) }
    return all.isEmpty ? nil : .actions(all, id: "lead.actions")
  }

  static func button(_ kind: DeskButton, on lead: Lead, _ title: LeadTitle) -> Button {
    Button(
      CardAction.id(of: kind), label(kind), value: lead.id.description, style: style(kind),
      confirm: confirmation(kind, title), accessibilityLabel: spoken(kind, title))
  }

  private var crmLink: Button? {
    guard let url = context.crmURL, url.hasPrefix("https://") || url.hasPrefix("http://"),
      SlackText.length(url) <= SlackLimits.buttonURL
    else { return nil }
    return Button(CardAction.openCRM, "Open in HubSpot", value: context.lead.id.description, url: url)
  }

  private static func label(_ kind: DeskButton) -> PlainText {
    switch kind {
    case .claim: "Claim"
    case .reassign: "Reassign"
    case .nurture: "Nurture"
    case .logOutcome: "Log outcome"
    case .reachedOut: "I've reached out"
    case .snooze: "Give me 30 min"
    case .release: "Release"
    case .why: "Why?"
    case .undo: "Undo"
    case .qualify: "Qualify"
    case .disqualify: "Disqualify"
    }
  }

  private static func style(_ kind: DeskButton) -> Button.Style? {
    switch kind {
    case .claim, .qualify: .primary
    case .disqualify: .danger
    default: nil
    }
  }

  /// What a modal asks about (nurture, disqualify, outcome) is confirmed there; what takes effect at once, here.
  private static func confirmation(_ kind: DeskButton, _ title: LeadTitle) -> ConfirmDialog? {
    guard kind == .release else { return nil }
    return ConfirmDialog(
      title: "Release this lead?",
      text: PlainText("\(title.account) goes back to the pool and is not offered to its owner again.").clipped(to: 300),
      confirm: "Release")
  }

  private static func spoken(_ kind: DeskButton, _ title: LeadTitle) -> PlainText {
    let deed: String =
      switch kind {
      case .claim: "Claim the lead from"
      case .reassign: "Reassign the lead from"
      case .nurture: "Send to nurture the lead from"
      case .logOutcome: "Log the outcome of the lead from"
      case .reachedOut: "Say that you have reached out to"
      case .snooze: "Ask for thirty minutes more for the lead from"
      case .release: "Release the lead from"
      case .why: "Explain the routing of"
      case .undo: "Undo the last change of"
      case .qualify: "Qualify the lead from"
      case .disqualify: "Disqualify the lead from"
      }
    // The one text that goes out unescaped: nothing that looks like a mention or link may be in it.
    let account = title.account.filter { $0 != "<" && $0 != ">" }
    return PlainText("\(deed) \(account)").clipped(to: SlackLimits.accessibilityLabel)
  }
}
