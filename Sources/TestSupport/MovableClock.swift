import Foundation
import Synchronization

/// A wall clock that stands still until a test moves it.
public final class MovableClock: Sendable {
  private let time: Mutex<Date>

  public init(_ start: Date) { time = Mutex(start) }

  public var now: Date { time.withLock { $0 } }

  public func advance(by seconds: TimeInterval) {
    time.withLock { $0 = $0.addingTimeInterval(seconds) }
  }
}
