import Foundation
import Logging
import RevOps

/// Works on everything in the store that this instance holds the lease of, until it is cancelled or told to stop.
///
/// What it keeps in memory can be lost at any moment: `run()` finds all of it again in the store.
public final class Pipeline: Sendable {
  private let dependencies: PipelineDependencies
  private let instance: String
  private let partitions: [Partition]
  private let leases = LeaseBook()
  private let mailboxes = Mailboxes()
  private let due = DueTimes()
  private let stopSignal = StopSignal()
  private let crews: Crews

  private static let leaseTime: Duration = .seconds(30)
  /// How often the clock is looked at.
  private static let beat: Duration = .milliseconds(200)

  /// - Parameters:
  ///   - instance: names this process among those that share the store.
  ///   - partitions: the share of all work that it takes.
  public init(
    _ dependencies: PipelineDependencies, instance: String, partitions: [Partition] = Partition.all
  ) {
    self.dependencies = dependencies
    self.instance = instance
    self.partitions = partitions
    let committer = Committer(storage: dependencies.storage, leases: leases, mode: dependencies.mode)
    crews = Crews(
      dependencies: dependencies, committer: committer, mailboxes: mailboxes, due: due, stop: stopSignal)
  }

  /// A message was appended to the partition.
  /// - Parameter urgent: somebody has clicked and waits: it goes before the leads that only have to be done.
  public func wake(_ partition: Partition, urgent: Bool = false) { crews.feed(partition, urgent: urgent) }

  /// Nothing is waiting or running in memory: for tests and shutdown.
  public var isIdle: Bool { crews.isIdle && mailboxes.isEmpty }

  /// Takes the leases, finishes what was in flight when the process died, then works until cancelled or stopped. It
  /// returns when what was running has ended, and the leases go back.
  public func run() async {
    await takeLeases()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.tick() }
      group.addTask { await self.work() }
      await group.waitForAll()
    }
    // A lease that can't be given back runs out by itself.
    try? await dependencies.storage.release(leases.all, instance: instance)
  }

  /// Starts nothing more; `run()` ends when what is running has ended.
  public func stop() { crews.end() }

  private func work() async {
    await Recovery(
      dependencies: dependencies, leases: leases, runner: crews.leadRunner, effects: crews.effectRunner,
      stop: stopSignal
    ).run(partitions)
    for partition in partitions { crews.feed(partition, urgent: false) }
    await crews.run()
  }

  private func takeLeases() async {
    while !isOver {
      do {
        leases.replace(
          with: try await dependencies.storage.acquire(partitions, instance: instance, for: Self.leaseTime))
        return
      } catch {
        dependencies.logger.error("no lease", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: Self.beat)
      }
    }
  }

  private var isOver: Bool { Task.isCancelled || stopSignal.isGiven }

  /// Looks five times a second at what the clock makes due. Renews the leases every ten seconds; while one is missing,
  /// tries every second to get it.
  private func tick() async {
    var beats = 0
    while !isOver {
      for partition in due.takeDue(now: dependencies.now()) { crews.feed(partition, urgent: false) }
      beats += 1
      if beats % 50 == 0 || (beats % 5 == 0 && leases.all.count < partitions.count) { await renewLeases() }
      try? await Task.sleep(for: Self.beat)
    }
  }

  /// What was lost (a machine that slept longer than a lease lasts, another instance) is taken again when it is free;
  /// its work is then read anew.
  private func renewLeases() async {
    do {
      let held = try await dependencies.storage.renew(leases.all, instance: instance, for: Self.leaseTime)
      let missing = Set(partitions).subtracting(held.map(\.partition))
      let taken =
        missing.isEmpty
        ? [] : try await dependencies.storage.acquire(missing.sorted(), instance: instance, for: Self.leaseTime)
      leases.replace(with: held + taken)
      for lease in taken { crews.feed(lease.partition, urgent: false) }
    } catch {
      dependencies.logger.error("leases could not be renewed", metadata: ["error": "\(error)"])
    }
  }
}
