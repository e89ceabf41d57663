/// Asks once more before an element's action is sent.
public struct ConfirmDialog: Sendable, Equatable {
  public var title: PlainText
  public var text: PlainText
  public var confirm: PlainText
  public var deny: PlainText
  /// Whether confirming destroys something.
  public var isDangerous: Bool

  public init(
    title: PlainText, text: PlainText, confirm: PlainText, deny: PlainText = "Cancel", isDangerous: Bool = false
  ) {
    self.title = title
    self.text = text
    self.confirm = confirm
    self.deny = deny
    self.isDangerous = isDangerous
  }
}

extension ConfirmDialog: WireValue {
  public var json: SlackJSON {
    .members([
      "title": title.json, "text": text.json, "confirm": confirm.json, "deny": deny.json,
      "style": isDangerous ? "danger" : nil,
    ])
  }
}
