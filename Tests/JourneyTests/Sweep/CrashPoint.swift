import Sandbox
import Testing

/// A moment of a lead's way at which the process is killed. Its text names it on a command line.
struct CrashPoint: Sendable, Hashable, CustomStringConvertible {
  /// Where the process is when it dies.
  enum Moment: String, Sendable, CaseIterable {
    /// The call has been sent, and the service has done nothing.
    case before
    /// The service has done it, and its answer is under way.
    case after
    /// The service has done it, and the connection broke.
    case lost
  }

  enum Place: Sendable, Hashable {
    /// The n-th call of an operation, from 1.
    case call(StandIn, String, Int, Moment)
    /// A thread's n-th write to the write-ahead log: a commit is not written, or half of it.
    case write(Int)
    /// A thread's n-th sync of the write-ahead log: a commit is written and has told nobody.
    case sync(Int)
  }

  let place: Place
  /// The process is one of three on Redis, and stays dead.
  let isShared: Bool

  private static let sharedMark = "redis/"

  init(_ place: Place, isShared: Bool = false) {
    self.place = place
    self.isShared = isShared
  }

  /// - Parameter text: `slack/chat.postMessage#1/before`, `write#7`, `sync#3`, `redis/slack/chat.postMessage#1/before`.
  init?(_ text: String) {
    let isShared = text.hasPrefix(Self.sharedMark)
    let text = isShared ? String(text.dropFirst(Self.sharedMark.count)) : text
    let parts = text.split(separator: "#").map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "write": self.init(number: parts[1], Place.write)
    case "sync": self.init(number: parts[1], Place.sync)
    default:
      let call = parts[0].split(separator: "/", maxSplits: 1).map(String.init)
      let turn = parts[1].split(separator: "/").map(String.init)
      guard call.count == 2, turn.count == 2, let service = StandIn(rawValue: call[0]), let number = Int(turn[0]),
        let moment = Moment(rawValue: turn[1])
      else { return nil }
      self.init(.call(service, call[1], number, moment), isShared: isShared)
    }
  }

  private init?(number: String, _ place: (Int) -> Place) {
    guard let number = Int(number) else { return nil }
    self.init(place(number))
  }

  var description: String {
    switch place {
    case .call(let service, let operation, let number, let moment):
      "\(isShared ? Self.sharedMark : "")\(service.rawValue)/\(operation)#\(number)/\(moment.rawValue)"
    case .write(let number): "write#\(number)"
    case .sync(let number): "sync#\(number)"
    }
  }

  /// What was done, and nobody was told of.
  var isLost: Bool {
    if case .call(_, _, _, .lost) = place { true } else { false }
  }

  /// What a tracer injects; nil for a call, where the test kills.
  var injection: String? {
    switch place {
    case .call: nil
    case .write(let number): "inject=pwrite64:signal=SIGKILL:when=\(number)"
    case .sync(let number): "inject=fdatasync:signal=SIGKILL:when=\(number)"
    }
  }

  /// The point that the running test kills at.
  @TaskLocal static var current: CrashPoint?

  /// Says with each failure how to see it again.
  @Sendable static func addCommand(_ issue: Issue) -> Issue? {
    guard let current else { return issue }
    var issue = issue
    issue.comments.append("Again: make stress POINT='\(current)'")
    return issue
  }
}
