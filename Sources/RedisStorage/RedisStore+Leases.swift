import Hiredis
import RevOps

extension RedisStore {
  public func acquire(
    _ partitions: [Partition], atMost limit: Int, instance: String, for duration: Duration
  ) async throws(StorageError) -> [Lease] {
    try await leases(
      run(.acquireLeases, isRepeatable: true) { command in
        command.add(instance)
        command.add(duration.milliseconds)
        command.add(limit)
        for partition in partitions { command.add(partition.description) }
      })
  }

  public func renew(
    _ leases: [Lease], instance: String, for duration: Duration
  ) async throws(StorageError) -> [Lease] {
    try await self.leases(
      run(.renewLeases, isRepeatable: true) { command in
        command.add(instance)
        command.add(duration.milliseconds)
        command.add(leases)
      })
  }

  public func release(_ leases: [Lease], instance: String) async throws(StorageError) {
    _ = try await run(.releaseLeases, isRepeatable: true) { command in
      command.add(instance)
      command.add(leases)
    }
  }

  public func attend(instance: String, for duration: Duration) async throws(StorageError) -> Int {
    try await run(.attend, isRepeatable: true) { command in
      command.add(instance)
      command.add(duration.milliseconds)
    }.number()
  }

  private func leases(_ value: RedisValue) throws(StorageError) -> [Lease] {
    var leases: [Lease] = []
    for row in try value.list().rows(of: 2).map(Array.init) {
      guard let number = Int(try row[0].word().dropFirst()), let partition = Partition(rawValue: number) else {
        throw .strange
      }
      leases.append(Lease(partition: partition, epoch: try row[1].number()))
    }
    return leases
  }
}

extension RedisCommand {
  fileprivate mutating func add(_ leases: [Lease]) {
    for lease in leases {
      add(lease.partition.description)
      add(lease.epoch)
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
