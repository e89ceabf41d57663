import Foundation
import Sandbox
import TestSupport
import Testing

/// Kills the process at points of a lead's way, and looks whether everything was done once.
///
/// `SWEEP` says which points: `all`, the name of one, or how many and by which seed (`8@42`).
@Suite(.timeLimit(.minutes(60)), .compactMapIssues(CrashPoint.addCommand))
struct CrashSweepTests {
  @Test func `killed at any point of its way, a lead is not lost and nothing is done twice`() async throws {
    try await CrashSweep(isShared: false, usual: 8).run()
  }

  @Test func `where one of three on Redis is killed at any call, the others do the rest, and nothing twice`()
    async throws
  {
    try await CrashSweep(isShared: true, usual: 4).run()
  }
}
