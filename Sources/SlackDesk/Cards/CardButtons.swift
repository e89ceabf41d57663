import RevOps
import SlackAPI

/// The row of buttons: only what still does something, each carrying nothing but the lead's id.
struct CardButtons {
  let context: CardContext
  let title: LeadTitle

  var block: Block? {
    let buttons = DeskRules.offered(on: context.lead, now: context.now).map { Element.button(button($0)) }
    let all = buttons + [crmLink].compactMap { $0 }.map { Element.button($0) }
    return all.isEmpty ? nil : .actions(all, id: "lead.actions")
  }

  func button(_ kind: DeskButton) -> Button {
    Button(
      CardAction.id(of: kind), Self.label(kind), value: context.lead.id.description, style: Self.style(kind),
      confirm: confirmation(kind), accessibilityLabel: spoken(kind))
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
  private func confirmation(_ kind: DeskButton) -> ConfirmDialog? {
    guard kind == .release else { return nil }
    return ConfirmDialog(
      title: "Release this lead?",
      text: PlainText("\(title.account) goes back to the pool and is not offered to its owner again.").clipped(to: 300),
      confirm: "Release")
  }

  private func spoken(_ kind: DeskButton) -> PlainText {
    let deed: String =
      switch kind {
      case .claim: "Claim the lead from"
      case .reassign: "Reassign the lead from"
      case .nurture: "Send to nurture the lead from"
      case .logOutcome: "Log the outcome of the lead from"
      case .reachedOut: "Say that you have reached out to"
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
