extension Element {
  func fitted() -> Element {
    switch self {
    case .button(let button): .button(button.fitted())
    case .overflow(let menu): .overflow(menu.fitted())
    case .select(let menu): .select(menu.fitted())
    case .textInput(let input): .textInput(input.fitted())
    case .datePicker: self
    case .radioButtons(let radio): .radioButtons(radio.fitted())
    case .checkboxes(let boxes): .checkboxes(boxes.fitted())
    }
  }
}

extension Button {
  func fitted() -> Button {
    var button = self
    button.text = text.clipped(to: SlackLimits.buttonText)
    button.accessibilityLabel = accessibilityLabel?.clipped(to: SlackLimits.accessibilityLabel)
    button.confirm = confirm?.fitted()
    return button
  }
}

extension ConfirmDialog {
  func fitted() -> ConfirmDialog {
    var dialog = self
    dialog.title = title.clipped(to: SlackLimits.confirmTitle)
    dialog.text = text.clipped(to: SlackLimits.confirmText)
    dialog.confirm = confirm.clipped(to: SlackLimits.confirmButton)
    dialog.deny = deny.clipped(to: SlackLimits.confirmButton)
    return dialog
  }
}

extension OverflowMenu {
  func fitted() -> OverflowMenu {
    var menu = self
    menu.options = options.fitted(to: SlackLimits.overflowOptions)
    menu.confirm = confirm?.fitted()
    return menu
  }
}

extension SelectMenu {
  func fitted() -> SelectMenu {
    var menu = self
    menu.placeholder = placeholder?.clipped(to: SlackLimits.placeholder)
    menu.confirm = confirm?.fitted()
    menu.choices = choices.fitted()
    return menu
  }
}

extension SelectMenu.Choices {
  func fitted() -> SelectMenu.Choices {
    switch self {
    case .options(let options, let initial):
      .options(options.fitted(to: SlackLimits.selectOptions), initial: initial?.fitted())
    case .groups(let groups, let initial): .groups(groups.fitted(), initial: initial?.fitted())
    case .external(let minQueryLength, let initial):
      .external(minQueryLength: max(0, minQueryLength), initial: initial?.fitted())
    case .users: self
    }
  }
}

extension TextInput {
  func fitted() -> TextInput {
    var input = self
    input.placeholder = placeholder?.clipped(to: SlackLimits.placeholder)
    input.maxLength = maxLength.map { min(max($0, 1), SlackLimits.inputText) }
    let limit = input.maxLength ?? SlackLimits.inputText
    input.initial = initial.map { SlackText.beginning(of: $0, limit: limit, wire: { $0 }) }
    return input
  }
}

extension RadioButtons {
  func fitted() -> RadioButtons {
    var radio = self
    radio.options = options.fitted(to: SlackLimits.choiceOptions)
    radio.initial = initial?.fitted()
    return radio
  }
}

extension Checkboxes {
  func fitted() -> Checkboxes {
    var boxes = self
    boxes.options = options.fitted(to: SlackLimits.choiceOptions)
    boxes.initial = initial.map { $0.fitted() }
    return boxes
  }
}

extension Option {
  /// Its value is left as it is: shortened, it would name something else.
  func fitted() -> Option {
    var option = self
    option.text = text.clipped(to: SlackLimits.optionText)
    option.description = description?.clipped(to: SlackLimits.optionText)
    return option
  }
}

extension [Option] {
  func fitted(to limit: Int) -> [Option] { prefix(limit).map { $0.fitted() } }
}

extension [OptionGroup] {
  func fitted() -> [OptionGroup] {
    prefix(SlackLimits.optionGroups).map {
      OptionGroup(
        $0.label.clipped(to: SlackLimits.groupLabel), options: $0.options.fitted(to: SlackLimits.selectOptions))
    }
  }
}
