import Foundation
import GRDB
import RevOps

/// The steps from a path to a store that can be worked with. Blocks.
struct StoreOpening {
  let file: URL
  let role: SQLiteStore.Role
  let now: @Sendable () -> Date

  func store() throws -> SQLiteStore {
    switch role {
    case .service: try serviceStore()
    case .observer: try observerStore()
    }
  }

  private func serviceStore() throws -> SQLiteStore {
    try createPrivately()
    let lock = try StoreLock(file: file.appendingPathExtension("lock"))
    let pool = try DatabasePool(path: file.path, configuration: configuration)
    try Schema.migrator.migrate(pool)
    try pool.writeWithoutTransaction { database in
      // GRDB sets NORMAL after every hook of its configuration has run, so FULL has to come after opening; the writer
      // is one connection for as long as the pool lives.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // Whoever held a lease is gone with its process: a higher epoch makes sure that it stays without effect.
      try database.execute(sql: "UPDATE partitions SET epoch = epoch + 1, holder = NULL, held_until = 0")
    }
    return SQLiteStore(pool: pool, lock: lock, now: now)
  }

  private func observerStore() throws -> SQLiteStore {
    var configuration = configuration
    configuration.readonly = true
    let pool = try DatabasePool(path: file.path, configuration: configuration)
    return SQLiteStore(pool: pool, lock: nil, now: now)
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "baton.store"
    // Without it SQLite answers "database is locked" at once when a checkpoint or an observer is in the way.
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 4
    return configuration
  }

  /// SQLite gives its side files the permissions of the main one, so that one is made first.
  private func createPrivately() throws {
    let files = FileManager.default
    try files.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    guard !files.fileExists(atPath: file.path) else { return }
    guard files.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      throw StorageError(.unavailable, "cannot create the store's file")
    }
  }
}
