/// One choice of a select, an overflow menu, radio buttons or checkboxes.
public struct Option: Sendable, Equatable {
  public var text: PlainText
  /// Comes back when it is chosen; nobody sees it.
  public var value: String
  public var description: PlainText?

  public init(_ text: PlainText, value: String, description: PlainText? = nil) {
    self.text = text
    self.value = value
    self.description = description
  }
}

extension Option: WireValue {
  public var json: SlackJSON {
    .members(["text": text.json, "value": .string(value), "description": description?.json])
  }
}

/// Options under one heading.
public struct OptionGroup: Sendable, Equatable {
  public var label: PlainText
  public var options: [Option]

  public init(_ label: PlainText, options: [Option]) {
    self.label = label
    self.options = options
  }
}

extension OptionGroup: WireValue {
  public var json: SlackJSON { ["label": label.json, "options": options.json] }
}
