import Foundation
import Sandbox
import TestSupport
import Testing

/// The page in the suite's browser, as a person finds it: of `baton demo`, or of the stand-ins alone.
struct Playground: Sendable {
  /// How long anything may take before it counts as missing: a loaded machine is slow, and only a failing test waits it
  /// out.
  static let patience = Duration.seconds(30)

  let window: WebDriver

  struct NoBrowser: Error {}

  /// Opens a demo of its own for the length of `story`. An error in the browser's console fails the test, to the very
  /// end of the demo with the page still open.
  static func open(_ story: @Sendable (Playground) async throws -> Void) async throws {
    let demo = try ChildProcess(
      try Product.program(), ["demo", "--port", "0", "--config", Product.config.path], environment: Product.shell)
    let address: String = try await eventually("the demo prints its address", within: patience) {
      demo.output.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\//).map { String($0.0) }
    }
    try await show(address) { page in
      do { try await story(page) } catch { try await page.record(error, said: demo.errors) }
      demo.signal(SIGTERM)
      try await demo.end()
      try await page.sees("The demo has ended", in: "#lost")
    }
  }

  /// Shows a page that is there already.
  static func show(
    _ address: String, at place: String = "", _ story: @Sendable (Playground) async throws -> Void
  ) async throws {
    guard let window = InBrowser.window else { throw NoBrowser() }
    let page = Playground(window: window)
    try await window.resize(width: 1440, height: 1000)
    _ = try await window.consoleErrors()
    // The hash alone would not load the page anew.
    try await window.open(address + "?#" + place)
    try await page.sees("live", in: "#live")
    do { try await story(page) } catch { try await page.record(error) }
    let complaints = try await window.consoleErrors()
    #expect(complaints.isEmpty, "the console is silent")
    try await window.open("about:blank")
  }

  private func record(_ error: any Error, said: String = "") async throws {
    let picture = FileManager.default.temporaryDirectory.appending(path: "playground-\(UUID().uuidString).png")
    try await window.screenshot().write(to: picture)
    Issue.record("\(error); the page is in \(picture.path), the demo said \(said.suffix(500))")
  }

  // MARK: Looking

  /// The visible text of the first element that a CSS selector finds; empty where there is none.
  func text(_ selector: String = "#messages") async throws -> String {
    try await window.script(
      "return document.querySelector(arguments[0])?.innerText ?? ''", [.string(selector)]
    ).text ?? ""
  }

  func sees(_ words: String, in selector: String = "#messages", within limit: Duration = patience) async throws {
    var last = ""
    do {
      try await eventually("\"\(words)\" in \(selector)", within: limit) {
        last = try await text(selector)
        return last.contains(words)
      }
    } catch is NotInTime {
      throw Missing(description: "\"\(words)\" did not come in \(selector), which says: \(last.prefix(1500))")
    }
  }

  struct Missing: Error, CustomStringConvertible { var description: String }

  func holds(_ what: String, _ expression: String, _ arguments: [JSON] = []) async throws {
    try await eventually(what, within: Self.patience) {
      try await window.script("return Boolean(\(expression))", arguments).flag == true
    }
  }

  // MARK: Doing

  /// Clicks what an XPath finds, as soon as it is there and can be clicked. The driver points at where it was: should
  /// the page move it at that moment, it is clicked again.
  func click(_ path: String) async throws {
    var last: WebDriver.Refused?
    do {
      try await eventually("click on \(path)", within: Self.patience) {
        do {
          try await window.script(Self.watchClick, [.string(path)])
          try await window.click(path)
          return try await window.script("return window.wasHit").flag == true
        } catch let refused as WebDriver.Refused {
          last = refused
          return false
        }
      }
    } catch is NotInTime {
      throw Missing(description: "\(path) can't be clicked: \(last.map(String.init(describing:)) ?? "")")
    }
  }

  /// Notes whether the next click is on what the XPath finds.
  private static let watchClick = """
    const path = arguments[0];
    window.wasHit = false;
    if (window.watchesClick) removeEventListener("click", window.watchesClick, true);
    window.watchesClick = (event) => {
      const found = document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
      window.wasHit ||= Boolean(found?.contains(event.target));
    };
    addEventListener("click", window.watchesClick, true);
    """

  func press(_ label: String, in place: String = "") async throws {
    try await click("\(place)//button[normalize-space()='\(label)']")
  }

  /// Presses a button of a card or a message.
  func pressOnCard(_ label: String) async throws { try await press(label, in: "//div[@id='messages']//article") }

  /// Chooses in a menu, the first entry that holds the words.
  func choose(_ words: String, in selector: String) async throws {
    try await holds(
      "\(words) can be chosen",
      "[...document.querySelector(arguments[0]).options].some((one) => one.text.includes(arguments[1]))",
      [.string(selector), .string(words)])
    try await window.script(
      """
      const box = document.querySelector(arguments[0]);
      box.value = [...box.options].find((one) => one.text.includes(arguments[1])).value;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      """, [.string(selector), .string(words)])
  }

  func become(_ name: String) async throws {
    try await choose(name, in: "#user")
    try await eventually("the page is \(name)'s", within: Self.patience) {
      try await window.script("return document.querySelector('#user').selectedOptions[0].text").text?
        .hasPrefix(name) == true
    }
  }

  /// Sends one of the ready-made leads with the form.
  func send(_ sample: String) async throws {
    // However it is shown: on a phone the tabs are not.
    try await window.script("document.querySelector('#tab-form').click()")
    try await click("//button[strong[text()='\(sample)']]")
    try await press("Send to Baton")
    try await sees("202 accepted", in: "#result")
  }

  /// Sends one and opens its card.
  func sendAndOpen(_ sample: String) async throws {
    try await send(sample)
    try await sees("Card in #", in: "#result")
    try await press("Open", in: "//div[@id='result']")
  }

  func waitForWindow(_ title: String) async throws {
    try await sees(title, in: "#modal[open] h2")
  }

  func waitForNoWindow() async throws { try await holds("the window closes", "!document.querySelector('#modal').open") }
}
