import Dispatch
import Foundation
import GRDB
import RevOps
import Synchronization

/// The embedded store: one SQLite file in WAL mode, worked on by one Baton instance.
///
/// A write returns after it is on disk (`synchronous=FULL`); writes that wait at the same moment share one fsync
/// (`GroupWriter`). Reads see every write that has returned. Nothing here blocks a thread of the cooperative pool.
public final class SQLiteStore: Storage {
  /// What the file is opened for.
  public enum Role: Sendable {
    /// To work: migrates, makes leases of earlier runs void, and keeps a second worker out.
    case service
    /// To look (command line, export, backup) while a service may be running: every write is refused.
    case observer
  }

  let pool: DatabasePool
  let writer: GroupWriter
  /// The wall clock, for what the ports leave to the store: when a dead letter arose.
  let now: @Sendable () -> Date
  /// The start of the monotonic time that leases are measured in.
  let opened = ContinuousClock.now
  let buckets = Mutex(RateBuckets())
  private let lock: StoreLock?

  init(pool: DatabasePool, lock: StoreLock?, now: @escaping @Sendable () -> Date) {
    self.pool = pool
    self.lock = lock
    self.now = now
    writer = GroupWriter(pool: pool, isReadOnly: lock == nil)
  }

  /// Opens the store in `file`, creating file and folder if a service opens it first. Both are readable by their owner
  /// alone: they hold personal data.
  ///
  /// Fails with `.unavailable` when another process works on the file, `.unreadable` when it is no store.
  public static func open(
    file: URL, role: Role = .service, now: @escaping @Sendable () -> Date = { Date() }
  ) async throws(StorageError) -> SQLiteStore {
    let result = await blocking { try StoreOpening(file: file, role: role, now: now).store() }
    return try result.get()
  }

  /// Writes what waits, then lets go of the file. Every later call is refused with `.shutDown`.
  public func close() async throws(StorageError) {
    await writer.close()
    let pool = pool
    try await Self.blocking { try pool.close() }.get()
    lock?.release()
  }

  public func check() async throws(StorageError) {
    try await write { try $0.run("UPDATE health SET checks = checks + 1") }
    let checks = try await read { try $0.int("SELECT checks FROM health") }
    guard checks != nil else { throw StorageError(.unreadable, "the store has lost its health row") }
  }

  /// Makes a consistent copy while the store is in use. The copy appears under its name only when it is whole; an
  /// existing file there is replaced.
  public func backup(to file: URL) async throws(StorageError) {
    try writer.refuseIfClosed()
    let pool = pool
    try await Self.blocking { try Backup(source: pool, target: file).run() }.get()
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StorageError) -> Value {
    try await writer.write(body)
  }

  /// One consistent snapshot. GRDB's callback form is used because its `async` twin has a blocking overload that the
  /// compiler takes for results that are not Sendable, and because a cancelled task must still be able to read what
  /// it has to finish.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StorageError) -> Value {
    try writer.refuseIfClosed()
    let result: Result<Value, StorageError> = await withCheckedContinuation { continuation in
      pool.asyncRead { database in
        continuation.resume(returning: Result { try body(database.get()) }.mapError(StorageError.init(sqlite:)))
      }
    }
    return try result.get()
  }

  /// Monotonic nanoseconds since the store was opened.
  var uptime: Int64 {
    let elapsed = ContinuousClock.now - opened
    return elapsed.nanoseconds
  }

  /// Runs a call that blocks (opening, closing, copying a file) on a thread of its own kind.
  private static func blocking<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async -> Result<Value, StorageError> {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: Result { try body() }.mapError(StorageError.init(sqlite:)))
      }
    }
  }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
