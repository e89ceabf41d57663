import Foundation
import Sandbox
import Synchronization
import TestSupport

/// One of the processes behind a desk, through all its restarts.
final class Instance: Sendable {
  /// How the stand-ins' call log names it; nil where it is the only one.
  let name: String?
  private let state = Mutex(State())

  private struct State {
    var process: ChildProcess?
    var port = 0
    /// What processes before the running one have logged.
    var earlierLog: [String] = []
  }

  init(name: String?) { self.name = name }

  var process: ChildProcess? { state.withLock { $0.process } }

  var isListening: Bool { state.withLock { $0.process != nil && $0.port > 0 } }

  /// "http://127.0.0.1:PORT"
  var baseURL: String { state.withLock { "http://127.0.0.1:\($0.port)" } }

  /// All lines logged by now.
  var log: [String] { state.withLock { $0.earlierLog + ($0.process?.errorLines ?? []) } }

  /// Starts it and waits until it listens.
  func start(_ words: [String], environment: [String: String], directory: String) async throws {
    let process = try ChildProcess(
      words[0], Array(words.dropFirst()), environment: environment, directory: directory)
    state.withLock { $0.process = process }
    let port: Int = try await eventually("Baton listens", within: .seconds(30)) {
      if let port = Self.port(in: process) { return port }
      guard process.isRunning else { throw Desk.Ended(errors: process.errors) }
      return nil
    }
    state.withLock { $0.port = port }
  }

  /// Sends the signal and waits for the end.
  func end(_ signal: Int32) async throws -> ChildProcess.Ending {
    guard let process else { throw Desk.Ended(errors: "it was not running") }
    process.signal(signal)
    let ending = try await process.end()
    state.withLock {
      $0.earlierLog += process.errorLines
      $0.process = nil
      $0.port = 0
    }
    return ending
  }

  private static func port(in process: ChildProcess) -> Int? {
    for line in process.errorLines {
      guard let entry = JSON.parse(Data(line.utf8)), entry["message"].text == "listening" else { continue }
      return entry["metadata"]["port"].text.flatMap(Int.init) ?? entry["port"].whole
    }
    return nil
  }
}
