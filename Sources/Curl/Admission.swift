/// Connections that are counted together: those of one service at one origin. Services that are reached through one
/// address, as through a gateway, still do not wait for each other.
struct Lane: Hashable, Sendable {
  var vendor: String
  var origin: Origin
}

/// Who may use a connection now and who waits: per lane at most `limit`, first come first served.
///
/// Kept out of libcurl so that waiting requests cost it nothing (it walks over every handle it has on each turn) and
/// so that a request which timed out or was cancelled in line is known never to have been sent.
struct Admission {
  typealias ID = UInt64
  typealias Instant = ContinuousClock.Instant

  private struct Waiting {
    var lane: Lane
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
  private var running: [Lane: Int] = [:]
  private var lines: [Lane: Line] = [:]
  private var waiting: [ID: Waiting] = [:]
  /// Not later than the first deadline among those waiting; may be earlier, when its owner has left the line.
  private(set) var nextDeadline: Instant?

  init(limit: Int) { self.limit = max(1, limit) }

  var waitingIDs: [ID] { Array(waiting.keys) }

  /// True: go ahead, `finish` must follow. False: in line.
  mutating func arrive(_ id: ID, in lane: Lane, deadline: Instant) -> Bool {
    guard running[lane, default: 0] >= limit else {
      running[lane, default: 0] += 1
      return true
    }
    lines[lane, default: Line()].append(id)
    waiting[id] = Waiting(lane: lane, deadline: deadline)
    nextDeadline = min(nextDeadline ?? deadline, deadline)
    return false
  }

  /// Takes a request out of the line. False: it is not in one.
  mutating func giveUp(_ id: ID) -> Bool { waiting.removeValue(forKey: id) != nil }

  /// A connection of the lane is free again; gives the request whose turn it is, which then holds that place.
  mutating func finish(in lane: Lane) -> ID? {
    while let id = lines[lane]?.next() {
      if waiting.removeValue(forKey: id) != nil { return id }
    }
    lines[lane] = nil
    running[lane, default: 1] -= 1
    if running[lane] == 0 { running[lane] = nil }
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
