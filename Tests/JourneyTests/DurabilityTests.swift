import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// What strace saw of one system call.
struct SystemCall {
  var name: String
  /// Seconds since 1970, when it was called and when it returned.
  var began: Double
  var ended: Double
  var text: String

  var isSync: Bool { name == "fsync" || name == "fdatasync" }

  /// Reads `strace -f -ttt -T`: calls that another thread interrupted are put together again.
  static func read(_ trace: String) -> [SystemCall] {
    var open: [Substring: SystemCall] = [:]
    var all: [SystemCall] = []
    for line in trace.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
      guard parts.count == 3, let time = Double(parts[1]) else { continue }
      let (thread, rest) = (parts[0], parts[2])
      if rest.hasPrefix("<... ") {
        guard var call = open.removeValue(forKey: thread) else { continue }
        call.ended = time
        call.text += rest
        all.append(call)
      } else if let bracket = rest.firstIndex(of: "(") {
        let call = SystemCall(
          name: String(rest[..<bracket]), began: time, ended: time + duration(rest), text: String(rest))
        if rest.hasSuffix("<unfinished ...>") { open[thread] = call } else { all.append(call) }
      }
    }
    return all.sorted { $0.began < $1.began }
  }

  /// The seconds in the brackets at the line's end.
  private static func duration(_ line: Substring) -> Double {
    guard line.hasSuffix(">"), let bracket = line.lastIndex(of: "<") else { return 0 }
    return Double(line[line.index(after: bracket)...].dropLast()) ?? 0
  }
}

@Suite(.timeLimit(.minutes(10)))
struct DurabilityTests {
  private static let strace = "/usr/bin/strace"

  @Test func `a 202 leaves only after the write-ahead log has been synced`() async throws {
    guard try await Self.canTrace() else {
      print("NOT RUN: strace is missing or may not trace here; that a 202 means stored was not measured")
      return
    }
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "trace").path
    var setup = Setup()
    setup.tracer = [
      Self.strace, "-f", "-ttt", "-T", "-y", "-s", "64", "-o", file, "-e",
      "trace=fsync,fdatasync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg",
    ]
    try await Desk.open(setup) { desk in
      let answer = try await desk.submit(.berlin("sven"))
      #expect(answer.http == 202)
      _ = try await desk.card(in: "#leads-dach", about: "Sven Winter")
      let calls = SystemCall.read(try String(contentsOfFile: file, encoding: .utf8))
      let request = try #require(calls.first { $0.text.contains("POST /webhooks/lead") })
      let reply = try #require(calls.first { $0.text.contains("HTTP/1.1 202") })
      let syncs = calls.filter { $0.isSync && $0.began >= request.began && $0.ended <= reply.began }
      #expect(syncs.contains { $0.text.contains("-wal") }, "between request and answer: \(syncs)")
    }
  }

  private static func canTrace() async throws -> Bool {
    guard FileManager.default.isExecutableFile(atPath: strace) else { return false }
    let probe = try ChildProcess(strace, ["-o", "/dev/null", "/bin/true"], environment: Product.shell)
    return try await probe.end() == .exited(0)
  }
}
