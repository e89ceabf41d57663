/// When the next attempt to connect may be made: decides, does nothing.
struct Reconnection {
  private let longest: Duration
  private var pause: Duration = .zero
  private var connectedAt: ContinuousClock.Instant?
  private(set) var next: ContinuousClock.Instant = .now

  private static let shortest: Duration = .milliseconds(10)
  /// A connection that lasted this long worked: its end is no reason to wait.
  private static let settled: Duration = .seconds(1)

  init(longest: Duration) { self.longest = longest }

  var isOver: Bool { next <= .now }

  mutating func connected() { connectedAt = .now }

  mutating func failed() { wait() }

  /// Without a pause here a Redis that takes connections and ends them at once would be stormed.
  mutating func dropped() {
    if let connectedAt, connectedAt.duration(to: .now) > Self.settled {
      pause = .zero
      next = .now
    } else {
      wait()
    }
    connectedAt = nil
  }

  private mutating func wait() {
    pause = min(max(pause * 2, Self.shortest), longest)
    // Several instances lost the same Redis at the same moment.
    next = .now + pause * Double.random(in: 0.5...1)
  }
}
