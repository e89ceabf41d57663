/// `conversations.*`.
enum ConversationMethods {
  static let all: [String: SlackMethod] = [
    "conversations.list": SlackMethod(acceptsJSON: false, answer: list),
    "conversations.info": SlackMethod(acceptsJSON: false, answer: info),
    "conversations.members": SlackMethod(acceptsJSON: false, answer: members),
    "conversations.replies": SlackMethod(acceptsJSON: false, answer: replies),
    "conversations.history": SlackMethod(answer: history),
    "conversations.open": SlackMethod(answer: open),
    "conversations.join": SlackMethod(answer: join),
  ]

  @Sendable private static func list(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let types = Set((call.text("types") ?? "public_channel").split(separator: ",").map(String.init))
    let archivedToo = !call.flag("exclude_archived")
    let channels = state.channelOrder.compactMap { state.channels[$0] }.filter { channel in
      types.contains(kind(channel)) && (archivedToo || !channel.archived)
    }
    let page = try Page(call, of: channels, most: 1000)
    let bot = state.workspace.botUserID
    return [
      "channels": .array(page.items.map { json($0, bot: bot) }),
      "response_metadata": ["next_cursor": .string(page.next)],
    ]
  }

  private static func kind(_ channel: SlackChannel) -> String {
    if channel.person != nil { return "im" }
    return channel.isPrivate ? "private_channel" : "public_channel"
  }

  private static func json(_ channel: SlackChannel, bot: String) -> JSON {
    var out = channel.json
    out["is_member"] = .bool(channel.members.contains(bot))
    return out
  }

  @Sendable private static func info(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try state.channel(call.required("channel", else: "channel_not_found"))
    return ["channel": json(channel, bot: state.workspace.botUserID)]
  }

  @Sendable private static func members(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try state.channel(call.required("channel", else: "channel_not_found"))
    let page = try Page(call, of: channel.members.sorted(), most: 1000)
    return [
      "members": .array(page.items.map { .string($0) }),
      "response_metadata": ["next_cursor": .string(page.next)],
    ]
  }

  @Sendable private static func open(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    if let id = call.text("channel") { return ["channel": try state.channel(id).json] }
    let users = try call.required("users", else: "users_list_not_supplied")
    guard !users.contains(",") else { throw SlackRefusal("method_not_supported_for_channel_type") }
    let channel = try state.directChannel(with: users)
    return ["channel": ["id": .string(channel.id)]]
  }

  @Sendable private static func join(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try state.channel(call.required("channel", else: "channel_not_found"))
    guard state.workspace.scopes.contains("channels:join") else { throw SlackRefusal("missing_scope") }
    guard !channel.archived else { throw SlackRefusal("is_archived") }
    guard !channel.isPrivate else { throw SlackRefusal("method_not_supported_for_channel_type") }
    state.channels[channel.id]?.members.insert(state.workspace.botUserID)
    return ["channel": channel.json]
  }

  @Sendable private static func history(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try readable(call, state)
    let window = window(call)
    let all = state.timelines[channel.id]?.messages ?? []
    let shown = all.reversed().filter { (!$0.isReply || $0.broadcast) && window($0.ts) }
    return try answer(call, shown, state, latestFirst: true)
  }

  @Sendable private static func replies(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try readable(call, state)
    let ts = try call.required("ts")
    let thread = state.timelines[channel.id]?.thread(ts) ?? []
    guard !thread.isEmpty else { throw SlackRefusal("thread_not_found") }
    let window = window(call)
    return try answer(call, thread.filter { $0.ts == ts || window($0.ts) }, state, latestFirst: false)
  }

  private static func answer(
    _ call: SlackCall, _ messages: [SlackMessage], _ state: SlackState, latestFirst: Bool
  ) throws(SlackRefusal) -> JSON {
    let page = try Page(call, of: messages, most: 999)
    let withMetadata = call.flag("include_all_metadata")
    let workspace = state.workspace
    return [
      "messages": .array(page.items.map { $0.json(workspace, withMetadata: withMetadata) }),
      "has_more": .bool(!page.next.isEmpty),
      "response_metadata": ["next_cursor": .string(page.next)],
    ]
  }

  private static func readable(_ call: SlackCall, _ state: SlackState) throws(SlackRefusal) -> SlackChannel {
    let channel = try state.channel(call.required("channel", else: "channel_not_found"))
    guard channel.members.contains(state.workspace.botUserID) else { throw SlackRefusal("not_in_channel") }
    return channel
  }

  /// Whether a stamp lies between `oldest` and `latest`, ends left out unless `inclusive`.
  private static func window(_ call: SlackCall) -> (String) -> Bool {
    let oldest = padded(call.text("oldest"))
    let latest = padded(call.text("latest"))
    let inclusive = call.flag("inclusive")
    return { ts in
      if let oldest, inclusive ? ts < oldest : ts <= oldest { return false }
      if let latest, inclusive ? ts > latest : ts >= latest { return false }
      return true
    }
  }

  /// Brings a stamp in whole or broken seconds to the width of a message's own.
  private static func padded(_ stamp: String?) -> String? {
    guard let stamp, stamp != "0" else { return nil }
    let parts = stamp.split(separator: ".", maxSplits: 1)
    let fraction = parts.count > 1 ? parts[1].prefix(6) : ""
    return parts[0] + "." + fraction + String(repeating: "0", count: 6 - fraction.count)
  }
}
