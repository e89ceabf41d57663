/// A shortcut from the search or the composer: it has no channel and can't be answered but by a view or a DM.
public struct GlobalShortcut: Sendable, Equatable {
  public var context: InteractionContext
  public var callbackID: CallbackID

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    context = try InteractionContext(json)
    guard let id = json["callback_id"].text else { throw .missing("callback_id") }
    callbackID = CallbackID(id)
  }
}

/// A shortcut from a message's menu.
public struct MessageShortcut: Sendable, Equatable {
  public var context: InteractionContext
  public var callbackID: CallbackID
  public var channelID: String?
  public var message: IncomingMessage?
  public var responseURL: ResponseURL?

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    context = try InteractionContext(json)
    guard let id = json["callback_id"].text else { throw .missing("callback_id") }
    callbackID = CallbackID(id)
    channelID = json["channel"]["id"].text
    message = IncomingMessage(json["message"])
    if message?.ts == nil { message?.ts = json["message_ts"].text.map(MessageTS.init) }
    responseURL = json["response_url"].text.map(ResponseURL.init)
  }
}

/// A list of choices is asked for while somebody types.
public struct BlockSuggestion: Sendable, Equatable {
  public var context: InteractionContext
  public var actionID: ActionID
  public var blockID: BlockID?
  /// What was typed so far.
  public var query: String
  public var channelID: String?
  public var messageTS: MessageTS?
  public var view: IncomingView?

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    context = try InteractionContext(json)
    guard let id = json["action_id"].text else { throw .missing("action_id") }
    actionID = ActionID(id)
    blockID = json["block_id"].text.map(BlockID.init)
    query = json["value"].string ?? ""
    channelID = json["channel"]["id"].text ?? json["container"]["channel_id"].text
    messageTS = (json["container"]["message_ts"].text ?? json["message"]["ts"].text).map(MessageTS.init)
    view = IncomingView(json["view"])
  }
}
