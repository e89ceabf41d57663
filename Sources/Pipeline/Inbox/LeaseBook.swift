import RevOps
import Synchronization

/// The leases this instance holds now.
final class LeaseBook: Sendable {
  private let leases = Mutex<[Partition: Lease]>([:])

  func replace(with held: [Lease]) {
    leases.withLock { $0 = Dictionary(held.map { ($0.partition, $0) }) { _, last in last } }
  }

  func drop(_ partition: Partition) { leases.withLock { $0[partition] = nil } }

  subscript(partition: Partition) -> Lease? { leases.withLock { $0[partition] } }

  var all: [Lease] { leases.withLock { Array($0.values) } }
}
