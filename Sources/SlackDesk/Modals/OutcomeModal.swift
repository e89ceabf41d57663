import RevOps
import SlackAPI

/// Says how a lead ended.
enum OutcomeModal {
  static let result: BlockID = "result"
  static let resultAction: ActionID = "result"
  static let amount: BlockID = "amount"
  static let amountAction: ActionID = "amount"

  private static let results: [Outcome.Result] = [.meetingBooked, .won, .lost, .disqualified]

  static func view(_ lead: Lead, subject: ModalSubject) -> View {
    let options = results.map { Option(PlainText($0.label), value: $0.rawValue) }
    let initial = lead.desk.outcome.flatMap { outcome in options.first { $0.value == outcome.result.rawValue } }
    let radio = RadioButtons(resultAction, options: options, initial: initial)
    let field = TextInput(amountAction, placeholder: "12000", maxLength: 30)
    return DeskModal.outcome.view(
      "Log outcome", submit: "Log",
      blocks: [
        .input(Block.Input(result, label: "What came of it?", element: .radioButtons(radio))),
        ReasonInput.input(hint: "Kept for leads like this one."),
        .input(
          Block.Input(
            amount, label: "Amount", element: .textInput(field), hint: "In the account's currency.",
            isOptional: true)),
      ], about: lead, subject)
  }

  static func action(_ state: ViewState) throws(FormErrors) -> DeskCommand.Action {
    guard let chosen = state.option(result, resultAction).flatMap(Outcome.Result.init) else {
      throw FormErrors(result, "Choose what came of it.")
    }
    let typed = state.text(amount, amountAction)
    let amount = typed.flatMap { Self.digits($0) }
    if typed != nil, amount == nil { throw FormErrors(self.amount, "Write the amount as a number, such as 12000.") }
    return .logOutcome(Outcome(result: chosen, reason: ReasonInput.reason(state), amount: amount))
  }

  /// `12,000.50`, `12.000,50`, `12 000` as plain decimal digits; nil for anything else. One separator with three
  /// digits after it groups thousands.
  static func digits(_ text: String) -> String? {
    let plain = text.filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
    if plain.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?/) != nil { return plain.replacing(",", with: "") }
    if plain.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,2})?/) != nil {
      return plain.replacing(".", with: "").replacing(",", with: ".")
    }
    guard plain.wholeMatch(of: /[0-9]{1,15}([.,][0-9]{1,2})?/) != nil else { return nil }
    return plain.replacing(",", with: ".")
  }
}
