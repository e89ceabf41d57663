import Foundation
import Logging
import RevOps

/// Works on everything in the store that this instance holds the lease of, until it is cancelled or told to stop.
///
/// What it keeps in memory can be lost at any moment: `run()` finds all of it again in the store.
public final class Pipeline: Sendable {
  private let dependencies: PipelineDependencies
  private let instance: String
  private let leases = LeaseBook()
  private let mailboxes = Mailboxes()
  private let due = DueTimes()
  private let crews: Crews

  /// - Parameter instance: names this process among those that share the store.
  public init(_ dependencies: PipelineDependencies, instance: String) {
    self.dependencies = dependencies
    self.instance = instance
    let committer = Committer(storage: dependencies.storage, leases: leases, mode: dependencies.mode)
    crews = Crews(dependencies: dependencies, committer: committer, mailboxes: mailboxes, due: due)
  }

  /// A message was appended to the partition.
  public func wake(_ partition: Partition) { crews.feed(partition) }

  /// Nothing is waiting or running in memory: for tests and shutdown.
  public var isIdle: Bool { crews.isIdle && mailboxes.isEmpty }

  /// Takes the leases, finishes what was in flight when the process died, then works until cancelled; at the end what
  /// runs is given up to `drain` to finish, and the leases go back.
  public func run() async {
    await takeLeases()
    await Recovery(
      dependencies: dependencies, leases: leases, runner: crews.leadRunner, effects: crews.effectRunner
    ).run(Partition.all)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.crews.run() }
      group.addTask { await self.tick() }
      for partition in Partition.all { crews.feed(partition) }
      await group.waitForAll()
    }
    try? await dependencies.storage.release(leases.all, instance: instance)
  }

  /// Starts nothing more; `run()` ends when what is running has ended.
  public func stop() { crews.stop() }

  private func takeLeases() async {
    while !Task.isCancelled {
      do {
        leases.replace(
          with: try await dependencies.storage.acquire(Partition.all, instance: instance, for: .seconds(30)))
        return
      } catch {
        dependencies.logger.error("no lease", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }

  /// Looks five times a second at what the clock makes due, and renews the leases.
  private func tick() async {
    var beats = 0
    while !Task.isCancelled, !crews.isStopped {
      for partition in due.takeDue(now: dependencies.now()) { crews.feed(partition) }
      beats += 1
      if beats % 50 == 0 { await renewLeases() }
      try? await Task.sleep(for: .milliseconds(200))
    }
  }

  private func renewLeases() async {
    do {
      leases.replace(
        with: try await dependencies.storage.renew(leases.all, instance: instance, for: .seconds(30)))
    } catch {
      dependencies.logger.error("leases could not be renewed", metadata: ["error": "\(error)"])
    }
  }
}
