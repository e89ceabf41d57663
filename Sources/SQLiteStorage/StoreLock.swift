import Foundation
import RevOps
import Synchronization

/// Keeps a second service off the same file. The lock belongs to the open file: it goes with the process, however that
/// ends.
final class StoreLock: Sendable {
  private let descriptor: Mutex<Int32?>

  init(file: URL) throws {
    let opened = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw StorageError(.unavailable, "cannot open the store's lock file (errno \(errno))") }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      _ = Foundation.close(opened)
      throw StorageError(.unavailable, "another Baton is working on this store")
    }
    descriptor = Mutex(opened)
  }

  deinit { release() }

  func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor.take() else { return }
      _ = Foundation.close(open)
    }
  }
}
