import Foundation
import TestSupport

/// strace on a running process: what it writes to its write-ahead log, and its death at one of those writes.
struct Tracer: Sendable {
  private static let program = "/usr/bin/strace"
  static let isThere = FileManager.default.isExecutableFile(atPath: program)

  private let strace: ChildProcess
  private let log: String

  /// Attaches, and returns once it has.
  /// - Parameter injection: strace's own words for what it does to the process.
  init(_ desk: Desk, injection: String? = nil) async throws {
    guard let process = desk.process else { throw Desk.Ended(errors: "nothing to trace") }
    log = desk.folderPath + "/trace"
    let what = ["-P", desk.dataPath + "/baton.sqlite-wal", "-e", "trace=pwrite64,fdatasync"]
    strace = try ChildProcess(
      Self.program,
      ["-f", "-o", log] + what + (injection.map { ["-e", $0] } ?? []) + ["-p", "\(process.pid)"])
    let strace = strace
    try await eventually("strace attached") { strace.errors.contains("attached") }
  }

  /// Leaves the process alone again.
  func detach() async throws {
    strace.signal(SIGINT)
    try await strace.end()
  }

  /// The most writes and the most syncs of one thread: what `when=` counts.
  func counts() throws -> (writes: Int, syncs: Int) {
    var writes: [Substring: Int] = [:]
    var syncs: [Substring: Int] = [:]
    for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
      let thread = line.prefix { $0.isNumber }
      if line.contains("pwrite64(") { writes[thread, default: 0] += 1 }
      if line.contains("fdatasync(") { syncs[thread, default: 0] += 1 }
    }
    return (writes.values.max() ?? 0, syncs.values.max() ?? 0)
  }
}
