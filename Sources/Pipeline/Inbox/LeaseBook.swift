import RevOps
import Synchronization

/// The leases this instance holds now.
final class LeaseBook: Sendable {
  private let leases = Mutex<[Partition: Lease]>([:])

  func replace(with held: [Lease]) {
    leases.withLock { $0 = Dictionary(held.map { ($0.partition, $0) }) { _, last in last } }
  }

  /// The store refused a write under that lease. A newer one of the same partition stays.
  func drop(_ lease: Lease) {
    leases.withLock { if $0[lease.partition] == lease { $0[lease.partition] = nil } }
  }

  subscript(partition: Partition) -> Lease? { leases.withLock { $0[partition] } }

  var all: [Lease] { leases.withLock { Array($0.values) } }
}
