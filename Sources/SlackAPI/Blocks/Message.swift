/// Facts that travel with a message and come back with `conversations.history`. Every app and member of the workspace
/// can read them: ids only, no personal data.
public struct MessageMetadata: Sendable, Equatable {
  public var eventType: String
  public var payload: [String: String]

  public init(eventType: String, payload: [String: String]) {
    self.eventType = eventType
    self.payload = payload
  }
}

extension MessageMetadata: WireValue {
  public var json: SlackJSON {
    ["event_type": .string(eventType), "event_payload": .object(payload.mapValues(SlackJSON.string))]
  }

  /// Nil when there is none, or none with a type. Values that are no text are left out.
  init?(_ json: SlackJSON) {
    guard let eventType = json["event_type"].text else { return nil }
    self.init(eventType: eventType, payload: json["event_payload"].object.compactMapValues(\.string))
  }
}

/// What is posted.
public struct Message: Sendable, Equatable {
  /// A full sentence: the notification, what a screen reader says, and what is shown where blocks can't be.
  public var text: Mrkdwn
  public var blocks: [Block]
  public var metadata: MessageMetadata?
  /// The message whose thread this goes to.
  public var threadTS: MessageTS?
  /// Whether a reply is shown in the channel as well.
  public var alsoInChannel: Bool

  public init(
    text: Mrkdwn, blocks: [Block] = [], metadata: MessageMetadata? = nil, threadTS: MessageTS? = nil,
    alsoInChannel: Bool = false
  ) {
    self.text = text
    self.blocks = blocks
    self.metadata = metadata
    self.threadTS = threadTS
    self.alsoInChannel = alsoInChannel
  }
}

extension Message: WireValue {
  /// The members that every way of posting takes.
  public var json: SlackJSON {
    .members([
      "text": .string(text.wire), "blocks": blocks.isEmpty ? nil : blocks.json, "metadata": metadata?.json,
      "thread_ts": threadTS?.json, "reply_broadcast": alsoInChannel && threadTS != nil ? true : nil,
    ])
  }
}
