/// A button. With a `url` it opens that page, and still sends its action.
public struct Button: Sendable, Equatable {
  public enum Style: String, Sendable {
    case primary
    case danger
  }

  public var actionID: ActionID
  public var text: PlainText
  public var value: String?
  public var url: String?
  public var style: Style?
  public var confirm: ConfirmDialog?
  /// What a screen reader says instead of the text, where the text alone does not tell what is meant.
  public var accessibilityLabel: PlainText?

  public init(
    _ actionID: ActionID, _ text: PlainText, value: String? = nil, url: String? = nil, style: Style? = nil,
    confirm: ConfirmDialog? = nil, accessibilityLabel: PlainText? = nil
  ) {
    self.actionID = actionID
    self.text = text
    self.value = value
    self.url = url
    self.style = style
    self.confirm = confirm
    self.accessibilityLabel = accessibilityLabel
  }
}

extension Button: WireValue {
  public var json: SlackJSON {
    .members([
      "type": "button", "action_id": actionID.json, "text": text.json, "value": value.map(SlackJSON.string),
      "url": url.map(SlackJSON.string), "style": style.map { .string($0.rawValue) }, "confirm": confirm?.json,
      // A string, not a text object: Slack reads it aloud as it is.
      "accessibility_label": accessibilityLabel.map { .string($0.content) },
    ])
  }
}
