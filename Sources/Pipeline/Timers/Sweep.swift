import Foundation
import Logging
import RevOps

/// Takes out of the store, now and then, what is past its time: the identities of deliveries and the answers of look-ups.
///
/// Every instance does so: what another has taken out already costs it one look.
struct Sweep: Sendable {
  /// Between two of them, by the wall clock.
  static let interval: TimeInterval = 600
  /// Taken out at once: few enough that no click waits behind it.
  static let step = 500
  /// How often the clock is looked at.
  private static let beat: Duration = .milliseconds(500)

  let inbox: any Inbox
  let cache: any LookupCache
  /// Seconds that an answer is kept: longer than it is good for, since an old one may have to do.
  let cacheFor: @Sendable () -> Int
  let now: @Sendable () -> Date
  let logger: Logger
  let stop: StopSignal
  /// An interval after the start: who has just started has leads to look after.
  private let first: Date

  init(_ dependencies: PipelineDependencies, stop: StopSignal) {
    self.init(
      inbox: dependencies.storage, cache: dependencies.storage,
      cacheFor: { max(dependencies.policy().playbook.enrich.cacheFor, PaidLookUps.oldestAnswer) },
      now: dependencies.now, logger: dependencies.logger,
      stop: stop)
  }

  init(
    inbox: any Inbox, cache: any LookupCache, cacheFor: @escaping @Sendable () -> Int,
    now: @escaping @Sendable () -> Date, logger: Logger, stop: StopSignal
  ) {
    self.inbox = inbox
    self.cache = cache
    self.cacheFor = cacheFor
    self.now = now
    self.logger = logger
    self.stop = stop
    first = now().addingTimeInterval(Self.interval)
  }

  func run() async {
    var next = first
    while !isOver {
      if now() >= next {
        await sweep()
        next = now().addingTimeInterval(Self.interval)
      }
      try? await Task.sleep(for: Self.beat)
    }
  }

  /// A store that is away is swept the next time.
  private func sweep() async {
    let now = now()
    let oldest = now.addingTimeInterval(-TimeInterval(cacheFor()))
    do {
      let deliveries = try await all { try await inbox.expireDeliveries(now: now, limit: Self.step) }
      let answers = try await all { try await cache.expireCached(upTo: oldest, limit: Self.step) }
      logger.debug(
        "took out what is past its time", metadata: ["deliveries": "\(deliveries)", "look_ups": "\(answers)"])
    } catch {
      logger.warning("what is past its time could not be taken out", metadata: ["error": "\(error)"])
    }
  }

  /// Step after step, so that other writes come between. Gives how many in all.
  private func all(_ step: () async throws -> Int) async throws -> Int {
    var total = 0
    while !isOver {
      let count = try await step()
      total += count
      if count < Self.step { break }
    }
    return total
  }

  private var isOver: Bool { Task.isCancelled || stop.isGiven }
}
