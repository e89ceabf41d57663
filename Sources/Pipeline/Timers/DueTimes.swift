import Foundation
import RevOps
import Synchronization

/// When each partition next has something to do by the clock, as far as this process knows.
final class DueTimes: Sendable {
  private let times = Mutex<[Partition: Date]>([:])

  /// Not later than `date`.
  func note(_ date: Date, in partition: Partition) {
    times.withLock { $0[partition] = min($0[partition] ?? date, date) }
  }

  /// Takes out the partitions whose time has come.
  func takeDue(now: Date) -> [Partition] {
    times.withLock { times in
      let due = times.filter { $0.value <= now }.map(\.key)
      for partition in due { times[partition] = nil }
      return due
    }
  }
}
