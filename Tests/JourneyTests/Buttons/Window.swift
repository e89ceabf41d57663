import Foundation
import Sandbox
import TestSupport

/// A window that somebody has open.
struct Window: Sendable {
  let desk: Desk
  let user: String
  let json: JSON

  var words: String { desk.words(json) }

  /// The options of a menu or of radio buttons, those of groups in the groups' order.
  func options(_ block: String) -> [JSON] {
    let element = json["blocks"].items.first { $0["block_id"].text == block }?["element"] ?? .null
    return element["options"].items + element["option_groups"].items.flatMap { $0["options"].items }
  }

  func option(_ block: String, containing text: String) throws -> JSON {
    guard let found = options(block).first(where: { ($0["text"]["text"].text ?? "").contains(text) }) else {
      throw Desk.NotSeen(what: "option \(text)", words: json["blocks"].encoded)
    }
    return found
  }

  /// Sends it off.
  func submit(_ values: JSON) async throws -> SlackPeople.Submission {
    try await desk.sandbox.people.submit(values, user: user)
  }

  func close() async throws { try await desk.sandbox.people.close(user: user) }

  /// What somebody finds by typing into a menu that searches.
  func search(_ action: String, _ text: String) async throws -> [JSON] {
    try await desk.sandbox.people.suggestions(action, text: text, in: .modal, user: user)
  }
}

/// What people enter, in the shape in which Slack sends it.
enum Entry {
  static func reason(_ text: String) -> [String: JSON] {
    ["reason": ["reason": ["type": "plain_text_input", "value": .string(text)]]]
  }

  static func member(_ option: JSON) -> [String: JSON] {
    ["to_member": ["member": ["type": "static_select", "selected_option": option]]]
  }

  static func person(_ option: JSON) -> [String: JSON] {
    ["to_person": ["lead.people.v1": ["type": "external_select", "selected_option": option]]]
  }

  static func revisit(_ day: String) -> [String: JSON] {
    ["revisit": ["date": ["type": "datepicker", "selected_date": .string(day)]]]
  }

  static func result(_ option: JSON) -> [String: JSON] {
    ["result": ["result": ["type": "radio_buttons", "selected_option": option]]]
  }

  static func amount(_ text: String) -> [String: JSON] {
    ["amount": ["amount": ["type": "plain_text_input", "value": .string(text)]]]
  }

  static func all(_ entries: [String: JSON]...) -> JSON {
    .object(entries.reduce(into: [:]) { $0.merge($1) { $1 } })
  }

  /// `2026-12-24`, so many days from now.
  static func day(in days: Int) -> String {
    String(Date(timeIntervalSinceNow: TimeInterval(days) * 86_400).formatted(.iso8601).prefix(10))
  }
}

extension Desk {
  /// Waits for the window that somebody's click opens.
  /// - Parameter text: what it must say by then: names that Slack had to be asked for follow.
  func window(of handle: String, open count: Int = 1, saying text: String? = nil) async throws -> Window {
    let user = try user(handle)
    let view = try await eventually("a window of \(handle)") {
      let views = sandbox.world.views(user)
      guard views.count >= count, let last = views.last, text.map(words(last).contains) ?? true else {
        return JSON?.none
      }
      return last
    }
    return Window(desk: self, user: user, json: view)
  }

  func windows(of handle: String) throws -> [JSON] { sandbox.world.views(try user(handle)) }
}
