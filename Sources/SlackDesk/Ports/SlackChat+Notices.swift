import Foundation
import RevOps
import SlackAPI
import VendorAPI

extension SlackChat {
  /// In the card's thread, where what it is about can be seen, with the buttons for what it asks.
  @Sendable func remind(
    _ text: String, _ clock: DeskClock, _ lead: Lead, _ key: String
  ) async throws(ServiceError) -> RevOps.PostedMessage {
    guard let card = lead.desk.card else { throw .slack("no_card", "the lead has no card") }
    var line = Mrkdwn(await directory.named(text, asking: true)).clipped(to: SlackLimits.sectionText)
    if let owner = clock.owner, let token = try await mention(of: owner) { line = "\(token) \(line)" }
    let title = LeadTitle(lead)
    let buttons = Self.buttons(of: clock).map { Element.button(CardButtons.button($0, on: lead, title)) }
    let message = Message(
      text: line, blocks: [.text(line, id: "reminder.text"), .actions(buttons, id: "reminder.actions")],
      metadata: CardMetadata.line(key), threadTS: MessageTS(card.timestamp))
    return try await post(message, to: card.channel, kind: .thread).message
  }

  /// Nobody in particular can't ask for more time.
  private static func buttons(of clock: DeskClock) -> [DeskButton] {
    let deed: DeskButton =
      switch clock.kind {
      case .accept: .claim
      case .firstTouch: .reachedOut
      }
    return clock.owner == nil ? [deed] : [deed, .snooze]
  }

  /// One line that names the lead and ends with a link to its card.
  @Sendable func notify(
    _ notice: Notice, _ lead: Lead, _ key: String
  ) async throws(ServiceError) -> RevOps.PostedMessage {
    let place = try await place(notice.to)
    let words = Mrkdwn(await directory.named(notice.text, asking: true)).clipped(to: SlackLimits.sectionText)
    var line: Mrkdwn = notice.linksCard ? "*\(LeadTitle(lead).both, max: 200)*: \(words)" : words
    if notice.linksCard, let card = lead.desk.card { line = "\(line) \(try await link(to: card))" }
    return try await post(
      Message(text: line, metadata: CardMetadata.line(key)), to: place, kind: Self.kind(of: notice.to)
    ).message
  }

  @Sendable func findNotice(
    _ key: String, _ to: Notice.Place, _ since: Date
  ) async throws(ServiceError) -> RevOps.PostedMessage? {
    let channel = try await place(to)
    let oldest = Self.timestamp(since)
    let client = client
    let found = try await search { cursor async throws(VendorError) in
      try await client.history(of: channel, after: oldest, cursor: cursor)
    } where: {
      $0.metadata?.eventType == CardMetadata.line && $0.metadata?.payload["key"] == key
    }
    return found.map { RevOps.PostedMessage(channel: channel, timestamp: $0.ts, kind: Self.kind(of: to)) }
  }

  private static func kind(of place: Notice.Place) -> RevOps.PostedMessage.Kind {
    if case .person = place { .direct } else { .notice }
  }

  private func place(_ place: Notice.Place) async throws(ServiceError) -> String {
    switch place {
    case .channel(let name): return try await directory.channels.id(of: name)
    case .person(let email):
      guard let person = try await directory.person(email: email) else {
        throw .slack("user_not_found", "nobody in the workspace has that address")
      }
      return try await destination(person.id)
    }
  }

  /// Where it leads can be told by Slack alone; a card that is gone is named without.
  private func link(to card: RevOps.PostedMessage) async throws(ServiceError) -> Mrkdwn {
    let posted = SlackAPI.PostedMessage(channelID: card.channel, ts: MessageTS(card.timestamp))
    do throws(VendorError) { return Mrkdwn.link(try await client.permalink(of: posted), "Open the card") } catch {
      guard error.retry == .never else { throw ServiceError(error) }
      return ""
    }
  }
}
