import Foundation

/// The right to work on a partition. Every write names it; only the latest epoch's writes have an effect.
public struct Lease: Sendable, Equatable, Hashable {
  public var partition: Partition
  public var epoch: Int

  public init(partition: Partition, epoch: Int) {
    self.partition = partition
    self.epoch = epoch
  }
}

public protocol Leases: Sendable {
  /// Takes what is free (or has been this instance's) of the wanted partitions, for `duration` of monotonic time. Each
  /// taking raises the partition's epoch; renewing does not.
  func acquire(_ partitions: [Partition], instance: String, for duration: Duration) async throws(StorageError)
    -> [Lease]
  /// Extends what is still held; what is missing in the answer has been lost.
  func renew(_ leases: [Lease], instance: String, for duration: Duration) async throws(StorageError) -> [Lease]
  func release(_ leases: [Lease], instance: String) async throws(StorageError)
}
