import RevOps

/// The right of a piece of work to have effects: the lease that it was begun under.
///
/// A worker may be stopped (a machine that sleeps, a debugger, SIGSTOP) and go on when another instance has long taken
/// its work over. What it writes to the store is refused by the lease's epoch; what it would send to a service is held
/// back by `mayAct`.
public struct WorkPermit: Sendable {
  @TaskLocal static var current: WorkPermit?

  let lease: Lease
  let book: LeaseBook

  /// Asked right before something is sent. False: the lease under which the running work was begun has run out or
  /// changed hands, so that somebody else may be doing the same. True outside such work.
  public static var mayAct: Bool {
    guard let current else { return true }
    return current.book.isValid(current.lease)
  }

  /// The same question for whoever carries out the running work in a task of their own.
  public static func probe() -> @Sendable () -> Bool {
    guard let current else { return { true } }
    return { current.book.isValid(current.lease) }
  }
}
