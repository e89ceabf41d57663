import Logging
import RevOps
import Synchronization

/// Keeps this instance's share of the partitions: renews, takes what is free, gives back what is too much.
///
/// Nobody loses work that runs: a partition is given back when nothing of it runs here any more.
final class LeaseKeeper: Sendable {
  private let storage: any Storage
  private let book: LeaseBook
  private let instance: String
  private let partitions: [Partition]
  private let duration: Duration
  private let logger: Logger
  private let next = Mutex(ContinuousClock.now)

  /// While something is missing it is looked for this often.
  private static let search: Duration = .seconds(1)

  init(
    dependencies: PipelineDependencies, book: LeaseBook, instance: String, partitions: [Partition], duration: Duration
  ) {
    storage = dependencies.storage
    logger = dependencies.logger
    self.book = book
    self.instance = instance
    self.partitions = partitions
    self.duration = duration
  }

  /// An instance has given leases back, or the store was away: look at once.
  func hurry() { next.withLock { $0 = .now } }

  var isDue: Bool { next.withLock { $0 <= .now } }

  /// Gives the partitions that were taken: their work is to be read anew.
  ///
  /// - Parameter isStopping: takes nothing more and tells the others so.
  func keep(isStopping: Bool = false) async -> [Partition] {
    do throws(StorageError) {
      // Before anything is asked for: an answer that takes long must not make a lease look younger than it is.
      let validUntil = ContinuousClock.now + duration
      let others = try await storage.attend(instance: instance, for: isStopping ? .zero : duration)
      var held = try await storage.renew(book.all, instance: instance, for: duration)
      let share = isStopping ? 0 : (partitions.count + max(others, 1) - 1) / max(others, 1)
      var taken: [Lease] = []
      if held.count < share {
        let missing = Set(partitions).subtracting(held.map(\.partition)).sorted()
        taken = try await storage.acquire(missing, atMost: share - held.count, instance: instance, for: duration)
        held += taken
      }
      book.replace(with: held, taken: taken, validUntil: validUntil)
      book.leave(held.map(\.partition).sorted().suffix(max(0, held.count - share)))
      schedule(isComplete: held.count >= share)
      return taken.map(\.partition)
    } catch {
      logger.error("leases could not be renewed", metadata: ["error": "\(error)"])
      schedule(isComplete: false)
      return []
    }
  }

  /// Gives back those that it is leaving and in which nothing runs.
  func giveBack(except isWorking: (Partition) -> Bool) async {
    let free = book.leaving.filter { !isWorking($0) }.compactMap { book[$0] }
    guard !free.isEmpty else { return }
    await release(free)
  }

  /// A lease that can't be given back runs out by itself.
  func giveBackAll() async {
    await release(book.all)
  }

  private func release(_ leases: [Lease]) async {
    guard !leases.isEmpty else { return }
    do {
      try await storage.release(leases, instance: instance)
    } catch {
      logger.warning("leases could not be given back", metadata: ["error": "\(error)"])
    }
    for lease in leases { book.drop(lease) }
  }

  private func schedule(isComplete: Bool) {
    let pause = isComplete ? duration / 4 : min(duration / 4, Self.search)
    next.withLock { $0 = .now + pause }
  }
}
