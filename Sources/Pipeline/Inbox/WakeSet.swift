/// Which keys have work, which are being worked on, and which must be looked at once more: decides, does nothing.
///
/// A key runs at most once at a time. A wake while it runs makes it run once more, however many wakes came. At most
/// `limit` keys run at once; the others wait in the order of their first wake. An urgent one waits for nobody: somebody
/// has clicked and looks at the screen.
struct WakeSet<Key: Hashable & Sendable> {
  private let limit: Int
  private(set) var running: Set<Key> = []
  private var again: Set<Key> = []
  /// Those of `again` that are urgent.
  private var hurried: Set<Key> = []
  private var waiting: [Key] = []
  private var waitingSet: Set<Key> = []
  private var head = 0
  private var isStopped = false

  init(limit: Int) { self.limit = limit }

  var isIdle: Bool { running.isEmpty && waitingSet.isEmpty }
  var runningCount: Int { running.count }

  /// A key that may start.
  struct Start: Sendable, Equatable {
    var key: Key
    var isUrgent: Bool
  }

  /// No key may start any more; those that run end.
  mutating func stop() { isStopped = true }

  /// Gives the key if it may start now.
  mutating func wake(_ key: Key, urgent: Bool = false) -> Start? {
    if isStopped { return nil }
    if running.contains(key) {
      again.insert(key)
      if urgent { hurried.insert(key) }
      return nil
    }
    guard urgent || running.count < limit else {
      if waitingSet.insert(key).inserted { waiting.append(key) }
      return nil
    }
    // Where it stood in the line it is passed over.
    waitingSet.remove(key)
    running.insert(key)
    return Start(key: key, isUrgent: urgent)
  }

  /// The key's work ended. Gives the key that may start now.
  mutating func finished(_ key: Key) -> Start? {
    running.remove(key)
    if isStopped { return nil }
    if again.remove(key) != nil {
      if hurried.remove(key) != nil { return wake(key, urgent: true) }
      if waitingSet.insert(key).inserted { waiting.append(key) }
    }
    guard running.count < limit, let next = takeFirst() else { return nil }
    running.insert(next)
    return Start(key: next, isUrgent: false)
  }

  private mutating func takeFirst() -> Key? {
    while head < waiting.count {
      let next = waiting[head]
      head += 1
      if head > 1_024, head * 2 > waiting.count {
        waiting.removeFirst(head)
        head = 0
      }
      if waitingSet.remove(next) != nil { return next }
    }
    return nil
  }
}
