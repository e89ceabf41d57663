import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// The chat port over Slack's Web API.
///
/// Slack can't tell a repeated post from a new one: after an unknown outcome `findCard` and `findLine` look for the
/// metadata first. Nothing is repeated here.
public struct SlackChat: Sendable {
  let client: SlackClient
  let directory: SlackDirectory
  /// How many pages of a history are looked through for a message.
  static let searchedPages = 10

  /// - Parameter directory: shared with the handlers of clicks, so that both know the same people.
  public static func make(client: SlackClient, directory: SlackDirectory) -> Chat {
    let slack = SlackChat(client: client, directory: directory)
    return Chat(
      postCard: slack.postCard, updateCard: slack.updateCard, retireCard: slack.retireCard,
      findCard: slack.findCard, postLine: slack.postLine, findLine: slack.findLine, remind: slack.remind,
      notify: slack.notify, findNotice: slack.findNotice, answer: slack.answer, direct: slack.direct,
      person: slack.person, personByEmail: slack.personByEmail)
  }

  // MARK: Cards

  @Sendable func postCard(
    _ card: CardContext, _ channel: String, _ mention: Bool
  ) async throws(ServiceError) -> PostedCard {
    let message = LeadCard.message(card, people: try await people(on: card.lead), mentionsOwner: mention)
    let target = try await destination(channel)
    return try await post(message, to: target, kind: CardMetadata.kind(of: card.lead))
  }

  @Sendable func updateCard(
    _ card: CardContext, _ message: RevOps.PostedMessage
  ) async throws(ServiceError) -> String? {
    let drawn = LeadCard.message(card, people: try await people(on: card.lead))
    return try await edit(message, to: drawn)
  }

  @Sendable func retireCard(_ card: CardContext, _ message: RevOps.PostedMessage) async throws(ServiceError) {
    _ = try await edit(message, to: LeadCard.retired(card))
  }

  @Sendable func findCard(
    _ lead: LeadID, _ channel: String, _ since: Date
  ) async throws(ServiceError) -> RevOps.PostedMessage? {
    let id = try await directory.channels.id(of: channel)
    let oldest = Self.timestamp(since)
    let client = client
    let found = try await search { cursor async throws(VendorError) in
      try await client.history(of: id, after: oldest, cursor: cursor)
    } where: {
      CardMetadata.isCard($0.metadata, of: lead)
    }
    return found.map { RevOps.PostedMessage(channel: id, timestamp: $0.ts, kind: CardMetadata.kind($0.metadata)) }
  }

  // MARK: Threads

  @Sendable func postLine(
    _ text: String, _ mention: String?, _ under: RevOps.PostedMessage, _ key: String
  ) async throws(ServiceError) -> RevOps.PostedMessage {
    var line = Mrkdwn(await directory.named(text, asking: true)).clipped(to: SlackLimits.sectionText)
    if let mention, let token = try await self.mention(of: mention) { line = "\(token) \(line)" }
    let message = Message(
      text: line, metadata: CardMetadata.line(key), threadTS: MessageTS(under.timestamp))
    return try await post(message, to: under.channel, kind: .thread).message
  }

  @Sendable func findLine(
    _ key: String, _ under: RevOps.PostedMessage, _ since: Date
  ) async throws(ServiceError) -> RevOps.PostedMessage? {
    let thread = SlackAPI.PostedMessage(channelID: under.channel, ts: MessageTS(under.timestamp))
    let client = client
    let found = try await search { cursor async throws(VendorError) in
      try await client.replies(to: thread, cursor: cursor)
    } where: {
      $0.metadata?.eventType == CardMetadata.line && $0.metadata?.payload["key"] == key
    }
    return found.map { RevOps.PostedMessage(channel: under.channel, timestamp: $0.ts, kind: .thread) }
  }

  // MARK: Persons

  @Sendable func direct(
    _ text: String, _ email: String, _ key: String
  ) async throws(ServiceError) -> RevOps.PostedMessage {
    guard let person = try await directory.person(email: email) else {
      throw .slack("user_not_found", "nobody in the workspace has that address")
    }
    let message = Message(text: Mrkdwn(text), metadata: CardMetadata.line(key))
    return try await post(message, to: try await destination(person.id), kind: .direct).message
  }

  @Sendable func person(_ userID: String) async throws(ServiceError) -> ChatPerson {
    try await directory.person(userID)
  }

  @Sendable func personByEmail(_ email: String) async throws(ServiceError) -> ChatPerson? {
    try await directory.person(email: email)
  }
}
