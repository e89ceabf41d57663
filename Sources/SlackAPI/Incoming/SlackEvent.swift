/// An event of the Events API. One that lacks what it is about counts as `.other`.
public enum SlackEvent: Sendable, Equatable {
  case appHomeOpened(AppHomeOpened)
  case appMention(IncomingMessage)
  case message(MessageEvent)
  case memberJoinedChannel(userID: String, channelID: String)
  case memberLeftChannel(userID: String, channelID: String)
  case userChange(SlackUser)
  case teamJoin(SlackUser)
  /// Calls with these users' tokens will fail; `bot` is not empty when the app itself lost its token.
  case tokensRevoked(oauth: [String], bot: [String])
  case appUninstalled
  case channelArchive(channelID: String)
  case channelUnarchive(channelID: String)
  case channelDeleted(channelID: String)
  case channelRename(channelID: String, name: String)
  case channelIDChanged(old: String, new: String)
  case userGroupMembersChanged(groupID: String)
  case other(type: String)

  init(_ json: SlackJSON) {
    let type = json["type"].text ?? ""
    self = Self.conversation(type, json) ?? Self.channel(type, json) ?? Self.workspace(type, json) ?? .other(type: type)
  }

  private static func conversation(_ type: String, _ json: SlackJSON) -> SlackEvent? {
    switch type {
    case "app_home_opened": AppHomeOpened(json).map(SlackEvent.appHomeOpened)
    case "app_mention": IncomingMessage(json).map(SlackEvent.appMention)
    case "message": MessageEvent(json).map(SlackEvent.message)
    default: nil
    }
  }

  private static func channel(_ type: String, _ json: SlackJSON) -> SlackEvent? {
    guard let id = json["channel"].text ?? json["channel"]["id"].text else { return channelIDChange(type, json) }
    return switch type {
    case "member_joined_channel": json["user"].text.map { .memberJoinedChannel(userID: $0, channelID: id) }
    case "member_left_channel": json["user"].text.map { .memberLeftChannel(userID: $0, channelID: id) }
    case "channel_archive", "group_archive": .channelArchive(channelID: id)
    case "channel_unarchive", "group_unarchive": .channelUnarchive(channelID: id)
    case "channel_deleted", "group_deleted": .channelDeleted(channelID: id)
    case "channel_rename", "group_rename":
      json["channel"]["name"].text.map { .channelRename(channelID: id, name: $0) }
    default: nil
    }
  }

  private static func channelIDChange(_ type: String, _ json: SlackJSON) -> SlackEvent? {
    guard type == "channel_id_changed", let old = json["old_channel_id"].text, let new = json["new_channel_id"].text
    else { return nil }
    return .channelIDChanged(old: old, new: new)
  }

  private static func workspace(_ type: String, _ json: SlackJSON) -> SlackEvent? {
    switch type {
    case "user_change": SlackUser(json["user"]).map(SlackEvent.userChange)
    case "team_join": SlackUser(json["user"]).map(SlackEvent.teamJoin)
    case "tokens_revoked":
      .tokensRevoked(
        oauth: json["tokens"]["oauth"].array.compactMap(\.string),
        bot: json["tokens"]["bot"].array.compactMap(\.string))
    case "app_uninstalled": .appUninstalled
    case "subteam_members_changed": json["subteam_id"].text.map { .userGroupMembersChanged(groupID: $0) }
    default: nil
    }
  }
}

/// Somebody opened the app's Home or its messages.
public struct AppHomeOpened: Sendable, Equatable {
  public var userID: String
  /// The DM with the app.
  public var channelID: String?
  /// `home` or `messages`; publish only for the first.
  public var tab: String
  /// What is published; may be missing although something is.
  public var view: IncomingView?

  init?(_ json: SlackJSON) {
    guard let user = json["user"].text else { return nil }
    userID = user
    channelID = json["channel"].text
    tab = json["tab"].text ?? "home"
    view = IncomingView(json["view"])
  }
}

/// A message was posted, changed or deleted.
public struct MessageEvent: Sendable, Equatable {
  public var message: IncomingMessage
  /// For `message_changed`: what it says now.
  public var changed: IncomingMessage?
  /// For `message_changed` and `message_deleted`: what it said.
  public var previous: IncomingMessage?
  public var deletedTS: MessageTS?

  init?(_ json: SlackJSON) {
    guard let message = IncomingMessage(json) else { return nil }
    self.message = message
    changed = IncomingMessage(json["message"])
    previous = IncomingMessage(json["previous_message"])
    deletedTS = json["deleted_ts"].text.map(MessageTS.init)
  }

  /// Whether the app itself wrote it. Its messages need not have the subtype `bot_message`, and every edit of ours
  /// comes back with its author inside.
  public func isOwn(botID: String?, userID: String?) -> Bool {
    [message, changed, previous].compactMap { $0 }.contains {
      (botID != nil && $0.botID == botID) || (userID != nil && $0.userID == userID)
    }
  }
}
