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

  init(_ sandbox: Sandbox) async throws {
    folder = try TemporaryFolder()
    let started = ContinuousClock.now
    let child = try ChildProcess(
      try Self.program(), ["serve"], environment: try Self.environment(sandbox, data: folder.url),
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

  private static func program() throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = URL(filePath: own).deletingLastPathComponent().appending(path: "baton").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw NotRunning(description: "\(path) is not built; `make bench` builds it")
    }
    return path
  }

  private static func environment(_ sandbox: Sandbox, data: URL) throws -> [String: String] {
    let here = FileManager.default.currentDirectoryPath
    guard FileManager.default.fileExists(atPath: here + "/config/routing.yaml") else {
      throw NotRunning(description: "there is no config/ here; start the benchmark in the package's folder")
    }
    let (known, base) = (sandbox.configuration, sandbox.baseURL)
    return [
      "PATH": "/usr/bin:/bin", "BATON_PORT": "0", "BATON_CONFIG_DIR": here + "/config",
      "BATON_PROMPTS_DIR": here + "/prompts", "BATON_DATA_DIR": data.appending(path: "var").path, "LOG_LEVEL": "notice",
      "LOG_FORMAT": "json", "WEBHOOK_SECRET": known.webhookSecret, "SLACK_BOT_TOKEN": known.slackBotToken,
      "SLACK_SIGNING_SECRET": known.slackSigningSecret, "SLACK_API_URL": base + "/slack/api",
      "HUBSPOT_ACCESS_TOKEN": known.hubSpotToken, "HUBSPOT_API_URL": base + "/hubspot",
      "APOLLO_API_KEY": known.apolloKey, "APOLLO_API_URL": base + "/apollo/api/v1",
      "CLEARBIT_API_KEY": known.clearbitKey, "CLEARBIT_API_URL": base + "/clearbit",
    ]
  }

  private static func port(in lines: [String]) -> Int? {
    for line in lines {
      guard let entry = JSON.parse(Data(line.utf8)), entry["message"].text == "listening" else { continue }
      return entry["metadata"]["port"].text.flatMap(Int.init)
    }
    return nil
  }
}
