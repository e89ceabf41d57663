import Foundation
import Synchronization

/// The wall clock, which people looking at the page can move forward. The product and the stand-ins are given the same
/// one, so that reminders, shifts and signatures agree.
public final class DemoClock: Sendable {
  /// Further than this at once it is not moved; nothing that Baton waits for is longer.
  static let longestStep = Duration.seconds(400 * 86_400)

  private let lead = Mutex(0.0)

  public init() {}

  public var now: Date { Date().addingTimeInterval(ahead) }

  /// Seconds by which it is ahead of the machine's clock; never less than 0.
  public var ahead: TimeInterval { lead.withLock { $0 } }

  /// Moves it forward; time never goes back.
  ///
  /// - Returns: whether it was moved: false for nothing, a step back, or a step of more than 400 days.
  @discardableResult
  public func advance(by step: Duration) -> Bool {
    guard step > .zero, step <= Self.longestStep else { return false }
    lead.withLock { $0 += step / .seconds(1) }
    return true
  }

  /// Moves it to the next Monday, 9:00 in a zone: when the sample company's desks have opened.
  public func advanceToMonday(in zone: TimeZone) {
    let from = now
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let start = DateComponents(hour: 9, minute: 0, weekday: 2)
    guard let monday = calendar.nextDate(after: from, matching: start, matchingPolicy: .nextTime) else { return }
    advance(by: .seconds(monday.timeIntervalSince(from)))
  }
}
