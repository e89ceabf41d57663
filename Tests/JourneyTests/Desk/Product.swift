import Foundation
import TestSupport

/// The built `baton` and the files that it runs on.
enum Product {
  struct NotBuilt: Error, CustomStringConvertible {
    var description: String { "baton is not beside the tests: build it first (swift build)" }
  }

  /// Beside the test bundle, wherever that was built.
  static func program() throws -> String {
    let running = [
      CommandLine.arguments.first, try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
    ]
    for case let path? in running + Bundle.allBundles.map({ $0.bundlePath }) {
      let candidate = URL(filePath: path).deletingLastPathComponent().appending(path: "baton").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    let conventional = root.appending(path: ".build/debug/baton").path
    guard FileManager.default.isExecutableFile(atPath: conventional) else { throw NotBuilt() }
    return conventional
  }

  /// The package's own folder.
  static let root: URL = {
    var folder = URL(filePath: #filePath)
    repeat {
      folder.deleteLastPathComponent()
    } while folder.path != "/"
      && !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
    return folder
  }()

  static let config = root.appending(path: "config")

  static func sample(_ name: String) throws -> Data {
    try Data(contentsOf: config.appending(path: "samples/\(name).json"))
  }

  /// The variables that a program needs to be found and to start, nothing of Baton's.
  static let shell: [String: String] = {
    let inherited = ProcessInfo.processInfo.environment
    return ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"].reduce(into: [:]) { $0[$1] = inherited[$1] }
  }()

  struct Result {
    var code: Int32
    var output: String
    var errors: String
  }

  /// Runs one of its commands to the end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], directory: URL? = nil
  ) async throws -> Result {
    let child = try ChildProcess(
      try program(), arguments, environment: shell.merging(environment) { $1 }, directory: (directory ?? root).path)
    let ending = try await child.end()
    guard case .exited(let code) = ending else { return Result(code: -1, output: child.output, errors: "\(ending)") }
    return Result(code: code, output: child.output, errors: child.errors)
  }
}
