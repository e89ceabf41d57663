import Curl
import Foundation
import Sandbox
import TestSupport
import Testing

/// One browser for all tests of a suite, which therefore run one after the other. Each test is handed a demo of its own
/// (`Playground`); together they take one of the seats at the desks. There is one such suite: several would keep seats
/// while their tests wait for their turn to run, and those who run wait for the seats.
struct InBrowser: SuiteTrait, TestScoping {
  @TaskLocal static var window: WebDriver?

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard let paths = Self.paths else { return try await function() }
    try await DeskRoom.shared.enter { try await drive(paths, function) }
  }

  private func drive(
    _ paths: (browser: String, driver: String), _ function: @Sendable () async throws -> Void
  ) async throws {
    let driver = try ChildProcess(paths.driver, ["--port=0"], environment: Product.shell)
    let port: String = try await eventually("chromedriver listens", within: .seconds(30)) {
      driver.output.firstMatch(of: /started successfully on port (\d+)/).map { String($0.1) }
    }
    let client = CurlClient()
    let window = try await WebDriver(client: client, driver: "http://127.0.0.1:\(port)", browser: paths.browser)
    try await Self.$window.withValue(window) { try await function() }
    try await window.close()
    driver.signal(SIGTERM)
    try await driver.end()
  }

  /// What is said where there is no browser.
  static let missing: Comment =
    "the playground's tests need chromium and chromedriver: apt-get install chromium chromium-driver"

  /// Chromium and its driver as Debian installs them, or anywhere on the path.
  static let paths: (browser: String, driver: String)? = {
    guard let browser = find(["chromium", "chromium-browser", "google-chrome"]), let driver = find(["chromedriver"])
    else {
      print("SKIPPED: \(missing.rawValue)")
      return nil
    }
    return (browser, driver)
  }()

  private static func find(_ names: [String]) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    let all = names.flatMap { name in folders.map { "\($0)/\(name)" } }
    return all.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

extension Trait where Self == InBrowser {
  static var inBrowser: InBrowser { InBrowser() }
}
