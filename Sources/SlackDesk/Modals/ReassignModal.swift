import RevOps
import SlackAPI

/// Gives a lead to somebody else: the team's members first, or anybody in the workspace.
struct ReassignModal {
  static let member: BlockID = "to_member"
  static let memberAction: ActionID = "member"
  static let person: BlockID = "to_person"

  /// Somebody to choose, with what speaks for and against them.
  struct Choice: Equatable {
    var email: String
    var name: String
    var load: Int
    /// Why the rules would not choose them now.
    var gate: RoutingTrace.Candidate.Gate?

    var option: Option? {
      guard SlackText.length(email) <= SlackLimits.optionValue else { return nil }
      let leads = load == 1 ? "1 open lead" : "\(load) open leads"
      let remark = gate.map { ", \(Explanation.phrase($0))" } ?? ""
      return Option(
        PlainText("\(name) · \(leads)\(remark)").clipped(to: SlackLimits.optionText), value: email)
    }
  }

  static func view(_ lead: Lead, choices: [Choice], subject: ModalSubject) -> View {
    DeskModal.reassign.view(
      "Reassign lead", submit: "Reassign",
      blocks: [team(choices), anybody(isOptional: !choices.isEmpty), ReasonInput.input()].compactMap { $0 },
      about: lead, subject)
  }

  private static func team(_ choices: [Choice]) -> Block? {
    let groups = [
      group("Available now", choices.filter { $0.gate == nil }),
      group("Not available now", choices.filter { $0.gate != nil }),
    ].compactMap { $0 }
    guard !groups.isEmpty else { return nil }
    let menu = SelectMenu(memberAction, placeholder: "Choose somebody", choices: .groups(groups))
    return .input(Block.Input(member, label: "To a member of the team", element: .select(menu), isOptional: true))
  }

  private static func group(_ label: PlainText, _ choices: [Choice]) -> OptionGroup? {
    let options = choices.compactMap(\.option).prefix(SlackLimits.selectOptions)
    return options.isEmpty ? nil : OptionGroup(label, options: Array(options))
  }

  private static func anybody(isOptional: Bool) -> Block {
    let menu = SelectMenu(
      CardAction.people, placeholder: "Type a name or an e-mail address", choices: .external(minQueryLength: 1))
    return .input(
      Block.Input(
        person, label: isOptional ? "Or to anybody else" : "To", element: .select(menu), isOptional: isOptional))
  }

  /// Whom the form names: an e-mail address of the team, or a Slack user's id.
  enum Target: Equatable {
    case email(String)
    case user(String)
  }

  static func target(_ state: ViewState) throws(FormErrors) -> Target {
    let chosen = state.option(member, memberAction).map(Target.email)
    let typed = state.option(person, CardAction.people).map(Target.user)
    switch (chosen, typed) {
    case (let target?, nil), (nil, let target?): return target
    case (nil, nil): throw FormErrors(person, "Choose who gets the lead.")
    case (_?, _?): throw FormErrors(person, "Choose one person: a member of the team, or somebody else.")
    }
  }
}
