import Foundation
import Hiredis
import RevOps
import StoredForms
import Synchronization

/// The store of several instances: one Redis with append-only persistence.
///
/// Every write is one script (`Scripts`), so that nobody sees half of it, and one round trip. With `appendfsync always`
/// it is on disk when it returns; with `everysec` up to a second of it is at risk when power fails.
public final class RedisStore: Storage {
  /// What Redis is opened for.
  public enum Role: Sendable {
    /// To work: refuses a Redis that would lose what it is given.
    case service
    /// To look (command line) while services may be running: every write is refused.
    case observer
  }

  private let role: Role
  let connection: RedisConnection
  let address: RedisAddress
  /// What Redis calls each script, by the script's name.
  private let digests: [String: String]
  /// The wall clock, for what the ports leave to the store: when a dead letter arose.
  let now: @Sendable () -> Date
  let memories = Mutex(MemoryCopy())
  let refreshing = Refreshing()
  /// Configuration versions known to be stored, and over which connection: after a restart Redis may have lost them.
  let keptPolicies = Mutex<(generation: Int, versions: Set<String>)>((0, []))
  let listeners = Mutex<[ArrivalReader]>([])

  init(
    role: Role, connection: RedisConnection, address: RedisAddress, digests: [String: String],
    now: @escaping @Sendable () -> Date
  ) {
    self.role = role
    self.connection = connection
    self.address = address
    self.digests = digests
    self.now = now
  }

  /// Connects. A service refuses a Redis that would lose what it is given; an observer one that no service has worked
  /// with, since that is most likely not the one that was meant.
  ///
  /// - Parameter name: of this instance, as `CLIENT LIST` shows it.
  public static func open(
    _ address: RedisAddress, role: Role = .service, name: String = "baton",
    now: @escaping @Sendable () -> Date = { Date() }
  ) async throws(StorageError) -> RedisStore {
    let connection = RedisConnection(.init(address: address, name: name))
    do {
      let fitness = try await fitness(over: connection)
      switch role {
      case .service: try fitness.refuseIfUnfit()
      case .observer: try await refuseIfUnused(connection)
      }
      let scripts = Script.all.filter { role == .service || $0.isReading }
      let digests = try await Self.load(scripts, over: connection)
      return RedisStore(role: role, connection: connection, address: address, digests: digests, now: now)
    } catch {
      connection.close()
      throw error
    }
  }

  /// Redis may be starting beside Baton, and it takes a while to load much data.
  static func fitness(over connection: RedisConnection) async throws(StorageError) -> Fitness {
    let began = ContinuousClock.now
    while true {
      do throws(RedisError) {
        return try await Fitness.read(over: connection)
      } catch {
        guard began + error.startPatience > .now else { throw StorageError(redis: error) }
        // Redis tells nobody when it has loaded: it is asked again. Cancelled, its last answer is the reason.
        try? await Task.sleep(for: .milliseconds(100))
        if Task.isCancelled { throw StorageError(redis: error) }
      }
    }
  }

  /// Lets go of Redis. Every later call is refused with `.shutDown`.
  public func close() async {
    for listener in listeners.withLock({ $0 }) { listener.close() }
    connection.close()
    await connection.waitForEnd()
  }

  public func check() async throws(StorageError) {
    try refuseIfObserving()
    _ = try await send(RedisCommand("INCR", "baton:health", isRepeatable: true))
    try await fitness().refuseIfUnfit()
  }

  /// What an operator should know of how safe the data is; nil: all is well.
  public func durabilityRemark() async throws(StorageError) -> String? {
    try await fitness().remark
  }

  private func fitness() async throws(StorageError) -> Fitness {
    do { return try await Fitness.read(over: connection) } catch { throw StorageError(redis: error) }
  }

  /// Every service takes leases before it does anything, and their epochs stay.
  static func isUsed(_ connection: RedisConnection) async throws(StorageError) -> Bool {
    let leases = Partition.all.map { "baton:{\($0)}:lease" }
    let known: RedisValue
    do {
      known = try await connection.send(RedisCommand(words: ["EXISTS"] + leases, isRepeatable: true))
    } catch {
      throw StorageError(redis: error)
    }
    return (known.int ?? 0) > 0
  }

  private static func refuseIfUnused(_ connection: RedisConnection) async throws(StorageError) {
    guard try await isUsed(connection) else {
      throw StorageError(.unavailable, "there is no store yet: no service has run with this Redis")
    }
  }

  func refuseIfObserving() throws(StorageError) {
    if role == .observer { throw StorageError(.unavailable, "the store was opened for reading only") }
  }

  /// Scripts are lost when Redis restarts; `run` then sends them anew.
  private static func load(
    _ scripts: [Script], over connection: RedisConnection
  ) async throws(StorageError) -> [String: String] {
    var digests: [String: String] = [:]
    for script in scripts {
      let command = RedisCommand("SCRIPT", "LOAD", script.text, isRepeatable: true)
      do { digests[script.name] = try await connection.send(command).text } catch { throw StorageError(redis: error) }
    }
    return digests
  }

  func send(_ command: RedisCommand) async throws(StorageError) -> RedisValue {
    do { return try await connection.send(command) } catch { throw StorageError(redis: error) }
  }

  /// - Parameter isRepeatable: may the script run twice without harm? Only then is it sent again when the connection
  ///   ends before the answer; each script says so in its contract.
  func run(
    _ script: Script, isRepeatable: Bool, _ arguments: (inout RedisCommand) -> Void
  ) async throws(StorageError) -> RedisValue {
    if !script.isReading { try refuseIfObserving() }
    do throws(RedisError) {
      var command = RedisCommand("EVALSHA", digests[script.name] ?? "", "0", isRepeatable: isRepeatable)
      arguments(&command)
      return try await connection.send(command)
    } catch .refused(let refusal) where refusal.code == "NOSCRIPT" {
      // Nothing has run. The text makes Redis keep the script for the next time.
      var command = RedisCommand("EVAL", script.text, "0", isRepeatable: isRepeatable)
      arguments(&command)
      return try await send(command)
    } catch {
      throw StorageError(redis: error)
    }
  }

  /// Runs a script that writes under a lease and answers with a word.
  func run(
    _ script: Script, under lease: Lease, isRepeatable: Bool, _ arguments: (inout RedisCommand) -> Void
  ) async throws(StorageError) -> [RedisValue] {
    let answer = try await run(script, isRepeatable: isRepeatable) { command in
      command.add(lease.partition.description)
      command.add(lease.epoch)
      arguments(&command)
    }
    return try answer.list()
  }

  /// The same for one that leaves it to the caller to say that the lease is stale.
  func runHolding(
    _ script: Script, _ lease: Lease, isRepeatable: Bool, _ arguments: (inout RedisCommand) -> Void
  ) async throws(StorageError) -> [RedisValue] {
    let answer = try await run(script, under: lease, isRepeatable: isRepeatable, arguments)
    guard answer.first?.text != "stale" else {
      throw StorageError(.staleLease, "partition \(lease.partition) has been taken since epoch \(lease.epoch)")
    }
    return answer
  }
}

extension RedisError {
  /// How long the start waits for it to pass.
  fileprivate var startPatience: Duration {
    switch self {
    case .away, .lost: .seconds(3)
    case .refused(let refusal) where refusal.code == "LOADING": .seconds(60)
    case .refused, .closed: .zero
    }
  }
}
