/// One element that was used.
public struct BlockAction: Sendable, Equatable {
  public var actionID: ActionID
  public var blockID: BlockID?
  /// Of the element: `button`, `overflow`, `static_select`…
  public var type: String?
  /// A button's value, or the value of the option that was chosen.
  public var value: String?
  public var input: InputValue
  public var actionTS: String?

  init?(_ json: SlackJSON) {
    guard let id = json["action_id"].text else { return nil }
    actionID = ActionID(id)
    blockID = json["block_id"].text.map(BlockID.init)
    type = json["type"].text
    input = InputValue(json)
    value = json["value"].string ?? json["selected_option"]["value"].string
    actionTS = json["action_ts"].text
  }
}

/// Elements of a message, a modal or the Home tab were used.
public struct BlockActions: Sendable, Equatable {
  public var context: InteractionContext
  /// At least one.
  public var actions: [BlockAction]
  public var channelID: String?
  public var messageTS: MessageTS?
  /// The thread that the message is in or heads.
  public var threadTS: MessageTS?
  public var isEphemeral: Bool
  /// A snapshot of when it was clicked; never what to draw the next state from.
  public var message: IncomingMessage?
  public var view: IncomingView?
  public var state: ViewState
  public var responseURL: ResponseURL?

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    context = try InteractionContext(json)
    actions = json["actions"].array.compactMap(BlockAction.init)
    if actions.isEmpty { throw .missing("actions") }
    let container = json["container"]
    message = IncomingMessage(json["message"])
    view = IncomingView(json["view"])
    channelID = json["channel"]["id"].text ?? container["channel_id"].text
    messageTS = container["message_ts"].text.map(MessageTS.init) ?? message?.ts
    threadTS = container["thread_ts"].text.map(MessageTS.init) ?? message?.threadTS
    isEphemeral = container["is_ephemeral"].bool ?? false
    state = json["state"].isObject ? ViewState(json["state"]) : view?.state ?? ViewState()
    responseURL = json["response_url"].text.map(ResponseURL.init)
  }

  /// Whether the message is a reply in a thread.
  public var isInThread: Bool { threadTS != nil && threadTS != messageTS }
}
