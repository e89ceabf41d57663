/// A menu behind three dots; 1 to 5 options.
public struct OverflowMenu: Sendable, Equatable {
  public var actionID: ActionID
  public var options: [Option]
  public var confirm: ConfirmDialog?

  public init(_ actionID: ActionID, options: [Option], confirm: ConfirmDialog? = nil) {
    self.actionID = actionID
    self.options = options
    self.confirm = confirm
  }
}

extension OverflowMenu: WireValue {
  public var json: SlackJSON {
    .members([
      "type": "overflow", "action_id": actionID.json, "options": options.json, "confirm": confirm?.json,
    ])
  }
}

/// A drop-down list. Where its choices come from is its kind; more than 100 need `.external`.
public struct SelectMenu: Sendable, Equatable {
  public enum Choices: Sendable, Equatable {
    case options([Option], initial: Option? = nil)
    case groups([OptionGroup], initial: Option? = nil)
    /// Asked for while the person types, from `minQueryLength` characters on (0: as soon as the list opens).
    case external(minQueryLength: Int = 0, initial: Option? = nil)
    case users(initial: String? = nil)
  }

  public var actionID: ActionID
  public var placeholder: PlainText?
  public var choices: Choices
  public var confirm: ConfirmDialog?

  public init(
    _ actionID: ActionID, placeholder: PlainText? = nil, choices: Choices, confirm: ConfirmDialog? = nil
  ) {
    self.actionID = actionID
    self.placeholder = placeholder
    self.choices = choices
    self.confirm = confirm
  }
}

extension SelectMenu: WireValue {
  public var json: SlackJSON {
    let common: [String: SlackJSON?] = [
      "action_id": actionID.json, "placeholder": placeholder?.json, "confirm": confirm?.json,
    ]
    return .members(common.merging(choices.members) { first, _ in first })
  }
}

extension SelectMenu.Choices {
  var members: [String: SlackJSON?] {
    switch self {
    case .options(let options, let initial):
      ["type": "static_select", "options": options.json, "initial_option": initial?.json]
    case .groups(let groups, let initial):
      ["type": "static_select", "option_groups": groups.json, "initial_option": initial?.json]
    case .external(let minQueryLength, let initial):
      ["type": "external_select", "min_query_length": .int(minQueryLength), "initial_option": initial?.json]
    case .users(let initial):
      ["type": "users_select", "initial_user": initial.map(SlackJSON.string)]
    }
  }
}
