import GRDB
import RevOps

extension SQLiteStore {
  public func acquire(
    _ partitions: [Partition], atMost limit: Int, instance: String, for duration: Duration
  ) async throws(StorageError) -> [Lease] {
    try await write { database in
      let now = self.uptime
      var taken: [Lease] = []
      for partition in partitions where taken.count < limit {
        let lease = try database.take(partition, for: instance, until: now + duration.nanoseconds, now: now)
        if let lease { taken.append(lease) }
      }
      return taken
    }
  }

  public func renew(
    _ leases: [Lease], instance: String, for duration: Duration
  ) async throws(StorageError) -> [Lease] {
    try await write { database in
      let now = self.uptime
      return try leases.filter { lease in
        try database.change(
          """
          UPDATE partitions SET held_until = ?
          WHERE partition = ? AND epoch = ? AND holder = ? AND held_until > ?
          """,
          [now + duration.nanoseconds, lease.partition.rawValue, lease.epoch, instance, now]) == 1
      }
    }
  }

  /// A released lease is void at once: the epoch moves on, so that a late write of its holder has no effect.
  public func release(_ leases: [Lease], instance: String) async throws(StorageError) {
    try await write { database in
      for lease in leases {
        try database.run(
          """
          UPDATE partitions SET epoch = epoch + 1, holder = NULL, held_until = 0
          WHERE partition = ? AND epoch = ? AND holder = ?
          """,
          [lease.partition.rawValue, lease.epoch, instance])
      }
    }
  }
}

extension Database {
  /// Whether the lease is the latest of its partition. Time does not matter here: a lease that has run out but that
  /// nobody has taken still cannot do harm.
  func isLatest(_ lease: Lease) throws -> Bool {
    try int("SELECT epoch FROM partitions WHERE partition = ?", [lease.partition.rawValue]) == lease.epoch
  }

  func require(_ lease: Lease) throws {
    guard try isLatest(lease) else {
      throw StorageError(.staleLease, "partition \(lease.partition) has been taken since epoch \(lease.epoch)")
    }
  }

  fileprivate func take(
    _ partition: Partition, for instance: String, until deadline: Int64, now: Int64
  ) throws -> Lease? {
    let row = try row(
      """
      INSERT INTO partitions (partition, epoch, holder, held_until) VALUES (?1, 1, ?2, ?3)
      ON CONFLICT (partition) DO UPDATE
        SET epoch = epoch + 1, holder = excluded.holder, held_until = excluded.held_until
        WHERE holder IS NULL OR holder = excluded.holder OR held_until <= ?4
      RETURNING epoch
      """,
      [partition.rawValue, instance, deadline, now])
    return row.map { Lease(partition: partition, epoch: $0[0]) }
  }
}
