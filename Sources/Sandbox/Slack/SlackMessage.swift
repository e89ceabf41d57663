/// A message as the workspace keeps it.
struct SlackMessage: Sendable {
  var ts: String
  /// Who wrote it; the bot's user for the app's own.
  var user: String
  var byBot: Bool
  var text: String
  var blocks: JSON
  var threadTS: String?
  var metadata: JSON?
  var editedTS: String?
  /// Replies in its thread.
  var replies = 0
  var latestReply: String?
  /// Shown in the channel although it is a reply.
  var broadcast = false

  var isReply: Bool { threadTS != nil && threadTS != ts }

  /// As Slack's API and payloads show it.
  func json(_ workspace: Workspace, withMetadata: Bool) -> JSON {
    var out: JSON = ["type": "message", "user": .string(user), "text": .string(text), "ts": .string(ts)]
    out["team"] = .string(workspace.teamID)
    if !blocks.items.isEmpty { out["blocks"] = blocks }
    if byBot {
      out["bot_id"] = .string(workspace.botID)
      out["app_id"] = .string(workspace.appID)
    }
    if let editedTS { out["edited"] = ["user": .string(user), "ts": .string(editedTS)] }
    if withMetadata, let metadata { out["metadata"] = metadata }
    addThread(to: &out)
    return out
  }

  private func addThread(to out: inout JSON) {
    if let threadTS { out["thread_ts"] = .string(threadTS) }
    guard replies > 0 else { return }
    out["thread_ts"] = .string(ts)
    out["reply_count"] = .int(replies)
    out["latest_reply"] = JSON(latestReply)
  }
}

/// A message that one person alone sees.
struct EphemeralMessage: Sendable {
  var ts: String
  var channel: String
  var user: String
  var text: String
  var blocks: JSON
  var threadTS: String?
  /// Slack's own words, as when an app did not answer; not the app's.
  var fromSlack = false

  var json: JSON {
    [
      "ts": .string(ts), "channel": .string(channel), "user": .string(user), "text": .string(text), "blocks": blocks,
      "thread_ts": JSON(threadTS), "ephemeral": true, "from_slack": .bool(fromSlack),
    ]
  }
}

/// The messages of one channel, threads included, oldest first.
struct Timeline: Sendable {
  private(set) var messages: [SlackMessage] = []

  mutating func append(_ message: SlackMessage) {
    messages.append(message)
    guard message.isReply, let parent = message.threadTS.flatMap(index(of:)) else { return }
    messages[parent].replies += 1
    messages[parent].latestReply = message.ts
  }

  /// Stamps have one width, so their order as text is their order in time.
  func index(of ts: String) -> Int? {
    let index = position(of: ts)
    return messages.indices.contains(index) && messages[index].ts == ts ? index : nil
  }

  subscript(_ ts: String) -> SlackMessage? { index(of: ts).map { messages[$0] } }

  mutating func change(_ ts: String, _ body: (inout SlackMessage) -> Void) {
    guard let index = index(of: ts) else { return }
    body(&messages[index])
  }

  mutating func remove(_ ts: String) {
    guard let index = index(of: ts) else { return }
    let message = messages.remove(at: index)
    guard message.isReply, let parent = message.threadTS else { return }
    change(parent) { $0.replies -= 1 }
  }

  /// The parent and its replies, oldest first.
  func thread(_ ts: String) -> [SlackMessage] {
    guard let first = index(of: ts) else { return [] }
    return messages[first...].filter { $0.ts == ts || $0.threadTS == ts }
  }

  private func position(of ts: String) -> Int {
    var low = 0
    var high = messages.count
    while low < high {
      let middle = (low + high) / 2
      if messages[middle].ts < ts { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
