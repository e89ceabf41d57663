import Curl
import Foundation
import Sandbox
import Synchronization
import TestSupport
import Testing
import VendorAPI

/// Northwind's desk as its people see it: the built `baton serve`, and stand-ins for all services around it. Where
/// several instances share it, what people, forms and services send goes to each in turn.
///
/// Every message that Baton posts must be asked for by the test before the desk closes: one that nobody expected fails
/// it.
final class Desk: Sendable {
  static let adminToken = "journey-admin-token"
  /// Where past accounts are kept, in the sandbox's Pinecone.
  static let index = "past-accounts"

  let sandbox: Sandbox
  let client = CurlClient()
  private let setup: Setup
  private let folder: TemporaryFolder
  /// The store that the instances share.
  let redis: RedisServer?
  let instances: [Instance]
  private let state = Mutex(State())

  private struct State {
    /// Stamps of the messages that the test has looked for.
    var expected: Set<String> = []
    /// Whose turn it is to be asked by the test itself.
    var turn = 0
    /// Those that nothing is sent to.
    var outOfTurn: Set<ObjectIdentifier> = []
  }

  private init(_ setup: Setup, _ sandbox: Sandbox) async throws {
    self.setup = setup
    self.sandbox = sandbox
    folder = try TemporaryFolder()
    redis = setup.sharing == nil ? nil : try await RedisServer()
    instances = setup.sharing.map { count in (1...count).map { Instance(name: "\($0)") } } ?? [Instance(name: nil)]
  }

  /// Opens a desk for the length of `story`; at its end everything is stopped, however the story ended.
  static func open(_ setup: Setup = .usual, _ story: @escaping @Sendable (Desk) async throws -> Void) async throws {
    try await DeskRoom.shared.enter(seats: setup.seats) {
      let desk = try await Desk(setup, Sandbox(setup.sandbox))
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
    try copyPrompts()
    do {
      try await start()
      try await story(self)
      reportUnexpectedMessages()
    } catch {
      let said = log.filter { !$0.contains("Request answered") }.suffix(12).joined(separator: "\n")
      Issue.record("\(error)\nThe log's last words:\n\(said)")
    }
    for instance in instances { instance.process?.signal(SIGKILL) }
    sandbox.world.clearFaults()
  }

  // MARK: Baton's life

  /// Starts every instance that does not run, and waits until they listen.
  func start() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for instance in instances where instance.process == nil { group.addTask { try await self.launch(instance) } }
      try await group.waitForAll()
    }
    share()
  }

  /// Starts one of them and has it take its turn.
  func start(_ instance: Instance) async throws {
    try await launch(instance)
    share()
  }

  private func launch(_ instance: Instance) async throws {
    let words = setup.tracer + [try Product.program(), "serve"]
    try await instance.start(words, environment: environment(of: instance), directory: folder.url.path)
  }

  /// Those that something is sent to.
  private var inTurn: [Instance] {
    let out = state.withLock { $0.outOfTurn }
    return instances.filter { $0.isListening && !out.contains(ObjectIdentifier($0)) }
  }

  private func share() { sandbox.world.setProductURLs(inTurn.map(\.baseURL)) }

  /// As a load balancer does with an instance that does not answer its health check.
  func passOver(_ instance: Instance, _ isPassedOver: Bool = true) {
    state.withLock {
      if isPassedOver {
        $0.outOfTurn.insert(ObjectIdentifier(instance))
      } else {
        $0.outOfTurn.remove(ObjectIdentifier(instance))
      }
    }
    share()
  }

  struct Ended: Error, CustomStringConvertible {
    var errors: String
    var description: String { "baton ended:\n\(errors)" }
  }

  /// SIGKILL: nothing is finished and nothing is said.
  func kill() async throws { _ = try await instances[0].end(SIGKILL) }

  /// Kills one of several; the others are left to go on without it.
  func kill(_ instance: Instance) async throws {
    _ = try await instance.end(SIGKILL)
    share()
  }

  /// - Returns: how it ended and how long that took.
  @discardableResult
  func terminate(_ instance: Instance? = nil) async throws -> (ChildProcess.Ending, Duration) {
    let started = ContinuousClock.now
    return (try await (instance ?? instances[0]).end(SIGTERM), ContinuousClock.now - started)
  }

  func restart() async throws {
    sandbox.world.clearFaults()
    try await start()
  }

  /// The first instance's.
  var process: ChildProcess? { instances[0].process }

  /// All lines logged by now.
  var log: [String] { instances.flatMap(\.log) }

  var folderPath: String { folder.url.path }

  /// Of the first instance.
  var dataPath: String { dataPath(of: instances[0]) }

  private func dataPath(of instance: Instance) -> String {
    folder.url.appending(path: "var" + (instance.name.map { "-\($0)" } ?? "")).path
  }

  /// "http://127.0.0.1:PORT", of the instance whose turn it is.
  var baseURL: String {
    let all = inTurn
    guard all.count > 1 else { return (all.first ?? instances[0]).baseURL }
    return state.withLock { state in
      state.turn += 1
      return all[state.turn % all.count].baseURL
    }
  }

  // MARK: Its surroundings

  private func environment(of instance: Instance) -> [String: String] {
    let base = sandbox.baseURL + (instance.name.map { "/from/\($0)" } ?? "")
    var all = Product.shell
    all.merge([
      "BATON_PORT": "0", "BATON_CONFIG_DIR": folder.url.appending(path: "config").path,
      "BATON_PROMPTS_DIR": folder.url.appending(path: "prompts").path,
      "BATON_DATA_DIR": dataPath(of: instance), "LOG_LEVEL": "info", "LOG_FORMAT": "json",
      "ADMIN_TOKEN": Self.adminToken,
    ]) { $1 }
    all.merge(sandbox.configuration.environment(at: base, for: setup.services)) { $1 }
    if let redis { all["REDIS_URL"] = redis.url }
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

  private func copyPrompts() throws {
    let files = FileManager.default
    let source = Product.root.appending(path: "prompts")
    let copy = folder.url.appending(path: "prompts")
    try files.createDirectory(at: copy, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: source.path) {
      var text = try String(contentsOf: source.appending(path: name), encoding: .utf8)
      if let ending = setup.promptEnding {
        text = text.replacingOccurrences(of: "\n# User\n", with: "\n\(ending)\n\n# User\n")
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
