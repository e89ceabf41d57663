/// Which keys have work, which are being worked on, and which must be looked at once more: decides, does nothing.
///
/// A key runs at most once at a time. A wake while it runs makes it run once more, however many wakes came. At most
/// `limit` keys run at once; the others wait in the order of their first wake.
struct WakeSet<Key: Hashable> {
  private let limit: Int
  private(set) var running: Set<Key> = []
  private var again: Set<Key> = []
  private var waiting: [Key] = []
  private var waitingSet: Set<Key> = []
  private var head = 0
  private var isStopped = false

  init(limit: Int) { self.limit = limit }

  var isIdle: Bool { running.isEmpty && waitingSet.isEmpty }
  var runningCount: Int { running.count }

  /// No key may start any more; those that run end.
  mutating func stop() { isStopped = true }

  /// Gives the key if it may start now.
  mutating func wake(_ key: Key) -> Key? {
    if isStopped { return nil }
    if running.contains(key) {
      again.insert(key)
      return nil
    }
    guard running.count < limit else {
      if waitingSet.insert(key).inserted { waiting.append(key) }
      return nil
    }
    running.insert(key)
    return key
  }

  /// The key's work ended. Gives the keys that may start now.
  mutating func finished(_ key: Key) -> Key? {
    running.remove(key)
    if isStopped { return nil }
    if again.remove(key) != nil, waitingSet.insert(key).inserted { waiting.append(key) }
    guard head < waiting.count else { return nil }
    let next = waiting[head]
    head += 1
    if head > 1_024, head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
    waitingSet.remove(next)
    running.insert(next)
    return next
  }
}
