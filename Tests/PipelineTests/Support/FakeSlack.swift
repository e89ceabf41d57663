import Foundation
import RevOps
import Synchronization

/// Slack as the pipeline sees it: keeps what was posted.
final class FakeSlack: Sendable {
  struct Message: Sendable {
    var place: PostedMessage
    var lead: LeadID?
    /// As it was last drawn.
    var drawn: Lead?
    var text = ""
    /// The owner that the message mentions.
    var mention: String?
    var key: String?
    /// Whose clock it is about: such a line has buttons.
    var clock: DeskClock?
    var isRetired = false
  }

  struct Answer: Sendable {
    var text: String
    var user: String
  }

  private struct State {
    var messages: [Message] = []
    var answers: [Answer] = []
    var archived: Set<String> = []
    /// Why it takes cards only without blocks.
    var reduced: String?
  }

  let faults = Faults()
  private let state = Mutex(State())

  func cards(of lead: LeadID) -> [Message] {
    state.withLock { $0.messages.filter { $0.lead == lead } }
  }

  /// Whose cards were posted, the first first.
  var cardsInOrder: [LeadID] { state.withLock { $0.messages.compactMap(\.lead) } }

  var directs: [Message] { state.withLock { $0.messages.filter { $0.place.kind == .direct } } }
  var lines: [Message] { state.withLock { $0.messages.filter { $0.place.kind == .thread } } }
  /// Those with buttons.
  var reminders: [Message] { lines.filter { $0.clock != nil } }
  /// Words to one person or another channel, in order.
  var notices: [Message] {
    state.withLock { $0.messages.filter { [.direct, .notice].contains($0.place.kind) } }
  }
  func notices(to email: String) -> [String] { notices.filter { $0.place.channel == "D-\(email)" }.map(\.text) }
  var answers: [Answer] { state.withLock { $0.answers } }
  var isSilent: Bool { state.withLock { $0.messages.isEmpty && $0.answers.isEmpty } }
  func archive(_ channel: String) { state.withLock { _ = $0.archived.insert(channel) } }

  func reduce(_ reason: String) { state.withLock { $0.reduced = reason } }

  /// The user id of the person with that e-mail address; guests have their own kind.
  static func user(_ email: String) -> String { "U-\(email)" }
  static func guest(_ email: String) -> String { "G-\(email)" }

  var chat: Chat {
    Chat(
      postCard: { card, channel, mention async throws(ServiceError) in
        if self.state.withLock({ $0.archived.contains(channel) }) {
          throw ServiceError(service: "slack", code: "is_archived", detail: "archived", retry: .never)
        }
        return try await self.faults.call("postCard") {
          PostedCard(self.post(card, channel, mention), reduced: self.state.withLock { $0.reduced })
        }
      },
      updateCard: { card, place async throws(ServiceError) in
        try await self.faults.call("updateCard") { self.change(place) { $0.drawn = card.lead } }
        return nil
      },
      retireCard: { _, place async throws(ServiceError) in
        try await self.faults.call("retireCard") { self.change(place) { $0.isRetired = true } }
      },
      findCard: { lead, channel, _ async throws(ServiceError) in
        try await self.faults.call("findCard") {
          self.cards(of: lead).last { $0.place.channel == channel && !$0.isRetired }?.place
        }
      },
      postLine: { text, mention, under, key async throws(ServiceError) in
        try await self.faults.call("postLine") { self.post(text, mention, under, key) }
      },
      findLine: { key, _, _ async throws(ServiceError) in
        try await self.faults.call("findLine") { self.lines.last { $0.key == key }?.place }
      },
      remind: { text, clock, lead, key async throws(ServiceError) in
        try await self.faults.call("remind") {
          var line = Message(place: self.place(lead.desk.card?.channel ?? "", .thread), text: text, key: key)
          line.mention = clock.owner
          line.clock = clock
          return self.add(line)
        }
      },
      notify: { notice, _, key async throws(ServiceError) in
        try await self.faults.call("notify") {
          self.add(Message(place: Self.place(self, notice.to), text: notice.text, key: key))
        }
      },
      findNotice: { key, _, _ async throws(ServiceError) in
        try await self.faults.call("findNotice") { self.notices.last { $0.key == key }?.place }
      },
      answer: { text, reply async throws(ServiceError) in
        try await self.faults.call("answer") {
          self.state.withLock { $0.answers.append(Answer(text: text, user: reply.user)) }
        }
      },
      direct: { text, email, key async throws(ServiceError) in
        try await self.faults.call("direct", of: email) {
          self.add(Message(place: self.place("D-\(email)", .direct), text: text, key: key))
        }
      },
      person: { id async throws(ServiceError) in
        try await self.faults.call("person", of: id) { Self.person(id) }
      },
      personByEmail: { email async throws(ServiceError) in
        try await self.faults.call("personByEmail", of: email) { Self.person(Self.user(email)) }
      })
  }

  private static func place(_ slack: FakeSlack, _ to: Notice.Place) -> PostedMessage {
    switch to {
    case .person(let email): slack.place("D-\(email)", .direct)
    case .channel(let name): slack.place(name, .notice)
    }
  }

  private static func person(_ id: String) -> ChatPerson {
    let email = String(id.dropFirst(2))
    return ChatPerson(
      id: id, email: email, name: email, isFullMember: id.hasPrefix("U-"), isDeactivated: false, timezone: nil)
  }

  private func post(_ card: CardContext, _ channel: String, _ mention: Bool) -> PostedMessage {
    let kind: PostedMessage.Kind = card.lead.state == .inReview ? .triage : .card
    return add(
      Message(
        place: place(channel, kind), lead: card.lead.id, drawn: card.lead,
        mention: mention ? card.lead.desk.owner : nil))
  }

  private func post(_ text: String, _ mention: String?, _ under: PostedMessage, _ key: String) -> PostedMessage {
    add(Message(place: place(under.channel, .thread), text: text, mention: mention, key: key))
  }

  private func place(_ channel: String, _ kind: PostedMessage.Kind) -> PostedMessage {
    PostedMessage(channel: channel, timestamp: UUID().uuidString, kind: kind)
  }

  private func add(_ message: Message) -> PostedMessage {
    state.withLock { $0.messages.append(message) }
    return message.place
  }

  private func change(_ place: PostedMessage, _ change: (inout Message) -> Void) {
    state.withLock { state in
      for index in state.messages.indices where state.messages[index].place == place {
        change(&state.messages[index])
      }
    }
  }
}
