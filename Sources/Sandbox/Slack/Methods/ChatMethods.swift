import Foundation

/// `chat.*`.
enum ChatMethods {
  static let all: [String: SlackMethod] = [
    "chat.postMessage": SlackMethod(answer: postMessage),
    "chat.update": SlackMethod(answer: update),
    "chat.delete": SlackMethod(answer: delete),
    "chat.postEphemeral": SlackMethod(answer: postEphemeral),
    "chat.getPermalink": SlackMethod(acceptsJSON: false, answer: permalink),
  ]

  /// A text longer than this is cut (api-ref, chat.postMessage).
  private static let longestPost = 40_000
  /// A text longer than this is refused (api-ref, chat.update).
  private static let longestUpdate = 4_000

  @Sendable private static func postMessage(
    _ call: SlackCall, _ state: inout SlackState
  ) throws(SlackRefusal) -> JSON {
    let content = try Content(call, &state)
    let channel = try state.destination(call.required("channel", else: "channel_not_found"))
    try checkWritable(channel, state)
    try checkThread(call.text("thread_ts"), channel, state)
    try pace(channel, call, &state)
    let message = SlackMessage(
      ts: state.stamp(call.now), user: state.workspace.botUserID, byBot: true,
      text: String(content.text.prefix(longestPost)), blocks: content.blocks, threadTS: call.text("thread_ts"),
      metadata: try metadata(call), broadcast: call.flag("reply_broadcast"))
    state.timelines[channel.id, default: Timeline()].append(message)
    var answer: JSON = ["channel": .string(channel.id), "ts": .string(message.ts)]
    answer["message"] = message.json(state.workspace, withMetadata: true)
    if let warning = content.warning { answer["response_metadata"] = ["warnings": [.string(warning)]] }
    return answer
  }

  @Sendable private static func update(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try state.channel(call.required("channel", else: "channel_not_found"))
    let ts = try call.required("ts")
    guard let old = state.timelines[channel.id]?[ts] else { throw SlackRefusal("message_not_found") }
    guard old.byBot else { throw SlackRefusal("cant_update_message") }
    guard !channel.archived else { throw SlackRefusal("is_inactive") }
    guard (call.text("text") ?? "").count <= longestUpdate else { throw SlackRefusal("msg_too_long") }
    let content = try Content(call, &state)
    let metadata = call.arguments["metadata"] == nil ? old.metadata : try metadata(call)
    let edited = state.stamp(call.now)
    state.timelines[channel.id]?.change(ts) { message in
      message.text = content.text
      message.blocks = content.blocks
      message.metadata = metadata
      message.editedTS = edited
    }
    let message = state.timelines[channel.id]?[ts]?.json(state.workspace, withMetadata: true) ?? .null
    return ["channel": .string(channel.id), "ts": .string(ts), "text": .string(content.text), "message": message]
  }

  @Sendable private static func delete(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try state.channel(call.required("channel", else: "channel_not_found"))
    let ts = try call.required("ts")
    guard let old = state.timelines[channel.id]?[ts] else { throw SlackRefusal("message_not_found") }
    guard old.byBot else { throw SlackRefusal("cant_delete_message") }
    state.timelines[channel.id]?.remove(ts)
    return ["channel": .string(channel.id), "ts": .string(ts)]
  }

  @Sendable private static func postEphemeral(
    _ call: SlackCall, _ state: inout SlackState
  ) throws(SlackRefusal) -> JSON {
    let content = try Content(call, &state)
    let channel = try state.destination(call.required("channel", else: "channel_not_found"))
    let user = try call.required("user")
    try checkWritable(channel, state)
    guard channel.members.contains(user) else { throw SlackRefusal("user_not_in_channel") }
    let ts = state.stamp(call.now)
    state.ephemerals.append(
      EphemeralMessage(
        ts: ts, channel: channel.id, user: user, text: content.text, blocks: content.blocks,
        threadTS: call.text("thread_ts")))
    return ["message_ts": .string(ts)]
  }

  @Sendable private static func permalink(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let channel = try state.channel(call.required("channel", else: "channel_not_found"))
    let ts = try call.required("message_ts")
    guard let message = state.timelines[channel.id]?[ts] else { throw SlackRefusal("message_not_found") }
    var link = "https://\(state.workspace.domain).slack.com/archives/\(channel.id)/p" + ts.filter { $0 != "." }
    if let thread = message.threadTS, message.isReply { link += "?thread_ts=\(thread)&cid=\(channel.id)" }
    return ["channel": .string(channel.id), "permalink": .string(link)]
  }

  private static func checkWritable(_ channel: SlackChannel, _ state: SlackState) throws(SlackRefusal) {
    guard !channel.archived else { throw SlackRefusal("is_archived") }
    guard channel.members.contains(state.workspace.botUserID) else { throw SlackRefusal("not_in_channel") }
  }

  private static func checkThread(
    _ ts: String?, _ channel: SlackChannel, _ state: SlackState
  ) throws(SlackRefusal) {
    guard let ts else { return }
    guard state.timelines[channel.id]?[ts] != nil else { throw SlackRefusal("thread_not_found") }
  }

  /// Slack takes about one message a second and channel.
  private static func pace(
    _ channel: SlackChannel, _ call: SlackCall, _ state: inout SlackState
  ) throws(SlackRefusal) {
    guard let rate = state.workspace.postsPerSecond else { return }
    let now = call.now.timeIntervalSince1970
    guard now - channel.lastPost >= 1 / rate else { throw SlackRefusal("ratelimited", retryAfter: 1) }
    state.channels[channel.id]?.lastPost = now
  }

  private static func metadata(_ call: SlackCall) throws(SlackRefusal) -> JSON? {
    guard let metadata = try call.nested("metadata", else: "invalid_metadata_format") else { return nil }
    if metadata.fields.isEmpty { return nil }
    guard metadata["event_type"].text != nil, metadata["event_payload"].isObject else {
      throw SlackRefusal("invalid_metadata_schema")
    }
    return metadata
  }
}

extension ChatMethods {
  /// The text and blocks of a message, checked.
  struct Content {
    var text: String
    var blocks: JSON
    var warning: String?

    init(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) {
      text = call.text("text") ?? ""
      let given = try call.nested("blocks", else: "invalid_blocks_format") ?? .array([])
      guard given.isArray else { throw SlackRefusal("invalid_blocks_format") }
      guard !text.isEmpty || !given.items.isEmpty else { throw SlackRefusal("no_text") }
      try BlockKitRules.check(message: given.items)
      blocks = .array(BlockIDs.fill(given.items, &state))
      warning = text.isEmpty ? "missing_text_in_message" : nil
    }
  }
}
