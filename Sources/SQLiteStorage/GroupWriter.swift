import GRDB
import RevOps
import Synchronization

/// Group commit: everything that waits when the writer is free goes into one transaction and so shares one fsync.
///
/// Each write has a savepoint of its own, so that one write's failure does not undo its neighbours. Nobody is answered
/// before the transaction is on disk; if that fails, all of its writes fail.
final class GroupWriter: Sendable {
  /// A waiting write.
  private struct Work: Sendable {
    /// Does it and gives what answers the caller once it is on disk.
    let run: @Sendable (Database) throws -> @Sendable () -> Void
    let fail: @Sendable (StorageError) -> Void
  }

  private struct State {
    var waiting: [Work] = []
    var isDraining = false
    var isClosed = false
  }

  /// Bounds how long the first of a group waits for the last, and the size of one transaction.
  private static let largestGroup = 512

  private let pool: DatabasePool
  private let isReadOnly: Bool
  private let state = Mutex(State())

  init(pool: DatabasePool, isReadOnly: Bool) {
    self.pool = pool
    self.isReadOnly = isReadOnly
  }

  /// Runs `body` in a transaction and returns after it is on disk. What `body` throws undoes only what it did.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StorageError) -> Value {
    if isReadOnly { throw StorageError(.unavailable, "the store was opened for reading only") }
    let result: Result<Value, StorageError> = await withCheckedContinuation { continuation in
      enqueue(
        Work(
          run: { database in
            let value = try body(database)
            return { continuation.resume(returning: .success(value)) }
          },
          fail: { continuation.resume(returning: .failure($0)) }))
    }
    return try result.get()
  }

  func refuseIfClosed() throws(StorageError) {
    if state.withLock({ $0.isClosed }) { throw .closed }
  }

  /// Refuses what comes from now on and returns when what came before is written.
  func close() async {
    state.withLock { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      // The pool runs one closure after another on its writer: this one comes after the drain that may be running.
      pool.asyncWriteWithoutTransaction { _ in continuation.resume() }
    }
  }

  private func enqueue(_ work: Work) {
    enum Next { case start, wait, refuse }
    let next = state.withLock { state -> Next in
      if state.isClosed { return .refuse }
      state.waiting.append(work)
      if state.isDraining { return .wait }
      state.isDraining = true
      return .start
    }
    switch next {
    case .start: pool.asyncWriteWithoutTransaction { self.drain(into: $0) }
    case .wait: break
    case .refuse: work.fail(.closed)
    }
  }

  private func drain(into database: Database) {
    while let group = nextGroup() { commit(group, in: database) }
  }

  private func nextGroup() -> [Work]? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.isDraining = false
        return nil
      }
      let group = Array(state.waiting.prefix(Self.largestGroup))
      state.waiting.removeFirst(group.count)
      return group
    }
  }

  private func commit(_ group: [Work], in database: Database) {
    do {
      try database.beginTransaction(.immediate)
      let answers = try group.map { try attempt($0, in: database) }
      try database.commit()
      for answer in answers { answer() }
    } catch {
      let reason = StorageError(sqlite: error)
      // SQLite has already rolled back after some errors (a full disk); a rollback that fails leaves nothing either:
      // the connection's next BEGIN reports it.
      if database.isInsideTransaction { try? database.rollback() }
      for work in group { work.fail(reason) }
    }
  }

  /// Throws only when the whole transaction is gone.
  private func attempt(_ work: Work, in database: Database) throws -> @Sendable () -> Void {
    do {
      var answer: (@Sendable () -> Void)?
      try database.inSavepoint {
        answer = try work.run(database)
        return .commit
      }
      return answer ?? { work.fail(StorageError(.unavailable, "the write was abandoned")) }
    } catch {
      guard database.isInsideTransaction else { throw error }
      let reason = StorageError(sqlite: error)
      return { work.fail(reason) }
    }
  }
}
