import Foundation

extension ControlRoutes {
  /// Moves the clock: `{"seconds": 3600}`, or `{"to": "monday", "user": id}` for the next Monday, 9:00 where that
  /// person is. Refused where the clock is not the page's to move.
  func moveClock(_ body: JSON) -> Reply {
    guard let clock else { return Self.refusal(409, "this clock can't be moved") }
    if body["to"].text == "monday" {
      clock.advanceToMonday(in: zone(of: body["user"].text))
    } else {
      guard let seconds = body["seconds"].whole, clock.advance(by: .seconds(seconds)) else {
        return Self.refusal(400, "seconds: a whole number, forward, at most 400 days")
      }
    }
    // What shows the time is told.
    world.change { _ in }
    return Self.done
  }

  private func zone(of user: String?) -> TimeZone {
    let name = user.flatMap { id in world.read { $0.slack.member(id)?.timeZone } }
    return name.flatMap(TimeZone.init(identifier:)) ?? .gmt
  }
}
