import Foundation

/// The questions of `WorkingClock`, asked once. Hours in an unknown time zone are never open.
extension WorkingHours {
  public func isOpen(at date: Date) -> Bool {
    WorkingClock(self)?.isOpen(at: date) ?? false
  }

  /// The first instant inside hours, the given one included; nil if there is none within 400 days.
  public func nextOpening(after date: Date) -> Date? {
    WorkingClock(self)?.nextOpening(after: date)
  }

  /// The first instant outside hours, the given one included; nil if there is none within 400 days.
  public func nextClosing(after date: Date) -> Date? {
    guard let clock = WorkingClock(self) else { return date }
    return clock.nextClosing(after: date)
  }

  public func workingSeconds(from start: Date, to end: Date) -> TimeInterval {
    WorkingClock(self)?.workingSeconds(from: start, to: end) ?? 0
  }

  /// The first instant by which this much working time has passed; nil if it never does.
  public func adding(workingSeconds: TimeInterval, to date: Date) -> Date? {
    guard let clock = WorkingClock(self) else { return workingSeconds > 0 ? nil : date }
    return clock.adding(workingSeconds: workingSeconds, to: date)
  }
}
