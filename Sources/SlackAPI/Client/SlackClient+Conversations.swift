import VendorAPI

/// A channel, private channel or DM.
public struct SlackChannel: Sendable, Equatable {
  public var id: String
  public var name: String?
  public var isArchived: Bool
  public var isPrivate: Bool
  /// Whether the bot is in it.
  public var isMember: Bool
  /// Whether people of other workspaces are in it.
  public var isExternallyShared: Bool

  init?(_ json: SlackJSON) {
    guard let id = json["id"].text else { return nil }
    self.id = id
    name = json["name"].text
    isArchived = json["is_archived"].bool ?? false
    isPrivate = json["is_private"].bool ?? false
    isMember = json["is_member"].bool ?? false
    isExternallyShared = json["is_ext_shared"].bool ?? false
  }
}

/// A part of a list; `next` is where to go on, nil at the end.
public struct Page<Item: Sendable>: Sendable {
  public var items: [Item]
  public var next: String?
}

extension SlackClient {
  /// All channels that the bot can see, archived ones left out.
  public func channels(includingPrivate: Bool = true) async throws(VendorError) -> [SlackChannel] {
    let types = includingPrivate ? "public_channel,private_channel" : "public_channel"
    let arguments = ["types": types, "exclude_archived": "true", "limit": "200"]
    return try await all("conversations.list", arguments) { $0["channels"].array.compactMap(SlackChannel.init) }
  }

  public func channel(_ id: String) async throws(VendorError) -> SlackChannel {
    let answer = try await call("conversations.info", .form(["channel": id]), kind: .read, channel: id)
    guard let channel = SlackChannel(answer.json["channel"]) else { throw answer.incomplete("channel") }
    return channel
  }

  /// A channel's messages with their metadata, newest first.
  public func history(
    of channel: String, after oldest: MessageTS? = nil, before latest: MessageTS? = nil, inclusive: Bool = true,
    limit: Int = 100, cursor: String? = nil
  ) async throws(VendorError) -> Page<IncomingMessage> {
    let arguments = [
      "channel": channel, "oldest": oldest?.rawValue, "latest": latest?.rawValue,
      "inclusive": inclusive ? "true" : "false", "limit": String(limit), "cursor": cursor,
      "include_all_metadata": "true",
    ]
    return try await messages("conversations.history", arguments, channel: channel)
  }

  /// A thread's messages with their metadata, oldest first, the one that heads it included.
  public func replies(
    to thread: PostedMessage, limit: Int = 100, cursor: String? = nil
  ) async throws(VendorError) -> Page<IncomingMessage> {
    let arguments = [
      "channel": thread.channelID, "ts": thread.ts.rawValue, "limit": String(limit), "cursor": cursor,
      "include_all_metadata": "true",
    ]
    return try await messages("conversations.replies", arguments, channel: thread.channelID)
  }

  /// The id of the DM with somebody, opened if there is none.
  public func openDM(with user: String) async throws(VendorError) -> String {
    let answer = try await call("conversations.open", .json(["users": .string(user)]), kind: .write)
    guard let id = answer.json["channel"]["id"].text else { throw answer.incomplete("channel.id") }
    return id
  }

  private func messages(
    _ method: String, _ arguments: [String: String?], channel: String
  ) async throws(VendorError) -> Page<IncomingMessage> {
    let answer = try await call(method, .form(arguments), kind: .read, channel: channel)
    let items = answer.json["messages"].array.compactMap(IncomingMessage.init)
    return Page(items: items, next: answer.nextCursor)
  }

  /// Follows a list to its end. A cursor that comes twice would never end: it is reported.
  func all<Item>(
    _ method: String, _ arguments: [String: String?], items: (SlackJSON) -> [Item]
  ) async throws(VendorError) -> [Item] {
    var found: [Item] = []
    var seen: Set<String> = []
    var arguments = arguments
    while true {
      let answer = try await call(method, .form(arguments), kind: .read)
      found += items(answer.json)
      guard let next = answer.nextCursor else { return found }
      guard seen.insert(next).inserted else { throw answer.incomplete("an end") }
      arguments["cursor"] = next
    }
  }
}

extension SlackAnswer {
  /// Nil at the end, which Slack spells as an empty text.
  var nextCursor: String? { json["response_metadata"]["next_cursor"].text }
}
