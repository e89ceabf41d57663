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
  /// Takes what is free (or has been this instance's) of the wanted partitions, but not more than `limit`, for
  /// `duration` of monotonic time. Each taking raises the partition's epoch; renewing does not.
  func acquire(
    _ partitions: [Partition], atMost limit: Int, instance: String, for duration: Duration
  ) async throws(StorageError) -> [Lease]
  /// Extends what is still held; what is missing in the answer has been lost.
  func renew(_ leases: [Lease], instance: String, for duration: Duration) async throws(StorageError) -> [Lease]
  func release(_ leases: [Lease], instance: String) async throws(StorageError)
  /// Notes that the instance wants work, for `duration` (zero: no longer). Gives how many instances do, this one
  /// included: what each of them should hold is its share.
  func attend(instance: String, for duration: Duration) async throws(StorageError) -> Int
}

extension Leases {
  public func acquire(
    _ partitions: [Partition], instance: String, for duration: Duration
  ) async throws(StorageError) -> [Lease] {
    try await acquire(partitions, atMost: partitions.count, instance: instance, for: duration)
  }

  /// A store of one instance.
  public func attend(instance: String, for duration: Duration) async throws(StorageError) -> Int { 1 }
}
