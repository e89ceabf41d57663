import Glibc

/// A value behind a pthread mutex: for what is shared with a connection's thread.
///
/// Not `Synchronization.Mutex`: its lock lives in a library that the thread sanitizer cannot see into, which makes
/// every use of it look like a race.
///
/// `@unchecked Sendable` because the compiler cannot see that `value` is only touched between lock and unlock.
final class Locked<Value>: @unchecked Sendable {
  private var value: Value
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init(_ value: Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&value)
  }
}
