/// A message as Slack tells of it: in an event, an interaction or a channel's history.
public struct IncomingMessage: Sendable, Equatable {
  /// Text beside the blocks, by which other apps post their leads.
  public struct Attachment: Sendable, Equatable {
    public var text: String?
    public var fallback: String?
    /// What stands in front of it, its heading, and its fields, each as name and value.
    public var pretext: String?
    public var title: String?
    public var fields: [(name: String, value: String)]
    /// Of the blocks that it may hold instead.
    public var blockTexts: [String]

    init(_ json: SlackJSON) {
      text = json["text"].text
      fallback = json["fallback"].text
      pretext = json["pretext"].text
      title = json["title"].text
      fields = json["fields"].array.compactMap { field in
        guard let name = field["title"].text, let value = field["value"].text else { return nil }
        return (name, value)
      }
      blockTexts = json["blocks"].array.flatMap(IncomingMessage.texts)
    }

    public static func == (left: Self, right: Self) -> Bool { left.lines == right.lines }

    /// All that it says. What is for clients that can show nothing else counts where it says nothing else.
    var lines: [String] {
      let own = [pretext, title, text].compactMap { $0 } + fields.map { "\($0.name): \($0.value)" } + blockTexts
      return own.isEmpty ? [fallback].compactMap { $0 } : own
    }
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
  /// The texts of its blocks, as sent.
  public var blockTexts: [String]
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
    blockTexts = json["blocks"].array.flatMap(Self.texts)
    attachments = json["attachments"].array.map(Attachment.init)
    metadata = MessageMetadata(json["metadata"])
    isHidden = json["hidden"].bool ?? false
  }

  /// Whether it is a reply: the first message of a thread carries its own `ts` as `thread_ts`.
  public var isReply: Bool { threadTS != nil && threadTS != ts }

  /// All that it says, in order: its blocks or, where it has none, its text, and what is attached. In mrkdwn.
  public var texts: [String] { (blockTexts.isEmpty ? [text] : blockTexts) + attachments.flatMap(\.lines) }

  /// What a block shows: its texts, those of its fields and elements, and rich text line by line.
  static func texts(of block: SlackJSON) -> [String] {
    if block["type"].string == "rich_text" { return block["elements"].array.flatMap(richTexts) }
    let parts =
      [block["text"]] + block["fields"].array + (block["type"].string == "context" ? block["elements"].array : [])
    return parts.compactMap { $0["text"].text ?? $0.text }
  }

  private static func richTexts(_ part: SlackJSON) -> [String] {
    if part["type"].string == "rich_text_list" { return part["elements"].array.flatMap(richTexts) }
    let line = part["elements"].array.map { leaf -> String in
      switch leaf["type"].string {
      case "link": SlackText.escaped(leaf["text"].text ?? leaf["url"].string ?? "")
      case "user": leaf["user_id"].text.map { "<@\($0)>" } ?? ""
      default: SlackText.escaped(leaf["text"].string ?? "")
      }
    }
    return [line.joined()]
  }
}
