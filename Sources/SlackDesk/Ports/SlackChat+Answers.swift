import RevOps
import SlackAPI
import VendorAPI

extension SlackChat {
  /// By the interaction's own address; where that is missing or used up, by a message that only they see.
  @Sendable func answer(_ text: String, _ to: ReplyAddress) async throws(ServiceError) {
    let words = await directory.named(text, asking: true)
    let message = Message(text: Mrkdwn(words), threadTS: to.thread.map { MessageTS($0) })
    guard let url = to.responseURL else { return try await tell(message, to) }
    do throws(VendorError) {
      try await client.respond(.note(message), to: ResponseURL(url))
    } catch {
      guard error.retry == .never else { throw ServiceError(error) }
      try await tell(message, to)
    }
  }

  /// In the channel where they acted; a person who is not in it gets a direct message.
  private func tell(_ message: Message, _ to: ReplyAddress) async throws(ServiceError) {
    if let channel = to.channel {
      do throws(VendorError) {
        return try await client.postEphemeral(message, to: to.user, in: channel)
      } catch {
        guard error.retry == .never else { throw ServiceError(error) }
      }
    }
    var direct = message
    direct.threadTS = nil
    _ = try await post(direct, to: try await destination(to.user), kind: .direct)
  }
}
