import Foundation
import Logging
import RevOps

/// Works on everything in the store that this instance holds the lease of, until it is cancelled or told to stop.
///
/// What it keeps in memory can be lost at any moment: `run()` finds all of it again in the store.
public final class Pipeline: Sendable {
  private let dependencies: PipelineDependencies
  private let leases = LeaseBook()
  private let mailboxes = Mailboxes()
  private let due = DueTimes()
  private let stopSignal = StopSignal()
  private let crews: Crews
  private let keeper: LeaseKeeper
  private let sweep: Sweep
  private let watch: CRMWatch
  private let transfer: MemoryTransfer
  /// Partitions that were taken and whose work is to be looked through.
  private let taken: AsyncStream<[Partition]>
  private let takenContinuation: AsyncStream<[Partition]>.Continuation

  /// How often the clock is looked at.
  private static let beat: Duration = .milliseconds(200)
  /// How often a pipeline that ends looks for partitions that it can give back.
  private static let lastBeat: Duration = .milliseconds(20)

  /// - Parameters:
  ///   - instance: names this process among those that share the store.
  ///   - partitions: what it takes its share of.
  ///   - leaseTime: how long the others wait for an instance that died.
  public init(
    _ dependencies: PipelineDependencies, instance: String, partitions: [Partition] = Partition.all,
    leaseTime: Duration = .seconds(6)
  ) {
    self.dependencies = dependencies
    let committer = Committer(dependencies, leases: leases, due: due)
    crews = Crews(
      dependencies: dependencies, committer: committer, mailboxes: mailboxes, due: due, stop: stopSignal)
    keeper = LeaseKeeper(
      dependencies: dependencies, book: leases, instance: instance, partitions: partitions, duration: leaseTime)
    sweep = Sweep(dependencies, stop: stopSignal)
    transfer = MemoryTransfer(runner: crews.leadRunner, leases: leases, stop: stopSignal)
    watch = CRMWatch(
      dependencies: dependencies, partition: partitions.first ?? Partition.all[0], leases: leases,
      hints: HintBox(dependencies, due: due), stop: stopSignal)
    (taken, takenContinuation) = AsyncStream.makeStream()
  }

  /// A message was appended to the partition.
  /// - Parameter urgent: somebody has clicked and waits: it goes before the leads that only have to be done.
  public func wake(_ partition: Partition, urgent: Bool = false) { crews.feed(partition, urgent: urgent) }

  /// Looks at once at what the clock makes due, for whoever moves it by hand.
  func look(through partition: Partition) { crews.look(through: partition) }

  /// Nothing is waiting or running in memory: for tests and shutdown.
  public var isIdle: Bool { crews.isIdle && mailboxes.isEmpty }

  /// The partitions that this instance works on now.
  public var held: [Partition] { leases.all.map(\.partition).sorted() }

  /// Takes its share of the leases, finishes what was in flight when their last holder died, then works until cancelled
  /// or stopped. It returns when what was running has ended, and the leases go back.
  public func run() async {
    await withTaskGroup(of: Void.self) { group in
      // These end with the rest.
      group.addTask { await self.listen() }
      group.addTask { await self.sweep.run() }
      group.addTask { await self.watch.run() }
      group.addTask { await self.transfer.run() }
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.tick() }
        group.addTask { await self.work() }
        await group.waitForAll()
      }
      group.cancelAll()
    }
    await crews.leadRunner.late.end()
    crews.leadRunner.lookUps.end()
    await keeper.giveBackAll()
  }

  /// Starts nothing more; `run()` ends when what is running has ended.
  public func stop() {
    crews.end()
    takenContinuation.finish()
  }

  /// What keeps `run()` from returning, for people.
  var stillRunning: String {
    "held \(held), \(crews.stillRunning), over \(isOver), unseen \(held.filter(leases.isUnseen)), late idle \(crews.leadRunner.late.isIdle)"
  }

  private func work() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.lookThrough() }
      group.addTask { await self.crews.run() }
      await group.waitForAll()
    }
  }

  /// Partitions just taken: first what was in flight when their last holder died, one piece at a time, then the rest.
  private func lookThrough() async {
    let recovery = Recovery(
      dependencies: dependencies, leases: leases, runner: crews.leadRunner, effects: crews.effectRunner,
      stop: stopSignal)
    for await partitions in taken {
      await endOfEarlierWork(in: partitions)
      await recovery.run(partitions)
      leases.seen(partitions)
      for partition in partitions { crews.look(through: partition) }
    }
  }

  /// Of a partition that was lost and taken again something may still run, without the right to write.
  private func endOfEarlierWork(in partitions: [Partition]) async {
    while !isOver, partitions.contains(where: { crews.isWorking(in: $0) }) {
      // Cancelled, the condition ends the loop.
      try? await Task.sleep(for: Self.beat)
    }
  }

  private var isOver: Bool { Task.isCancelled || stopSignal.isGiven }

  /// Looks five times a second at what the clock makes due, and at the leases when it is their time.
  private func tick() async {
    while !isOver {
      if keeper.isDue { await keep() }
      await keeper.giveBack(except: isWorking)
      for partition in due.takeDue(now: dependencies.now()) { crews.look(through: partition) }
      // The clock may be moved by hand, so it is looked at; cancelled, the condition ends the loop.
      try? await Task.sleep(for: Self.beat)
    }
    await giveBackAsWorkEnds()
  }

  private func keep() async {
    let taken = await keeper.keep()
    // What waits here of these was read under another lease: another instance may have done it since.
    for partition in leases.leaving.union(taken) { mailboxes.empty(partition) }
    guard !taken.isEmpty else { return }
    // Told to stop meanwhile: nobody looks at them here any more.
    if case .terminated = takenContinuation.yield(taken) { leases.seen(taken) }
  }

  /// Told to stop: each partition goes to the others as soon as nothing of it runs here any more.
  private func giveBackAsWorkEnds() async {
    leases.leave(leases.all.map(\.partition))
    keeper.hurry()
    while !Task.isCancelled, !leases.all.isEmpty {
      if keeper.isDue { _ = await keeper.keep(isStopping: true) }
      await keeper.giveBack(except: isWorking)
      // Cancelled, the condition ends the loop.
      try? await Task.sleep(for: Self.lastBeat)
    }
  }

  private func isWorking(in partition: Partition) -> Bool {
    leases.isUnseen(partition) || crews.isWorking(in: partition)
  }

  /// What the other instances do to the store.
  private func listen() async {
    for await arrival in dependencies.storage.arrivals() {
      switch arrival {
      case .message(let partition): crews.feed(partition, urgent: false)
      case .freedLeases: keeper.hurry()
      case .unknown:
        keeper.hurry()
        for lease in leases.all { crews.look(through: lease.partition) }
      }
    }
  }
}
