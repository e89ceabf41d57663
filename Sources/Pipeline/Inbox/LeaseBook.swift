import RevOps
import Synchronization

/// The leases this instance holds now, and those of them that it is about to give back.
final class LeaseBook: Sendable {
  private struct State {
    var leases: [Partition: Lease] = [:]
    /// Before this moment nobody else can have taken one of them.
    var validUntil = ContinuousClock.now
    var leaving: Set<Partition> = []
    /// Just taken: what was in flight when their last holder died comes first.
    var unseen: Set<Partition> = []

    mutating func forget(_ partition: Partition) {
      leases[partition] = nil
      leaving.remove(partition)
      unseen.remove(partition)
    }
  }

  private let state = Mutex(State())

  /// - Parameters:
  ///   - taken: those of them that are new.
  ///   - validUntil: before this moment nobody else can take one.
  func replace(with held: [Lease], taken: [Lease], validUntil: ContinuousClock.Instant) {
    state.withLock { state in
      state.validUntil = validUntil
      state.leases = Dictionary(held.map { ($0.partition, $0) }) { _, last in last }
      state.leaving.formIntersection(state.leases.keys)
      state.unseen.formIntersection(state.leases.keys)
      state.unseen.formUnion(taken.map(\.partition))
    }
  }

  /// The store refused a write under that lease. A newer one of the same partition stays.
  func drop(_ lease: Lease) {
    state.withLock { state in
      guard state.leases[lease.partition] == lease else { return }
      state.forget(lease.partition)
    }
  }

  /// To write under.
  subscript(partition: Partition) -> Lease? { state.withLock { $0.leases[partition] } }

  /// Whether it is held, and nobody else can have taken it by now.
  func isValid(_ lease: Lease) -> Bool {
    state.withLock { $0.leases[lease.partition] == lease && .now < $0.validUntil }
  }

  var all: [Lease] { state.withLock { Array($0.leases.values) } }

  /// Nothing new is begun in these; what runs goes on under the lease until it has ended.
  func leave(_ partitions: [Partition]) {
    state.withLock { $0.leaving = Set(partitions).intersection($0.leases.keys) }
  }

  var leaving: Set<Partition> { state.withLock { $0.leaving } }

  /// What was in flight has been looked through.
  func seen(_ partitions: [Partition]) { state.withLock { $0.unseen.subtract(partitions) } }

  func isUnseen(_ partition: Partition) -> Bool { state.withLock { $0.unseen.contains(partition) } }

  func mayBegin(in partition: Partition) -> Bool {
    state.withLock { state in
      state.leases[partition] != nil && !state.leaving.contains(partition) && !state.unseen.contains(partition)
    }
  }
}
