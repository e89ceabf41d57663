import VendorAPI

/// What somebody who sets the app up wants to know and do.
extension SlackClient {
  /// All channels that the bot can see, archived ones too.
  public func everyChannel() async throws(VendorError) -> [SlackChannel] {
    // Slack takes fewer than a thousand a page.
    let arguments = ["types": "public_channel,private_channel", "exclude_archived": "false", "limit": "999"]
    return try await all("conversations.list", arguments) { $0["channels"].array.compactMap(SlackChannel.init) }
  }

  /// Takes the bot into a public channel. Needs the scope `channels:join`; in it already, nothing happens.
  public func join(channel id: String) async throws(VendorError) {
    _ = try await call("conversations.join", .json(["channel": .string(id)]), kind: .write, channel: id)
  }
}
