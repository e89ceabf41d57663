import Foundation
import Sandbox
import TestSupport

/// A running `baton serve`, pointed at a sandbox.
final class BatonProcess: Sendable {
  struct NotRunning: Error, CustomStringConvertible {
    var description: String
  }

  private let folder: TemporaryFolder
  private let child: ChildProcess
  let port: Int
  /// From the start of the program until it said that it listens.
  let startUp: Duration

  /// How often the services may be called.
  enum Rates: Sendable {
    /// As `config/playbook.yaml` says.
    case configured
    /// As often as there is something to say.
    case off
  }

  /// - Parameter redis: address of the store; nil: SQLite.
  init(
    _ sandbox: Sandbox, services: [StandIn], rates: Rates = .configured, redis: String? = nil
  ) async throws {
    folder = try TemporaryFolder()
    let configuration = try Self.configuration(rates, in: folder.url)
    let started = ContinuousClock.now
    let child = try ChildProcess(
      try Self.program(), ["serve"],
      environment: Self.environment(sandbox, services, data: folder.url, configuration, redis: redis),
      directory: folder.url.path)
    self.child = child
    port = try await eventually("Baton listens", every: .milliseconds(1)) {
      if let port = Self.port(in: child.errorLines) { return port }
      guard child.isRunning else { throw NotRunning(description: child.errors) }
      return nil
    }
    startUp = ContinuousClock.now - started
    sandbox.world.setProductURL("http://127.0.0.1:\(port)")
  }

  func stop() async throws {
    child.signal(SIGKILL)
    try await child.end()
  }

  /// Resident memory in mebibytes (`VmRSS` of proc(5)).
  var residentMemory: Double {
    let status = (try? String(contentsOfFile: "/proc/\(child.pid)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    let kibibytes = line?.split(separator: " ").compactMap { Double($0) }.first
    return (kibibytes ?? 0) / 1_024
  }

  /// Processor time it has used, in milliseconds (fields 14 and 15 of `stat`, proc(5), in hundredths of a second).
  var processorTime: Double {
    let stat = (try? String(contentsOfFile: "/proc/\(child.pid)/stat", encoding: .utf8)) ?? ""
    // The second field is the program's name in brackets, which may hold anything.
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
    return (user + system) * 10
  }

  private static func program() throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = URL(filePath: own).deletingLastPathComponent().appending(path: "baton").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw NotRunning(description: "\(path) is not built; `make bench` builds it")
    }
    return path
  }

  /// A copy of the sample configuration with those rates.
  private static func configuration(_ rates: Rates, in folder: URL) throws -> URL {
    let files = FileManager.default
    let here = URL(filePath: files.currentDirectoryPath).appending(path: "config")
    guard files.fileExists(atPath: here.appending(path: "routing.yaml").path) else {
      throw NotRunning(description: "there is no config/ here; start the benchmark in the package's folder")
    }
    let copy = folder.appending(path: "config")
    try files.copyItem(at: here, to: copy)
    guard rates == .off else { return copy }
    let playbook = copy.appending(path: "playbook.yaml")
    let text = try String(contentsOf: playbook, encoding: .utf8)
    guard let start = text.range(of: "\nrates:\n") else { throw NotRunning(description: "no rates in the playbook") }
    let services = ["hubspot", "hubspot_search", "slack_channel", "pinecone", "apollo", "clearbit", "openai"]
    let off = services.map { "  \($0): off\n" }.joined()
    try (text[..<start.upperBound] + off).write(to: playbook, atomically: true, encoding: .utf8)
    return copy
  }

  private static func environment(
    _ sandbox: Sandbox, _ services: [StandIn], data: URL, _ configuration: URL, redis: String?
  ) -> [String: String] {
    let here = FileManager.default.currentDirectoryPath
    var variables = [
      "PATH": "/usr/bin:/bin", "BATON_PORT": "0", "BATON_CONFIG_DIR": configuration.path,
      "BATON_PROMPTS_DIR": here + "/prompts", "BATON_DATA_DIR": data.appending(path: "var").path, "LOG_LEVEL": "notice",
      "LOG_FORMAT": "json",
    ]
    variables.merge(sandbox.configuration.environment(at: sandbox.baseURL, for: services)) { $1 }
    variables["REDIS_URL"] = redis
    return variables
  }

  private static func port(in lines: [String]) -> Int? {
    for line in lines {
      guard let entry = JSON.parse(Data(line.utf8)), entry["message"].text == "listening" else { continue }
      return entry["metadata"]["port"].text.flatMap(Int.init)
    }
    return nil
  }
}
