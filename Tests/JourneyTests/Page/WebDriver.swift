import Curl
import Foundation
import Sandbox
import TestSupport
import VendorAPI

/// A session of W3C WebDriver (https://www.w3.org/TR/webdriver2/): one window of a browser that is driven from outside.
struct WebDriver: Sendable {
  /// What the driver refused, by its own code ("no such element") and words.
  struct Refused: Error, CustomStringConvertible {
    var code: String
    var message: String
    var description: String { "\(code): \(message.prefix(300))" }
  }

  /// Names of the keys that have no character (section "Keyboard actions").
  enum Key {
    static let tab = "\u{E004}"
    static let enter = "\u{E007}"
    static let escape = "\u{E00C}"
    static let down = "\u{E015}"
  }

  private let client: CurlClient
  private let session: String
  /// The key under which the protocol hands out elements (section "Elements").
  private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

  /// Opens a window of `width` × `height` CSS pixels.
  init(client: CurlClient, driver: String, browser: String) async throws {
    self.client = client
    let options: JSON = [
      "binary": .string(browser),
      // Chromium's own sandbox does not start for root, as whom containers run; only loopback pages are opened here.
      "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1440,1000"],
    ]
    let wanted: JSON = [
      "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
    ]
    let answer = try await Self.send(
      client, .post, driver + "/session", ["capabilities": ["alwaysMatch": wanted]])
    session = driver + "/session/" + (answer["sessionId"].text ?? "")
  }

  func close() async throws { _ = try await call(.delete, "") }

  func open(_ url: String) async throws { _ = try await call(.post, "/url", ["url": .string(url)]) }

  /// Runs the body of a function in the page.
  @discardableResult
  func script(_ body: String, _ arguments: [JSON] = []) async throws -> JSON {
    try await call(.post, "/execute/sync", ["script": .string(body), "args": .array(arguments)])
  }

  func press(_ keys: String...) async throws {
    let strokes = keys.flatMap { key -> [JSON] in
      [["type": "keyDown", "value": .string(key)], ["type": "keyUp", "value": .string(key)]]
    }
    _ = try await call(
      .post, "/actions", ["actions": [["type": "key", "id": "keyboard", "actions": .array(strokes)]]])
  }

  /// Clicks the first element that an XPath finds; scrolls to it first.
  func click(_ path: String) async throws { _ = try await call(.post, "/element/\(element(path))/click") }

  func type(_ text: String, into path: String) async throws {
    _ = try await call(.post, "/element/\(element(path))/value", ["text": .string(text)])
  }

  private func element(_ path: String) async throws -> String {
    let found = try await call(.post, "/element", ["using": "xpath", "value": .string(path)])
    return found[Self.elementKey].text ?? ""
  }

  /// The errors that the console has shown since the last call.
  func consoleErrors() async throws -> [String] {
    try await call(.post, "/se/log", ["type": "browser"]).items
      .filter { $0["level"].text == "SEVERE" }.compactMap { $0["message"].text }
  }

  /// Makes the page believe in a screen of this size.
  func resize(width: Int, height: Int) async throws {
    try await devTools(
      "Emulation.setDeviceMetricsOverride",
      ["width": .int(width), "height": .int(height), "deviceScaleFactor": 1, "mobile": false])
  }

  func setColorScheme(_ scheme: String) async throws {
    let feature: JSON = ["name": "prefers-color-scheme", "value": .string(scheme)]
    try await devTools("Emulation.setEmulatedMedia", ["features": [feature]])
  }

  /// The window as PNG.
  func screenshot() async throws -> Data {
    Data(base64Encoded: try await call(.get, "/screenshot").text ?? "") ?? Data()
  }

  private func devTools(_ command: String, _ parameters: JSON) async throws {
    _ = try await call(.post, "/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
  }

  private func call(_ method: VendorRequest.Method, _ path: String, _ body: JSON = [:]) async throws -> JSON {
    // Not `nil`: that would be JSON's null, which the driver refuses as a body.
    try await Self.send(client, method, session + path, method == .post ? body : Optional<JSON>.none)
  }

  private static func send(
    _ client: CurlClient, _ method: VendorRequest.Method, _ url: String, _ body: JSON?
  ) async throws -> JSON {
    let request = VendorRequest(
      vendor: "webdriver", operation: "test", method: method, url: url,
      headers: [("content-type", "application/json; charset=utf-8")], body: body?.data, timeout: .seconds(60))
    let response = try await client.send(request)
    let value = (JSON.parse(response.body) ?? .null)["value"]
    guard response.status == 200 else {
      throw Refused(code: value["error"].text ?? "\(response.status)", message: value["message"].text ?? "")
    }
    return value
  }
}
