extension Element {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(actionID.rawValue, limit: SlackLimits.identifier, at: pointer + "/action_id")
    switch self {
    case .button(let button): button.check(&check, at: pointer)
    case .overflow(let menu):
      menu.options.check(&check, limit: SlackLimits.overflowOptions, at: pointer)
      menu.confirm?.check(&check, at: pointer + "/confirm")
    case .select(let menu): menu.check(&check, at: pointer)
    case .textInput(let input): input.check(&check, at: pointer)
    case .datePicker(let picker): picker.check(&check, at: pointer)
    case .radioButtons(let radio):
      radio.options.check(&check, limit: SlackLimits.choiceOptions, at: pointer)
      radio.options.check(&check, initial: radio.initial, at: pointer)
    case .checkboxes(let boxes):
      boxes.options.check(&check, limit: SlackLimits.choiceOptions, at: pointer)
      for option in boxes.initial { boxes.options.check(&check, initial: option, at: pointer) }
    }
  }
}

extension Button {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(text, limit: SlackLimits.buttonText, at: pointer + "/text")
    check.length(value, limit: SlackLimits.buttonValue, at: pointer + "/value")
    check.length(url, limit: SlackLimits.buttonURL, at: pointer + "/url")
    if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") { check.report(pointer + "/url", .notAllowed) }
    check.length(
      accessibilityLabel?.content, limit: SlackLimits.accessibilityLabel, at: pointer + "/accessibility_label")
    confirm?.check(&check, at: pointer + "/confirm")
  }
}

extension ConfirmDialog {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(title, limit: SlackLimits.confirmTitle, at: pointer + "/title")
    check.text(text, limit: SlackLimits.confirmText, at: pointer + "/text")
    check.text(confirm, limit: SlackLimits.confirmButton, at: pointer + "/confirm")
    check.text(deny, limit: SlackLimits.confirmButton, at: pointer + "/deny")
  }
}

extension SelectMenu {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(placeholder, limit: SlackLimits.placeholder, at: pointer + "/placeholder")
    confirm?.check(&check, at: pointer + "/confirm")
    switch choices {
    case .options(let options, let initial):
      options.check(&check, limit: SlackLimits.selectOptions, at: pointer)
      options.check(&check, initial: initial, at: pointer)
    case .groups(let groups, let initial):
      groups.check(&check, at: pointer + "/option_groups")
      groups.flatMap(\.options).check(&check, initial: initial, at: pointer)
    case .external(let minQueryLength, let initial):
      if minQueryLength < 0 { check.report(pointer + "/min_query_length", .notAllowed) }
      initial?.check(&check, at: pointer + "/initial_option")
    case .users: break
    }
  }
}

extension TextInput {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(placeholder, limit: SlackLimits.placeholder, at: pointer + "/placeholder")
    if let maxLength, !(1...SlackLimits.inputText).contains(maxLength) {
      check.report(pointer + "/max_length", .notAllowed)
    }
    check.length(initial, limit: min(maxLength ?? .max, SlackLimits.inputText), at: pointer + "/initial_value")
    if let minLength, !(0...(maxLength ?? SlackLimits.inputText)).contains(minLength) {
      check.report(pointer + "/min_length", .notAllowed)
    }
  }
}

extension DatePicker {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(placeholder, limit: SlackLimits.placeholder, at: pointer + "/placeholder")
    if let initial, initial.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) == nil {
      check.report(pointer + "/initial_date", .notAllowed)
    }
  }
}

extension Option {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(text, limit: SlackLimits.optionText, at: pointer + "/text")
    check.text(description, limit: SlackLimits.optionText, at: pointer + "/description")
    check.text(value, limit: SlackLimits.optionValue, at: pointer + "/value")
  }
}

extension [Option] {
  func check(_ check: inout LimitCheck, limit: Int, at pointer: String) {
    check.count(count, limit: limit, at: pointer + "/options")
    check.unique(enumerated().map { ("\(pointer)/options/\($0)/value", $1.value) })
    for (index, option) in enumerated() { option.check(&check, at: "\(pointer)/options/\(index)") }
  }

  /// Slack refuses an initial option that is not, to the letter, one of the options.
  func check(_ check: inout LimitCheck, initial: Option?, at pointer: String) {
    if let initial, !contains(initial) { check.report(pointer + "/initial_option", .notAllowed) }
  }
}

extension [OptionGroup] {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.count(count, limit: SlackLimits.optionGroups, at: pointer)
    for (index, group) in enumerated() {
      check.text(group.label, limit: SlackLimits.groupLabel, at: "\(pointer)/\(index)/label")
      group.options.check(&check, limit: SlackLimits.selectOptions, at: "\(pointer)/\(index)")
    }
  }
}
