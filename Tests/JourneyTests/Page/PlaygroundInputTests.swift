import Curl
import Foundation
import Sandbox
import TestSupport
import Testing
import VendorAPI

extension PlaygroundTests {
  @Test func `every kind of input is drawn with its label and hint, and what was entered is sent`() async throws {
    try await Inputs.open { page in
      try await page.choose("Second", in: "select[aria-describedby]")
      for (label, value) in Inputs.typed { try await page.enter(value, at: label) }
      try await page.choose("Mei Tan", in: "[data-key='home/person/person']")
      try await page.click("//label[contains(., 'Lost')]//input[@type='radio']")
      try await page.click("//label[contains(., 'Call them')]//input[@type='checkbox']")
      try await page.sees("Whole numbers")
      try await page.hearActs()
      try await page.press("Done")
      let values = try await page.heard("press")["values"]
      #expect(values["choice"]["choice"]["selected_option"]["value"].text == "two")
      #expect(values["person"]["person"]["selected_user"].text?.hasPrefix("U") == true)
      #expect(values["words"]["words"]["value"].text == "a few words")
      #expect(values["number"]["number"]["value"].text == "42")
      #expect(values["day"]["day"]["selected_date"].text == "2027-03-09")
      #expect(values["result"]["result"]["selected_option"]["value"].text == "lost")
      #expect(values["next"]["next"]["selected_options"][0]["value"].text == "call")
    }
  }
}

/// A Home tab with one input of each kind, shown by the stand-ins alone.
enum Inputs {
  /// What is typed, by the label of the field.
  static let typed = [("Some words", "a few words"), ("A number", "42"), ("A day", "2027-03-09")]

  static func open(_ story: @escaping @Sendable (Playground) async throws -> Void) async throws {
    let sandbox = Sandbox()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await sandbox.run()
        return false
      }
      group.addTask {
        _ = await sandbox.started()
        let user = try #require(sandbox.configuration.workspace.members.first?.id)
        try await publish(sandbox, to: user)
        // Nobody listens there: what the page sends is looked at in the page.
        sandbox.world.setProductURL("http://127.0.0.1:9")
        try await Playground.show(sandbox.baseURL + "/", at: "home=1&user=\(user)", story)
        return true
      }
      defer { group.cancelAll() }
      while let isOver = try await group.next(), !isOver {}
    }
  }

  private static func publish(_ sandbox: Sandbox, to user: String) async throws {
    let body: JSON = ["user_id": .string(user), "view": ["type": "home", "blocks": .array(blocks)]]
    let response = try await CurlClient().send(
      VendorRequest(
        vendor: "slack", operation: "views.publish", method: .post, url: sandbox.baseURL + "/slack/api/views.publish",
        headers: [
          ("authorization", "Bearer \(sandbox.configuration.slackBotToken)"),
          ("content-type", "application/json; charset=utf-8"),
        ], body: body.data, timeout: .seconds(20)))
    let answer = JSON.parse(response.body) ?? .null
    #expect(answer["ok"].flag == true, "\(answer.encoded)")
  }

  private static var blocks: [JSON] {
    [
      input("choice", "A choice", ["type": "static_select", "options": .array(options)], hint: "One of two"),
      input("person", "A person", ["type": "users_select"]),
      input("words", "Some words", ["type": "plain_text_input"]),
      input("number", "A number", ["type": "number_input", "is_decimal_allowed": false], hint: "Whole numbers"),
      input("day", "A day", ["type": "datepicker"]),
      input(
        "result", "A result",
        ["type": "radio_buttons", "options": .array([option("Won", "won"), option("Lost", "lost")])]),
      input("next", "What next", ["type": "checkboxes", "options": .array([option("Call them", "call")])]),
      [
        "type": "actions",
        "elements": [["type": "button", "action_id": "done", "text": plain("Done"), "style": "primary"]],
      ],
    ]
  }

  private static let options = [option("First", "one"), option("Second", "two")]

  private static func input(_ id: String, _ label: String, _ element: JSON, hint: String? = nil) -> JSON {
    var element = element
    element["action_id"] = .string(id)
    var block: JSON = ["type": "input", "block_id": .string(id), "label": plain(label), "element": element]
    if let hint { block["hint"] = plain(hint) }
    return block
  }

  private static func option(_ text: String, _ value: String) -> JSON {
    ["text": plain(text), "value": .string(value)]
  }

  private static func plain(_ text: String) -> JSON { ["type": "plain_text", "text": .string(text)] }
}

extension Playground {
  /// Enters a value into the field that has this label, as typing does.
  func enter(_ value: String, at label: String) async throws {
    try await holds(
      "the field \(label)",
      "[...document.querySelectorAll('label')].some((one) => one.textContent === arguments[0])", [.string(label)])
    try await window.script(
      """
      const label = [...document.querySelectorAll("label")].find((one) => one.textContent === arguments[0]);
      label.control.value = arguments[1];
      for (const type of ["input", "change"]) label.control.dispatchEvent(new Event(type, { bubbles: true }));
      """, [.string(label), .string(value)])
  }

  /// From now on the page keeps what it sends.
  func hearActs() async throws {
    try await window.script(
      """
      const send = window.fetch;
      window.heard = [];
      window.fetch = (address, options) => {
        if (options?.body) window.heard.push(JSON.parse(options.body));
        return send(address, options);
      };
      """)
  }

  /// The first act of this kind that it sent.
  func heard(_ kind: String) async throws -> JSON {
    try await eventually("the page sends \(kind)", within: Self.patience) {
      let found = try await window.script(
        "return window.heard.find((one) => one.kind === arguments[0]) ?? null", [.string(kind)])
      return found.isNull ? nil : found
    }
  }
}
