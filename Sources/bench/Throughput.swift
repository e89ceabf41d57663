import Foundation
import Sandbox
import TestSupport

/// How many leads a second are acknowledged at the most, and how many go the whole way: card, contact, company, note.
enum Throughput {
  private static let atOnce = 64
  private static let acknowledged = 4_000
  private static let whole = 500

  private static let redis = "/usr/bin/redis-server"

  static func measure() async throws -> [String] {
    let lite = try await measure("SQLite") { nil }
    guard FileManager.default.isExecutableFile(atPath: redis) else {
      return lite + ["\(redis) is missing (`make test` installs it): Redis was not measured"]
    }
    return lite + (try await measure("Redis") { try await RedisServer() })
  }

  /// - Parameter server: makes an empty store for each of the two runs; nil: SQLite.
  private static func measure(_ store: String, server: () async throws -> RedisServer?) async throws -> [String] {
    let first = try await server()
    let most = try await Bed.run(rates: .off, redis: first?.url) { sandbox, _ in
      try await send(acknowledged, from: 400_000, sandbox)
    }
    let second = try await server()
    let through = try await Bed.run(rates: .off, redis: second?.url) { sandbox, baton in
      let started = ContinuousClock.now
      let before = baton.processorTime
      _ = try await send(whole, from: 500_000, sandbox)
      try await eventually("all notes", within: .seconds(300), every: .milliseconds(50)) {
        sandbox.world.records(.notes).count >= whole
      }
      return (perSecond(whole, since: started), (baton.processorTime - before) / Double(whole))
    }
    // Held to here: a server ends with its object.
    withExtendedLifetime((first, second)) {}
    return [
      "\(store): acknowledged at most \(most) leads/s, \(atOnce) forms at once",
      "  the whole way             \(through.0) leads/s with `rates` off, card to note;"
        + " \(through.1.asMilliseconds) of Baton's processor time a lead",
    ]
  }

  /// - Returns: leads a second.
  private static func send(_ count: Int, from first: Int, _ sandbox: Sandbox) async throws -> Int {
    let started = ContinuousClock.now
    let refused = await withTaskGroup(of: Int.self) { group in
      for worker in 0..<atOnce {
        group.addTask {
          var refused = 0
          for number in stride(from: worker, to: count, by: atOnce) {
            let answer = await sandbox.form.submit(BenchLead(first + number).json)
            if answer.status != 202 { refused += 1 }
          }
          return refused
        }
      }
      return await group.reduce(0, +)
    }
    guard refused == 0 else { throw BatonProcess.NotRunning(description: "\(refused) of \(count) were refused") }
    return perSecond(count, since: started)
  }

  private static func perSecond(_ count: Int, since started: ContinuousClock.Instant) -> Int {
    Int((Double(count) / ((ContinuousClock.now - started) / .seconds(1))).rounded())
  }
}
