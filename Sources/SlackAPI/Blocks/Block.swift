/// A block of a message or view.
public enum Block: Sendable, Equatable {
  case section(text: TextObject? = nil, fields: [TextObject] = [], accessory: Element? = nil, id: BlockID? = nil)
  case header(PlainText, id: BlockID? = nil)
  case context([TextObject], id: BlockID? = nil)
  case divider(id: BlockID? = nil)
  case actions([Element], id: BlockID? = nil)
  case input(Input)

  /// A labelled field of a form; its id is what an error names.
  public struct Input: Sendable, Equatable {
    public var id: BlockID
    public var label: PlainText
    public var element: Element
    public var hint: PlainText?
    public var isOptional: Bool
    /// Whether a change in it is sent at once, as an action.
    public var dispatchesAction: Bool

    public init(
      _ id: BlockID, label: PlainText, element: Element, hint: PlainText? = nil, isOptional: Bool = false,
      dispatchesAction: Bool = false
    ) {
      self.id = id
      self.label = label
      self.element = element
      self.hint = hint
      self.isOptional = isOptional
      self.dispatchesAction = dispatchesAction
    }
  }

  /// A section of mrkdwn.
  public static func text(_ text: Mrkdwn, accessory: Element? = nil, id: BlockID? = nil) -> Block {
    .section(text: .mrkdwn(text), accessory: accessory, id: id)
  }

  public var id: BlockID? {
    switch self {
    case .section(_, _, _, let id), .header(_, let id), .context(_, let id), .divider(let id), .actions(_, let id): id
    case .input(let input): input.id
    }
  }

  var elements: [Element] {
    switch self {
    case .section(_, _, let accessory, _): accessory.map { [$0] } ?? []
    case .actions(let elements, _): elements
    case .input(let input): [input.element]
    case .header, .context, .divider: []
    }
  }
}

extension Block: WireValue {
  public var json: SlackJSON { .members(members.merging(["block_id": id?.json]) { first, _ in first }) }

  private var members: [String: SlackJSON?] {
    switch self {
    case .section(let text, let fields, let accessory, _):
      [
        "type": "section", "text": text?.json, "fields": fields.isEmpty ? nil : fields.json,
        "accessory": accessory?.json,
      ]
    case .header(let text, _): ["type": "header", "text": text.json]
    case .context(let elements, _): ["type": "context", "elements": elements.json]
    case .divider: ["type": "divider"]
    case .actions(let elements, _): ["type": "actions", "elements": elements.json]
    case .input(let input): input.members
    }
  }
}

extension Block.Input {
  var members: [String: SlackJSON?] {
    [
      "type": "input", "label": label.json, "element": element.json, "hint": hint?.json, "optional": .bool(isOptional),
      "dispatch_action": dispatchesAction ? true : nil,
    ]
  }
}
