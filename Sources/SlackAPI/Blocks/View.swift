/// A modal, or a person's Home tab.
public struct View: Sendable, Equatable {
  public enum Surface: Sendable, Equatable {
    case modal(Modal)
    case home
  }

  /// What only a modal has.
  public struct Modal: Sendable, Equatable {
    public var title: PlainText
    /// Required when the view has an input.
    public var submit: PlainText?
    public var close: PlainText?
    /// Whether submitting or closing it takes the views below it along.
    public var clearOnClose: Bool
    public var notifyOnClose: Bool

    public init(
      title: PlainText, submit: PlainText? = nil, close: PlainText? = nil, clearOnClose: Bool = false,
      notifyOnClose: Bool = false
    ) {
      self.title = title
      self.submit = submit
      self.close = close
      self.clearOnClose = clearOnClose
      self.notifyOnClose = notifyOnClose
    }
  }

  public var surface: Surface
  public var blocks: [Block]
  public var callbackID: CallbackID?
  /// Comes back with every action. It is kept by the client: an id and a version, never authority.
  public var privateMetadata: String?
  /// Ours, unique in the workspace.
  public var externalID: String?

  public init(
    _ surface: Surface, blocks: [Block], callbackID: CallbackID? = nil, privateMetadata: String? = nil,
    externalID: String? = nil
  ) {
    self.surface = surface
    self.blocks = blocks
    self.callbackID = callbackID
    self.privateMetadata = privateMetadata
    self.externalID = externalID
  }

  var modal: Modal? { if case .modal(let modal) = surface { modal } else { nil } }
}

extension View: WireValue {
  public var json: SlackJSON {
    let common: [String: SlackJSON?] = [
      "blocks": blocks.json, "callback_id": callbackID?.json,
      "private_metadata": privateMetadata.map(SlackJSON.string), "external_id": externalID.map(SlackJSON.string),
    ]
    return .members(common.merging(surface.members) { first, _ in first })
  }
}

extension View.Surface {
  /// A Home tab that carries a modal's members is refused.
  var members: [String: SlackJSON?] {
    guard case .modal(let modal) = self else { return ["type": "home"] }
    return [
      "type": "modal", "title": modal.title.json, "submit": modal.submit?.json, "close": modal.close?.json,
      "clear_on_close": modal.clearOnClose ? true : nil, "notify_on_close": modal.notifyOnClose ? true : nil,
    ]
  }
}
