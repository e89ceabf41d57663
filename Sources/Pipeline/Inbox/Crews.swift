import Foundation
import Logging
import RevOps
import Synchronization

/// Everything that runs, and how one kind of work wakes another: partitions feed leads, leads wake effects.
final class Crews: Sendable {
  let leadRunner: LeadRunner
  let effectRunner: EffectRunner
  private let feeders: Crew<Partition>
  private let leads: Crew<LeadID>
  private let dispatchers: Crew<LeadID>
  /// Apart for each service, so that a hanging one holds up nothing of the others.
  private let services: [Effect.Service: Crew<EffectRunner.Slot>]
  private let stop: StopSignal
  /// Partitions of which more is to be read than what has come.
  private let timed: Mark

  init(
    dependencies: PipelineDependencies, committer: Committer, mailboxes: Mailboxes, due: DueTimes, stop: StopSignal
  ) {
    let wiring = Wiring()
    let effectRunner = EffectRunner(dependencies: dependencies, committer: committer, due: due, stop: stop)
    let leadRunner = LeadRunner(dependencies: dependencies, committer: committer, due: due) { lead in
      wiring.dispatch(lead)
    }
    let feeder = Feeder(dependencies: dependencies, leases: committer.leases, mailboxes: mailboxes, due: due)
    let timed = Mark()
    self.timed = timed
    feeders = Crew(limit: 8) { partition in
      let fed = await feeder.feed(partition, timed.take(partition) ? .time : .arrival)
      for lead in fed.urgent { wiring.work(lead, true) }
      for lead in fed.leads.subtracting(fed.urgent) { wiring.work(lead, false) }
      for lead in fed.effects { wiring.dispatch(lead) }
    }
    // Wide, because a lead that waits for a slow service takes up a place: claims must find one all the same.
    leads = Crew(limit: 1_024) { lead in
      while !stop.isGiven, !Task.isCancelled, let item = mailboxes.next(for: lead) {
        switch await leadRunner.handle(item) {
        case .finished:
          if let cause = mailboxes.finished(item) { wiring.feed(lead.partition, cause) }
        case .later(let delay):
          mailboxes.putBack(item, until: dependencies.now().addingTimeInterval(delay.inSeconds))
        }
      }
    }
    dispatchers = Crew(limit: 32) { lead in
      for slot in await effectRunner.readySlots(of: lead) { wiring.run(slot) }
    }
    let runSlot: @Sendable (EffectRunner.Slot) async -> Void = { slot in
      if await effectRunner.run(slot) { wiring.dispatch(slot.lead) }
    }
    let services = Dictionary(
      uniqueKeysWithValues: Effect.Service.allCases.map { ($0, Crew(limit: 128, work: runSlot)) })
    self.services = services
    self.leadRunner = leadRunner
    self.effectRunner = effectRunner
    self.stop = stop
    wiring.connect(
      feed: { [feeders] partition, cause in
        if cause == .time { timed.insert(partition) }
        feeders.wake(partition)
      }, work: { [leads] in leads.wake($0, urgent: $1) },
      dispatch: { [dispatchers] in dispatchers.wake($0) },
      run: { services[Effect.Service(target: $0.target)]?.wake($0) })
  }

  /// Messages of the partition have come.
  func feed(_ partition: Partition, urgent: Bool) { feeders.wake(partition, urgent: urgent) }

  /// Its time has come, or nothing is known of it yet.
  func look(through partition: Partition) {
    timed.insert(partition)
    feeders.wake(partition)
  }

  var isIdle: Bool { feeders.isIdle && leads.isIdle && dispatchers.isIdle && services.values.allSatisfy(\.isIdle) }

  /// What is being done at this moment, for people.
  var stillRunning: String {
    "feeders \(feeders.running), leads \(leads.running), dispatchers \(dispatchers.running), effects \(services.values.flatMap(\.running))"
  }

  /// Something of the partition is being done at this moment.
  func isWorking(in partition: Partition) -> Bool {
    feeders.running.contains(partition) || leads.running.contains { $0.partition == partition }
      || dispatchers.running.contains { $0.partition == partition }
      || services.values.contains { $0.running.contains { $0.lead.partition == partition } }
  }

  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.feeders.run() }
      group.addTask { await self.leads.run() }
      group.addTask { await self.dispatchers.run() }
      for crew in self.services.values { group.addTask { await crew.run() } }
      await group.waitForAll()
    }
  }

  func end() {
    stop.give()
    feeders.stop()
    leads.stop()
    dispatchers.stop()
    for crew in services.values { crew.stop() }
  }

}

/// A set of partitions.
private final class Mark: Sendable {
  private let partitions = Mutex<Set<Partition>>([])
  func insert(_ partition: Partition) { partitions.withLock { _ = $0.insert(partition) } }
  func take(_ partition: Partition) -> Bool { partitions.withLock { $0.remove(partition) != nil } }
}

/// Lets the crews wake each other although each is made before the next.
private final class Wiring: Sendable {
  private struct Wires {
    var feed: @Sendable (Partition, Feeder.Cause) -> Void = { _, _ in }
    var work: @Sendable (LeadID, Bool) -> Void = { _, _ in }
    var dispatch: @Sendable (LeadID) -> Void = { _ in }
    var run: @Sendable (EffectRunner.Slot) -> Void = { _ in }
  }

  private let wires = Mutex(Wires())

  func connect(
    feed: @escaping @Sendable (Partition, Feeder.Cause) -> Void, work: @escaping @Sendable (LeadID, Bool) -> Void,
    dispatch: @escaping @Sendable (LeadID) -> Void, run: @escaping @Sendable (EffectRunner.Slot) -> Void
  ) {
    wires.withLock { $0 = Wires(feed: feed, work: work, dispatch: dispatch, run: run) }
  }

  func feed(_ partition: Partition, _ cause: Feeder.Cause) { wires.withLock { $0.feed }(partition, cause) }
  func work(_ lead: LeadID, _ urgent: Bool) { wires.withLock { $0.work }(lead, urgent) }
  func dispatch(_ lead: LeadID) { wires.withLock { $0.dispatch }(lead) }
  func run(_ slot: EffectRunner.Slot) { wires.withLock { $0.run }(slot) }
}
