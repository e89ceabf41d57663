import Curl
import Foundation
import Sandbox
import Synchronization
import TestSupport
import Testing
import VendorAPI

/// Northwind's desk as its people see it: the built `baton serve`, and stand-ins for all services around it.
///
/// Every message that Baton posts must be asked for by the test before the desk closes: one that nobody expected fails
/// it.
final class Desk: Sendable {
  static let adminToken = "journey-admin-token"

  let sandbox: Sandbox
  let client = CurlClient()
  private let setup: Setup
  private let folder: TemporaryFolder
  private let state = Mutex(State())

  private struct State {
    var baton: ChildProcess?
    var port = 0
    /// Stamps of the messages that the test has looked for.
    var expected: Set<String> = []
    /// What processes before the running one have logged.
    var earlierLog: [String] = []
  }

  private init(_ setup: Setup, _ sandbox: Sandbox) throws {
    self.setup = setup
    self.sandbox = sandbox
    folder = try TemporaryFolder()
  }

  /// Opens a desk for the length of `story`; at its end everything is stopped, however the story ended.
  static func open(_ setup: Setup = .usual, _ story: @escaping @Sendable (Desk) async throws -> Void) async throws {
    try await DeskRoom.shared.enter {
      let desk = try Desk(setup, Sandbox(setup.sandbox))
      try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
          try await desk.sandbox.run()
          return false
        }
        group.addTask {
          _ = await desk.sandbox.started()
          try await desk.tell(story)
          return true
        }
        defer { group.cancelAll() }
        while let isOver = try await group.next(), !isOver {}
      }
    }
  }

  private func tell(_ story: @Sendable (Desk) async throws -> Void) async throws {
    try copyConfiguration()
    do {
      try await start()
      try await story(self)
      reportUnexpectedMessages()
    } catch {
      let said = log.filter { !$0.contains("Request answered") }.suffix(12).joined(separator: "\n")
      Issue.record("\(error)\nThe log's last words:\n\(said)")
    }
    state.withLock { $0.baton }?.signal(SIGKILL)
    sandbox.world.clearFaults()
  }

  // MARK: Baton's life

  /// Starts Baton and waits until it listens.
  func start() async throws {
    let program = try Product.program()
    let words = setup.tracer + [program, "serve"]
    let baton = try ChildProcess(
      words[0], Array(words.dropFirst()), environment: environment, directory: folder.url.path)
    state.withLock { $0.baton = baton }
    let port: Int = try await eventually("Baton listens", within: .seconds(30)) {
      if let port = Self.port(in: baton) { return port }
      guard baton.isRunning else { throw Ended(errors: baton.errors) }
      return nil
    }
    state.withLock { $0.port = port }
    sandbox.world.setProductURL("http://127.0.0.1:\(port)")
  }

  struct Ended: Error, CustomStringConvertible {
    var errors: String
    var description: String { "baton ended:\n\(errors)" }
  }

  /// SIGKILL: nothing is finished and nothing is said.
  func kill() async throws { _ = try await end(SIGKILL) }

  /// - Returns: how it ended and how long that took.
  @discardableResult
  func terminate() async throws -> (ChildProcess.Ending, Duration) {
    let started = ContinuousClock.now
    return (try await end(SIGTERM), ContinuousClock.now - started)
  }

  func restart() async throws {
    sandbox.world.clearFaults()
    try await start()
  }

  private func end(_ signal: Int32) async throws -> ChildProcess.Ending {
    guard let baton = state.withLock({ $0.baton }) else { throw Ended(errors: "it was not running") }
    baton.signal(signal)
    let ending = try await baton.end()
    state.withLock {
      $0.earlierLog += baton.errorLines
      $0.baton = nil
    }
    return ending
  }

  var process: ChildProcess? { state.withLock { $0.baton } }

  /// All lines logged by now.
  var log: [String] { state.withLock { $0.earlierLog + ($0.baton?.errorLines ?? []) } }

  var folderPath: String { folder.url.path }

  var dataPath: String { folder.url.appending(path: "var").path }

  /// "http://127.0.0.1:PORT"
  var baseURL: String { state.withLock { "http://127.0.0.1:\($0.port)" } }

  private static func port(in baton: ChildProcess) -> Int? {
    for line in baton.errorLines {
      guard let entry = JSON.parse(Data(line.utf8)), entry["message"].text == "listening" else { continue }
      return entry["metadata"]["port"].text.flatMap(Int.init) ?? entry["port"].whole
    }
    return nil
  }

  // MARK: Its surroundings

  private var environment: [String: String] {
    let base = sandbox.baseURL
    let known = sandbox.configuration
    var all = Product.shell
    all.merge([
      "BATON_PORT": "0", "BATON_CONFIG_DIR": folder.url.appending(path: "config").path,
      "BATON_PROMPTS_DIR": Product.root.appending(path: "prompts").path,
      "BATON_DATA_DIR": folder.url.appending(path: "var").path, "LOG_LEVEL": "info", "LOG_FORMAT": "json",
      "WEBHOOK_SECRET": known.webhookSecret, "ADMIN_TOKEN": Self.adminToken,
      "SLACK_BOT_TOKEN": known.slackBotToken, "SLACK_SIGNING_SECRET": known.slackSigningSecret,
      "SLACK_API_URL": base + "/slack/api", "HUBSPOT_ACCESS_TOKEN": known.hubSpotToken,
      "HUBSPOT_API_URL": base + "/hubspot", "APOLLO_API_KEY": known.apolloKey,
      "APOLLO_API_URL": base + "/apollo/api/v1", "CLEARBIT_API_KEY": known.clearbitKey,
      "CLEARBIT_API_URL": base + "/clearbit",
    ]) { $1 }
    for (name, value) in setup.environment { all[name] = value }
    return all
  }

  private func copyConfiguration() throws {
    let files = FileManager.default
    let copy = folder.url.appending(path: "config")
    try files.createDirectory(at: copy, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: Product.config.path) where name != "samples" {
      var text = try String(contentsOf: Product.config.appending(path: name), encoding: .utf8)
      for edit in setup.edits where edit.file == name {
        #expect(text.contains(edit.old), "config/\(name) no longer holds \(edit.old)")
        text = text.replacingOccurrences(of: edit.old, with: edit.new)
      }
      try text.write(to: copy.appending(path: name), atomically: true, encoding: .utf8)
    }
  }

  // MARK: Expectations

  func noteExpected(_ stamp: String) { state.withLock { _ = $0.expected.insert(stamp) } }

  func wasExpected(_ stamp: String) -> Bool { state.withLock { $0.expected.contains(stamp) } }

  private func reportUnexpectedMessages() {
    for (channel, message) in allMessages where !wasExpected(message["ts"].text ?? "") {
      Issue.record("nobody expected in #\(channel): \(words(message))")
    }
  }
}

/// Few desks are open at once: each is a process, and all share two cores.
actor DeskRoom {
  static let shared = DeskRoom(seats: 3)

  private var seats: Int
  private var line: [CheckedContinuation<Void, Never>] = []

  init(seats: Int) { self.seats = seats }

  nonisolated func enter<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
    await sit()
    do {
      let value = try await body()
      await leave()
      return value
    } catch {
      await leave()
      throw error
    }
  }

  private func sit() async {
    if seats > 0 {
      seats -= 1
      return
    }
    await withCheckedContinuation { line.append($0) }
  }

  private func leave() {
    if line.isEmpty { seats += 1 } else { line.removeFirst().resume() }
  }
}
