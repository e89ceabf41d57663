/// A message as Slack tells of it: in an event, an interaction or a channel's history.
public struct IncomingMessage: Sendable, Equatable {
  /// Text beside the blocks, by which other apps post their leads.
  public struct Attachment: Sendable, Equatable {
    public var text: String?
    public var fallback: String?
  }

  public var ts: MessageTS?
  public var threadTS: MessageTS?
  public var channelID: String?
  /// `channel`, `group`, `im`, `mpim` or `app_home`.
  public var channelType: String?
  public var subtype: String?
  /// Whoever wrote it; a bot's messages carry the bot's user.
  public var userID: String?
  public var botID: String?
  public var appID: String?
  /// As sent, in mrkdwn: read it with `SlackToken`.
  public var text: String
  public var attachments: [Attachment]
  public var metadata: MessageMetadata?
  public var isHidden: Bool

  /// Nil when there is none: ephemeral sources leave it out.
  init?(_ json: SlackJSON) {
    guard json.isObject else { return nil }
    ts = json["ts"].text.map(MessageTS.init)
    threadTS = json["thread_ts"].text.map(MessageTS.init)
    channelID = json["channel"].text ?? json["channel"]["id"].text
    channelType = json["channel_type"].text
    subtype = json["subtype"].text
    userID = json["user"].text
    botID = json["bot_id"].text
    appID = json["app_id"].text ?? json["bot_profile"]["app_id"].text
    text = json["text"].string ?? ""
    attachments = json["attachments"].array.map {
      Attachment(text: $0["text"].text, fallback: $0["fallback"].text)
    }
    metadata = MessageMetadata(json["metadata"])
    isHidden = json["hidden"].bool ?? false
  }

  /// Whether it is a reply: the first message of a thread carries its own `ts` as `thread_ts`.
  public var isReply: Bool { threadTS != nil && threadTS != ts }
}
