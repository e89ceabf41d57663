import RevOps
import SlackAPI

/// Turns a lead down.
enum DisqualifyModal {
  static func view(_ lead: Lead, subject: ModalSubject) -> View {
    DeskModal.disqualify.view(
      "Disqualify lead", submit: "Disqualify",
      blocks: [ReasonInput.input("Why is it not for us?", hint: "Kept for leads like this one.")], about: lead, subject)
  }

  static func action(_ state: ViewState) -> DeskCommand.Action { .disqualify(reason: ReasonInput.reason(state)) }
}
