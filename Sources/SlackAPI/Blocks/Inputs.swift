/// A field to type into.
public struct TextInput: Sendable, Equatable {
  public var actionID: ActionID
  /// Put into the field as it is; no markup is read in it.
  public var initial: String?
  public var placeholder: PlainText?
  public var isMultiline: Bool
  public var minLength: Int?
  public var maxLength: Int?

  public init(
    _ actionID: ActionID, initial: String? = nil, placeholder: PlainText? = nil, isMultiline: Bool = false,
    minLength: Int? = nil, maxLength: Int? = nil
  ) {
    self.actionID = actionID
    self.initial = initial
    self.placeholder = placeholder
    self.isMultiline = isMultiline
    self.minLength = minLength
    self.maxLength = maxLength
  }
}

extension TextInput: WireValue {
  public var json: SlackJSON {
    .members([
      "type": "plain_text_input", "action_id": actionID.json, "initial_value": initial.map(SlackJSON.string),
      "placeholder": placeholder?.json, "multiline": .bool(isMultiline), "min_length": minLength.map(SlackJSON.int),
      "max_length": maxLength.map(SlackJSON.int),
    ])
  }
}

/// A calendar.
public struct DatePicker: Sendable, Equatable {
  public var actionID: ActionID
  /// `YYYY-MM-DD`.
  public var initial: String?
  public var placeholder: PlainText?

  public init(_ actionID: ActionID, initial: String? = nil, placeholder: PlainText? = nil) {
    self.actionID = actionID
    self.initial = initial
    self.placeholder = placeholder
  }
}

extension DatePicker: WireValue {
  public var json: SlackJSON {
    .members([
      "type": "datepicker", "action_id": actionID.json, "initial_date": initial.map(SlackJSON.string),
      "placeholder": placeholder?.json,
    ])
  }
}

/// One of up to 10 options, all visible.
public struct RadioButtons: Sendable, Equatable {
  public var actionID: ActionID
  public var options: [Option]
  public var initial: Option?

  public init(_ actionID: ActionID, options: [Option], initial: Option? = nil) {
    self.actionID = actionID
    self.options = options
    self.initial = initial
  }
}

extension RadioButtons: WireValue {
  public var json: SlackJSON {
    .members([
      "type": "radio_buttons", "action_id": actionID.json, "options": options.json, "initial_option": initial?.json,
    ])
  }
}

/// Any of up to 10 options.
public struct Checkboxes: Sendable, Equatable {
  public var actionID: ActionID
  public var options: [Option]
  public var initial: [Option]

  public init(_ actionID: ActionID, options: [Option], initial: [Option] = []) {
    self.actionID = actionID
    self.options = options
    self.initial = initial
  }
}

extension Checkboxes: WireValue {
  public var json: SlackJSON {
    .members([
      "type": "checkboxes", "action_id": actionID.json, "options": options.json,
      // Slack refuses an empty list here.
      "initial_options": initial.isEmpty ? nil : initial.json,
    ])
  }
}
