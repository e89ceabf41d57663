import Foundation
import RevOps
import SlackAPI
import VendorAPI

extension SlackChat {
  /// A channel's id by its name, a DM's by its person's id.
  func destination(_ place: String) async throws(ServiceError) -> String {
    guard SlackDirectory.isUserID(place) else { return try await directory.channels.id(of: place) }
    let client = client
    return try await asking { () async throws(VendorError) in try await client.openDM(with: place) }
  }

  func post(
    _ message: Message, to channel: String, kind: RevOps.PostedMessage.Kind
  ) async throws(ServiceError) -> PostedCard {
    let client = client
    let posted = try await asking { () async throws(VendorError) in
      try await client.postMessage(message, to: channel)
    }
    return PostedCard(
      RevOps.PostedMessage(channel: posted.channelID, timestamp: posted.ts.rawValue, kind: kind),
      reduced: posted.refusedBlocks)
  }

  func edit(_ message: RevOps.PostedMessage, to new: Message) async throws(ServiceError) -> String? {
    let target = SlackAPI.PostedMessage(channelID: message.channel, ts: MessageTS(message.timestamp))
    let client = client
    return try await asking { () async throws(VendorError) in try await client.updateMessage(target, to: new) }
  }

  /// Nil: they are not in the workspace, or can't be looked up for good (no such scope), which keeps no word back.
  func mention(of email: String) async throws(ServiceError) -> Mrkdwn? {
    do {
      return try await directory.person(email: email).map { Mrkdwn.mention($0.id) }
    } catch  where error.retry == .never {
      return nil
    }
  }

  /// The people that a card names. Somebody who can't be looked up for good (no such scope) is shown by address.
  func people(on lead: Lead) async throws(ServiceError) -> CardPeople {
    var people = CardPeople()
    for email in CardPeople.named(on: lead) {
      do {
        if let person = try await directory.person(email: email) {
          people.known[email] = person
        } else {
          people.absent.insert(email)
        }
      } catch  where error.retry == .never {
        continue
      }
    }
    return people
  }

  /// The first message of a history that matches.
  func search(
    _ page: (String?) async throws(VendorError) -> Page<IncomingMessage>, where matches: (IncomingMessage) -> Bool
  ) async throws(ServiceError) -> (ts: String, metadata: MessageMetadata?)? {
    var cursor: String?
    for _ in 0..<Self.searchedPages {
      let messages: Page<IncomingMessage>
      do throws(VendorError) { messages = try await page(cursor) } catch { throw ServiceError(error) }
      if let found = messages.items.first(where: matches), let ts = found.ts {
        return (ts.rawValue, found.metadata)
      }
      guard let next = messages.next else { return nil }
      cursor = next
    }
    return nil
  }

  /// Slack's form of a moment: seconds with six digits.
  static func timestamp(_ moment: Date) -> MessageTS {
    MessageTS("\(Int(moment.timeIntervalSince1970.rounded(.down))).000000")
  }
}
