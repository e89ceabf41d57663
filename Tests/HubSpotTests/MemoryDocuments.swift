import RevOps
import Synchronization

/// Shared documents that live as long as the test.
final class MemoryDocuments: Documents {
  private let stored = Mutex<[String: StoredDocument]>([:])
  private let failure = Mutex<StorageError?>(nil)

  /// From now on every call fails; nil: none does.
  func fail(with error: StorageError?) { failure.withLock { $0 = error } }

  func document(_ key: String) async throws(StorageError) -> StoredDocument? {
    try refuse()
    return stored.withLock { $0[key] }
  }

  func put(_ changes: [DocumentChange]) async throws(StorageError) -> Bool {
    try refuse()
    return stored.withLock { stored in
      guard changes.allSatisfy({ (stored[$0.key]?.version ?? 0) == $0.version }) else { return false }
      for change in changes {
        stored[change.key] = StoredDocument(key: change.key, version: change.version + 1, content: change.content)
      }
      return true
    }
  }

  private func refuse() throws(StorageError) {
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
