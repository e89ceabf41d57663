import RevOps
import SlackAPI

/// The forms that a button opens, by the names that come back with their submissions.
enum DeskModal: String, CaseIterable {
  case reassign
  case nurture
  case outcome
  case disqualify
  case why

  var callbackID: CallbackID { CallbackID("lead.\(rawValue).v1") }

  init?(_ callback: CallbackID?) {
    guard let modal = Self.allCases.first(where: { $0.callbackID == callback }) else { return nil }
    self = modal
  }

  /// Nil for buttons that act at once.
  init?(_ button: DeskButton) {
    switch button {
    case .reassign: self = .reassign
    case .nurture: self = .nurture
    case .logOutcome: self = .outcome
    case .disqualify: self = .disqualify
    case .why: self = .why
    case .claim, .reachedOut, .snooze, .release, .undo, .qualify: return nil
    }
  }

  /// Where a refusal that concerns the whole form is shown: Slack shows errors at inputs only.
  var errorBlock: BlockID {
    switch self {
    case .reassign: ReassignModal.person
    case .nurture: NurtureModal.revisit
    case .outcome: OutcomeModal.result
    case .disqualify, .why: ReasonInput.block
    }
  }

  /// A form with this modal's name that knows its lead.
  func view(
    _ title: PlainText, submit: PlainText?, blocks: [Block], about lead: Lead, _ subject: ModalSubject
  ) -> View {
    let names = Block.text("*\(LeadTitle(lead).both, max: 300)*", id: "about")
    return View(
      .modal(View.Modal(title: title, submit: submit, close: submit == nil ? "Close" : "Cancel")),
      blocks: [names] + blocks, callbackID: callbackID, privateMetadata: subject.metadata)
  }
}

/// What is wrong with what somebody entered, by the input that it is shown at.
struct FormErrors: Error, Equatable {
  var errors: [BlockID: PlainText]

  init(_ block: BlockID, _ text: PlainText) { errors = [block: text] }
}

/// The field for a reason that several forms share.
enum ReasonInput {
  static let block: BlockID = "reason"
  static let action: ActionID = "reason"

  static func input(_ label: PlainText = "Reason", hint: PlainText? = nil) -> Block {
    let field = TextInput(action, isMultiline: true, maxLength: 500)
    return .input(Block.Input(block, label: label, element: .textInput(field), hint: hint, isOptional: true))
  }

  /// One clean line, nil when nothing was said.
  static func reason(_ state: ViewState) -> String? {
    let text = state.text(block, action).map { SlackText.singleLine($0) } ?? ""
    return text.isEmpty ? nil : String(text.prefix(500))
  }
}
