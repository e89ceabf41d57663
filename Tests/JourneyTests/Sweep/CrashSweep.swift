import Foundation
import Sandbox
import Synchronization
import TestSupport
import Testing

/// A lead's way, once for each of many points at which a process is killed.
struct CrashSweep: Sendable {
  /// On one process of three on Redis, which stays dead. Else the only one, which is started again.
  let isShared: Bool
  /// How many points where nobody says.
  let usual: Int

  private var setup: Setup { isShared ? .onShift.onRedis : .onShift }

  func run() async throws {
    let points = try await points(ProcessInfo.processInfo.environment["SWEEP"] ?? "")
    guard !points.isEmpty else { return }
    var unreached: [CrashPoint] = []
    try await withThrowingTaskGroup(of: CrashPoint?.self) { group in
      for point in points {
        group.addTask { try await CrashPoint.$current.withValue(point) { try await kill(at: point) } ? nil : point }
      }
      for try await point in group { point.map { unreached.append($0) } }
    }
    print("Killed at \(points.count - unreached.count) points of \(points.count); not reached: \(unreached)")
    // Which thread writes what, and who calls first, differs from run to run.
    #expect(unreached.count * 3 <= points.count, "most of the sweep was not done")
  }

  /// - Returns: whether a process came to that point.
  private func kill(at point: CrashPoint) async throws -> Bool {
    let isReached = Flag()
    try await Desk.open(setup) { desk in
      Self.arrange(point, desk)
      let tracer = try await point.injection.asyncMap { try await Tracer(desk, injection: $0) }
      let isOver = Flag()
      let killer = Task { if try await Self.kill(at: point, desk, isOver: isOver) { isReached.raise() } }
      let story = CrashStory(desk: desk)
      let dealt = await Result {
        let dealt = try await story.tell()
        try await story.untilQuiet()
        return dealt
      }
      isOver.raise()
      try await tracer?.detach()
      try await killer.value
      desk.sandbox.world.clearFaults()
      try await story.check(try dealt.get())
    }
    return isReached.isUp
  }

  private final class Flag: Sendable {
    private let up = Mutex(false)
    var isUp: Bool { up.withLock { $0 } }
    func raise() { up.withLock { $0 = true } }
  }

  private static func arrange(_ point: CrashPoint, _ desk: Desk) {
    guard case .call(let service, let operation, let number, let moment) = point.place else { return }
    let fault: Fault =
      switch moment {
      case .before: .hang
      case .after: .hangAfter
      case .lost: .resetAfter
      }
    desk.sandbox.world.setFault(fault, for: service, operation: operation, calls: 1, after: number - 1)
  }

  /// Waits for the point and kills the process there. The only one is started again; others go on without it.
  private static func kill(at point: CrashPoint, _ desk: Desk, isOver: Flag) async throws -> Bool {
    while true {
      // Looked at before the point itself: a death just before the end counts.
      let isLast = isOver.isUp
      if let victim = victim(at: point, desk) {
        try await desk.kill(victim)
        desk.sandbox.world.clearFaults()
        if !point.isShared { try await desk.start() }
        return true
      }
      if isLast { return false }
      // Between two looks: the deadline is the story's.
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Who has come to the point.
  private static func victim(at point: CrashPoint, _ desk: Desk) -> Instance? {
    switch point.place {
    case .call(let service, let operation, _, _):
      guard let call = desk.sandbox.world.calls(service, operation).first(where: { $0.fault != nil }) else {
        return nil
      }
      return desk.instances.first { $0.name == call.caller }
    case .write, .sync: return desk.process?.isRunning != true ? desk.instances[0] : nil
    }
  }

  // MARK: Points

  private func points(_ wish: String) async throws -> [CrashPoint] {
    if let one = CrashPoint(wish) { return one.isShared == isShared ? [one] : [] }
    let all = try await allPoints()
    if wish == "all" { return all }
    let parts = wish.split(separator: "@").map(String.init)
    let count = parts.first.flatMap(Int.init) ?? usual
    let seed = parts.dropFirst().first.flatMap(UInt64.init) ?? UInt64.random(in: 0..<1_000_000)
    print("Sweep: \(count) points of \(all.count). Again: make stress POINT=\(count)@\(seed)")
    var random = SplitMix64(seed: seed)
    var some = Array(all.shuffled(using: &random).prefix(count))
    // Each moment has its own trap; of few points none may be about the one that is hardest to notice.
    if isShared, count > 0, !some.contains(where: \.isLost),
      let lost = all.filter(\.isLost).randomElement(using: &random)
    {
      some[0] = lost
    }
    return some
  }

  /// Every call, and of a store of its own every commit and every fifth page that is written, on a way on which nothing
  /// goes wrong.
  private func allPoints() async throws -> [CrashPoint] {
    let found = Mutex<[CrashPoint]>([])
    let traces = !isShared && Tracer.isThere
    if !isShared, !traces { print("NOT SWEPT: strace is missing, so no commit is killed in the middle") }
    try await Desk.open(setup) { desk in
      let first = desk.sandbox.world.calls.count
      let tracer = traces ? try await Tracer(desk) : nil
      let story = CrashStory(desk: desk)
      try await story.check(try await story.tell())
      try await tracer?.detach()
      let calls = points(of: Array(desk.sandbox.world.calls.dropFirst(first)))
      let counts = try tracer?.counts() ?? (writes: 0, syncs: 0)
      let syncs = (0..<counts.syncs).map { CrashPoint(.sync($0 + 1)) }
      let writes = stride(from: 1, through: counts.writes, by: 5).map { CrashPoint(.write($0)) }
      found.withLock { $0 = calls + syncs + writes }
    }
    return found.withLock { $0 }
  }

  private func points(of calls: [Call]) -> [CrashPoint] {
    var counts: [String: Int] = [:]
    return calls.flatMap { call in
      let number = counts["\(call.service) \(call.operation)", default: 0] + 1
      counts["\(call.service) \(call.operation)"] = number
      // What goes to an address that Slack handed out does not say who sends it.
      if isShared, call.caller == nil { return [CrashPoint]() }
      return CrashPoint.Moment.allCases.map {
        CrashPoint(.call(call.service, call.operation, number, $0), isShared: isShared)
      }
    }
  }
}

extension Optional {
  fileprivate func asyncMap<Other>(_ change: (Wrapped) async throws -> Other) async throws -> Other? {
    guard let self else { return nil }
    return try await change(self)
  }
}

extension Result where Failure == any Error {
  /// What an async call gave or threw.
  fileprivate init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
