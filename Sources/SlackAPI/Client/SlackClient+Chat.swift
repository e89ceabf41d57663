import VendorAPI

/// Where a message is: the channel's id as Slack answered it (a DM's differs from the person's), and its name there.
public struct PostedMessage: Sendable, Hashable, Codable {
  public var channelID: String
  public var ts: MessageTS
  /// Slack's word for why it was posted without its blocks; nil: it is whole.
  public var refusedBlocks: String?

  public init(channelID: String, ts: MessageTS, refusedBlocks: String? = nil) {
    self.channelID = channelID
    self.ts = ts
    self.refusedBlocks = refusedBlocks
  }
}

extension SlackClient {
  /// Posts to a channel or, by a person's id, to their DM. Links are never unfolded, so that no lead's address is
  /// fetched. Slack can't tell a repeat: after an unknown outcome look for the metadata in the history first.
  public func postMessage(_ message: Message, to channel: String) async throws(VendorError) -> PostedMessage {
    let unfurling: [String: SlackJSON?] = ["unfurl_links": false, "unfurl_media": false]
    let answer = try await send(message, by: "chat.postMessage", to: channel, with: unfurling)
    guard let id = answer.json["channel"].text, let ts = answer.json["ts"].text else {
      throw answer.incomplete("channel or ts")
    }
    return PostedMessage(channelID: id, ts: MessageTS(ts), refusedBlocks: answer.refusedBlocks)
  }

  /// Replaces a message's text and blocks. Without metadata the message keeps what it has. Works by a channel's id
  /// only, never by a person's.
  /// - Returns: Slack's word for why the blocks were left out; nil: they are all there.
  @discardableResult
  public func updateMessage(_ posted: PostedMessage, to message: Message) async throws(VendorError) -> String? {
    var message = message
    // An edit stays where it is.
    message.threadTS = nil
    // Blocks that are left out may be kept: none has to be said.
    var target: [String: SlackJSON?] = ["ts": posted.ts.json]
    if message.blocks.isEmpty { target["blocks"] = .array([]) }
    return try await send(message, by: "chat.update", to: posted.channelID, with: target).refusedBlocks
  }

  /// Shows a message to one person in a channel that they are in. It can't be changed later.
  public func postEphemeral(_ message: Message, to user: String, in channel: String) async throws(VendorError) {
    var message = message
    // Metadata is ignored here.
    message.metadata = nil
    message.alsoInChannel = false
    _ = try await send(message, by: "chat.postEphemeral", to: channel, with: ["user": .string(user)])
  }

  public func deleteMessage(_ posted: PostedMessage) async throws(VendorError) {
    let arguments: [String: SlackJSON?] = ["channel": .string(posted.channelID), "ts": posted.ts.json]
    _ = try await call("chat.delete", .json(arguments), kind: .write, channel: posted.channelID)
  }

  /// The address of a message.
  public func permalink(of posted: PostedMessage) async throws(VendorError) -> String {
    let arguments = ["channel": posted.channelID, "message_ts": posted.ts.rawValue]
    let answer = try await call("chat.getPermalink", .form(arguments), kind: .read, channel: posted.channelID)
    guard let link = answer.json["permalink"].text else { throw answer.incomplete("permalink") }
    return link
  }

  /// Sends the message within Slack's limits; if Slack refuses its blocks all the same, once more in minimal form:
  /// a plain card is better than none.
  private func send(
    _ message: Message, by method: String, to channel: String, with extra: [String: SlackJSON?]
  ) async throws(VendorError) -> SlackAnswer {
    let common = extra.merging(["channel": .string(channel)]) { first, _ in first }
    do throws(VendorError) {
      return try await call(method, .json(message.fitted().arguments(common)), kind: .write, channel: channel)
    } catch {
      guard let code = error.code, Self.blockRefusals.contains(code) else { throw error }
      var answer = try await call(
        method, .json(message.minimal().arguments(common)), kind: .write, channel: channel)
      answer.refusedBlocks = code
      return answer
    }
  }

  private static let blockRefusals: Set = [
    "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long",
  ]
}

extension Message {
  fileprivate func arguments(_ common: [String: SlackJSON?]) -> [String: SlackJSON?] {
    json.object.mapValues(Optional.some).merging(common) { first, _ in first }
  }
}

extension SlackAnswer {
  /// Slack said ok and left out what it always sends: the call was made, its result is not known.
  func incomplete(_ what: String) -> VendorError {
    VendorError(
      vendor: "slack", operation: method, status: status, requestID: requestID,
      detail: "Slack's answer lacks \(what)", retry: .now, outcomeUnknown: kind == .write)
  }
}
