/// Who may use a connection now and who waits: per origin at most `limit`, first come first served.
///
/// Kept out of libcurl so that waiting requests cost it nothing (it walks over every handle it has on each turn) and
/// so that a request which timed out or was cancelled in line is known never to have been sent.
struct Admission {
  typealias ID = UInt64
  typealias Instant = ContinuousClock.Instant

  private struct Waiting {
    var origin: Origin
    var deadline: Instant
  }

  /// Ids in order of arrival. One that gave up stays in it until its turn comes, and is then passed over.
  private struct Line {
    var ids: [ID] = []
    var head = 0

    mutating func next() -> ID? {
      guard head < ids.count else { return nil }
      defer { head += 1 }
      return ids[head]
    }

    mutating func append(_ id: ID) {
      // Moves what is left to the front once half is used up: constant work an element.
      if head > 64, head * 2 > ids.count {
        ids.removeFirst(head)
        head = 0
      }
      ids.append(id)
    }
  }

  private let limit: Int
  private var running: [Origin: Int] = [:]
  private var lines: [Origin: Line] = [:]
  private var waiting: [ID: Waiting] = [:]
  /// Not later than the first deadline among those waiting; may be earlier, when its owner has left the line.
  private(set) var nextDeadline: Instant?

  init(limit: Int) { self.limit = max(1, limit) }

  var waitingIDs: [ID] { Array(waiting.keys) }

  /// True: go ahead, `finish` must follow. False: in line.
  mutating func arrive(_ id: ID, at origin: Origin, deadline: Instant) -> Bool {
    guard running[origin, default: 0] >= limit else {
      running[origin, default: 0] += 1
      return true
    }
    lines[origin, default: Line()].append(id)
    waiting[id] = Waiting(origin: origin, deadline: deadline)
    nextDeadline = min(nextDeadline ?? deadline, deadline)
    return false
  }

  /// Takes a request out of the line. False: it is not in one.
  mutating func giveUp(_ id: ID) -> Bool { waiting.removeValue(forKey: id) != nil }

  /// A connection to the origin is free again; gives the request whose turn it is, which then holds that place.
  mutating func finish(at origin: Origin) -> ID? {
    while let id = lines[origin]?.next() {
      if waiting.removeValue(forKey: id) != nil { return id }
    }
    lines[origin] = nil
    running[origin, default: 1] -= 1
    if running[origin] == 0 { running[origin] = nil }
    return nil
  }

  /// Takes out those whose time is over. Looks at the line only when somebody's time can be over.
  mutating func expire(now: Instant) -> [ID] {
    guard let next = nextDeadline, next <= now else { return [] }
    let late = waiting.filter { $0.value.deadline <= now }.map(\.key)
    for id in late { waiting[id] = nil }
    nextDeadline = waiting.values.map(\.deadline).min()
    return late
  }
}
