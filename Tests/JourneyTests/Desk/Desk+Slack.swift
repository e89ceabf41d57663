import Foundation
import Sandbox
import TestSupport

/// The texts of a message, as a reader sees them.
enum SlackWords {
  /// All of them, without emphasis and escapes; people by the name that Slack shows.
  static func all(in json: JSON, people: [Workspace.Member] = []) -> String {
    var text = texts(json).joined(separator: "\n").replacingOccurrences(of: "*", with: "")
    for member in people { text = text.replacingOccurrences(of: "<@\(member.id)>", with: "@" + member.handle) }
    for (escape, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: escape, with: sign)
    }
    return text
  }

  private static func texts(_ json: JSON) -> [String] {
    if !json.items.isEmpty { return json.items.flatMap(texts) }
    return json.fields.sorted { $0.key < $1.key }.flatMap { key, value -> [String] in
      if key == "metadata" { return [] }
      if key == "text", let text = value.text { return [text] }
      return texts(value)
    }
  }
}

extension Desk {
  /// A lead's card in a channel.
  struct Card: Sendable {
    let desk: Desk
    let channel: String
    let ts: String

    /// As it is now.
    var json: JSON? { desk.sandbox.world.messages(channel).first { $0["ts"].text == ts } }
    var words: String { json.map(desk.words) ?? "" }

    /// Clicks the button with this label.
    @discardableResult
    func press(_ label: String, as handle: String) async throws -> SlackPeople.Outcome {
      guard let action = action(label) else { throw NotSeen(what: "button \(label)", words: words) }
      return try await desk.sandbox.people.press(
        action, in: .message(channel: channel, ts: ts), user: try desk.user(handle))
    }

    /// Waits until the card says so.
    func expect(_ text: String, within limit: Duration = .seconds(40)) async throws {
      do {
        try await eventually(text, within: limit) { words.contains(text) }
      } catch is NotInTime {
        throw NotSeen(what: text, words: words)
      }
    }

    /// Waits for an answer in the card's thread.
    @discardableResult
    func reply(containing text: String) async throws -> JSON {
      try await desk.message(in: channel, "a reply with \(text)") {
        $0["thread_ts"].text == ts && $0["ts"].text != ts && desk.words($0).contains(text)
      }
    }

    private func action(_ label: String) -> String? {
      let elements = (json?["blocks"].items ?? []).flatMap { $0["elements"].items + [$0["accessory"]] }
      return elements.first { $0["text"]["text"].text == label }?["action_id"].text
    }
  }

  struct NotSeen: Error, CustomStringConvertible {
    var what: String
    var words: String
    var description: String { "not to be seen: \(what)\nIt says:\n\(words)" }
  }

  struct NoSuchPlace: Error, CustomStringConvertible {
    var description: String
  }

  /// Waits for the card about somebody or some company in a channel.
  func card(in channel: String, about text: String, within limit: Duration = .seconds(40)) async throws -> Card {
    let id = try self.channel(channel)
    let found = try await message(in: id, "a card about \(text) in \(channel)", within: limit) {
      Self.isRoot($0) && words($0).contains(text)
    }
    return Card(desk: self, channel: id, ts: found["ts"].text ?? "")
  }

  /// Waits for a message that nobody has asked for yet.
  @discardableResult
  func message(
    in channel: String, _ what: String, within limit: Duration = .seconds(40), where fits: (JSON) -> Bool
  ) async throws -> JSON {
    let found = try await eventually(what, within: limit) {
      sandbox.world.messages(channel).first { fits($0) && !wasExpected($0["ts"].text ?? "") }
    }
    noteExpected(found["ts"].text ?? "")
    return found
  }

  /// Waits until the person is told something alone that the test has not read yet.
  func privateWord(to handle: String, containing text: String, within limit: Duration = .seconds(40)) async throws
    -> String
  {
    let user = try user(handle)
    let said = { self.sandbox.world.ephemerals(user).filter { $0["from_slack"].flag != true } }
    do {
      let found = try await eventually(text, within: limit) {
        said().first { !wasExpected($0["ts"].text ?? "") && words($0).contains(text) }
      }
      noteExpected(found["ts"].text ?? "")
      return words(found)
    } catch is NotInTime {
      throw NotSeen(
        what: "a word to \(handle) with \(text)", words: said().map { words($0) }.joined(separator: "\n--\n"))
    }
  }

  /// Waits for a direct message that the test has not read yet.
  func direct(to handle: String, containing text: String) async throws -> String {
    let user = try user(handle)
    let channel = try await eventually("a direct message to \(handle)", within: .seconds(40)) {
      sandbox.world.directChannelID(user)
    }
    return words(try await message(in: channel, "\(text) to \(handle)") { words($0).contains(text) })
  }

  /// What a reader sees of a message.
  func words(_ message: JSON) -> String {
    SlackWords.all(in: message, people: sandbox.configuration.workspace.members)
  }

  /// The id of a person by the part of the address before the @.
  func user(_ handle: String) throws -> String {
    guard let id = sandbox.world.userID("\(handle)@northwind.example") else {
      throw NoSuchPlace(description: "nobody is called \(handle)")
    }
    return id
  }

  func channel(_ name: String) throws -> String {
    guard let id = sandbox.world.channelID(name) else { throw NoSuchPlace(description: "there is no \(name)") }
    return id
  }

  /// What Baton has posted, by name of the channel; "direct" for messages to one person.
  var allMessages: [(channel: String, message: JSON)] {
    let names = sandbox.configuration.workspace.channels.map { (name: $0.name, id: $0.id) }
    let direct = sandbox.configuration.workspace.members.compactMap { member in
      sandbox.world.directChannelID(member.id).map { (name: "direct to \(member.handle)", id: $0) }
    }
    return (names + direct).flatMap { place in
      sandbox.world.messages(place.id).filter { $0["bot_id"].text != nil }.map { (place.name, $0) }
    }
  }

  /// The cards of a lead, live or not.
  func cards(of lead: String) -> [JSON] {
    allMessages.map(\.message).filter {
      $0["metadata"]["event_payload"]["lead_id"].text == lead && Self.isRoot($0)
    }
  }

  private static func isRoot(_ message: JSON) -> Bool {
    message["thread_ts"].isNull || message["thread_ts"].text == message["ts"].text
  }
}
