import Foundation
import RevOps
import SQLiteStorage
import Synchronization
import TestSupport
import Testing

/// Stores in a folder of one test.
final class TestStores: Sendable {
  let folder: TemporaryFolder
  private let opened = Mutex(0)
  private let files = Mutex<[ObjectIdentifier: URL]>([:])

  init() throws { folder = try TemporaryFolder() }

  func make() async throws -> SQLiteStore { try await open(newFile()) }

  /// Opens what would be on disk if the process were killed at this moment: the file and its log as they are, while
  /// the old store still has them open. (The shared-memory index is rebuilt from the log.)
  func afterKill(_ store: SQLiteStore) async throws -> SQLiteStore {
    let copy = newFile()
    let original = try #require(files.withLock { $0[ObjectIdentifier(store)] })
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: original.path + suffix, toPath: copy.path + suffix)
    }
    return try await open(copy)
  }

  func open(_ file: URL, role: SQLiteStore.Role = .service) async throws -> SQLiteStore {
    let store = try await SQLiteStore.open(file: file, role: role)
    files.withLock { $0[ObjectIdentifier(store)] = file }
    return store
  }

  func newFile() -> URL {
    let number = opened.withLock {
      $0 += 1
      return $0
    }
    return folder.url.appendingPathComponent("baton-\(number).sqlite")
  }

  var harness: StorageConformance.Harness {
    StorageConformance.Harness(
      make: { try await self.make() },
      restart: { try await self.afterKill(try #require($0 as? SQLiteStore)) })
  }
}
