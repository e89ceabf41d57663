import Foundation
import Hiredis
import RedisStorage
import RevOps
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// Several instances on one Redis, with one Slack and one CRM around them.
final class Instances: Sendable {
  let server: RedisServer
  let office: Office
  private let running = Mutex<[Task<Void, Never>]>([])

  /// One process: its own connection to the store, and its pipeline.
  struct Instance: Sendable {
    let name: String
    let store: RedisStore
    let pipeline: Pipeline
    let run: Task<Void, Never>

    /// As if the machine had lost its power: nothing is given back, nothing more is written.
    func die() async {
      await store.close()
      run.cancel()
      await run.value
    }

    func stop() async {
      pipeline.stop()
      await run.value
    }
  }

  init(_ policy: Policy = .office(), partitions: [Partition] = Partition.all) async throws {
    server = try await RedisServer()
    office = try Office(policy, store: try await Self.open(server), partitions: partitions)
  }

  func start(_ name: String, _ connected: Office.Connected = [.slack, .crm]) async throws -> Instance {
    let store = try await Self.open(server)
    let pipeline = Pipeline(
      office.dependencies(connected, storage: store), instance: name, partitions: office.partitions)
    let run = Task { await pipeline.run() }
    running.withLock { $0.append(run) }
    return Instance(name: name, store: store, pipeline: pipeline, run: run)
  }

  /// Ends what the test has left running.
  func end() async {
    for run in running.withLock({ $0 }) {
      run.cancel()
      await run.value
    }
  }

  private static func open(_ server: RedisServer) async throws -> RedisStore {
    try await RedisStore.open(RedisAddress(server.url))
  }
}

/// Runs `body` with instances that have ended when it returns.
func withInstances(
  _ policy: Policy = .office(), partitions: [Partition] = Partition.all,
  _ body: (Instances) async throws -> Void
) async throws {
  let instances = try await Instances(policy, partitions: partitions)
  do {
    try await body(instances)
  } catch {
    await instances.end()
    throw error
  }
  await instances.end()
}
