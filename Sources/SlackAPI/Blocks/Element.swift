/// What people click, choose from or type into.
public enum Element: Sendable, Equatable {
  case button(Button)
  case overflow(OverflowMenu)
  case select(SelectMenu)
  case textInput(TextInput)
  case datePicker(DatePicker)
  case radioButtons(RadioButtons)
  case checkboxes(Checkboxes)

  public var actionID: ActionID {
    switch self {
    case .button(let button): button.actionID
    case .overflow(let menu): menu.actionID
    case .select(let menu): menu.actionID
    case .textInput(let input): input.actionID
    case .datePicker(let picker): picker.actionID
    case .radioButtons(let radio): radio.actionID
    case .checkboxes(let boxes): boxes.actionID
    }
  }
}

extension Element: WireValue {
  public var json: SlackJSON {
    switch self {
    case .button(let button): button.json
    case .overflow(let menu): menu.json
    case .select(let menu): menu.json
    case .textInput(let input): input.json
    case .datePicker(let picker): picker.json
    case .radioButtons(let radio): radio.json
    case .checkboxes(let boxes): boxes.json
    }
  }
}
