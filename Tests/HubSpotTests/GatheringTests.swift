import Synchronization
import TestSupport
import Testing
import VendorAPI

@testable import HubSpot

@Suite(.timeLimit(.minutes(1))) struct GatheringTests {
  /// Calls that wait until they are let go, and what each held.
  private final class Line: Sendable {
    let calls = Mutex<[[Int]]>([])
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
    private let isOpen = Mutex(false)

    func run(_ items: [Int]) async -> [Result<Int, HubSpotFailure>] {
      calls.withLock { $0.append(items) }
      if !isOpen.withLock({ $0 }) {
        await withCheckedContinuation { call in waiting.withLock { $0.append(call) } }
      }
      return items.map { .success($0 * 10) }
    }

    func letGo() {
      isOpen.withLock { $0 = true }
      let all = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      for call in all { call.resume() }
    }

    var sizes: [Int] { calls.withLock { $0.map(\.count) } }
  }

  private static func call(
    admit: @escaping @Sendable () async throws(HubSpotFailure) -> Void = {},
    _ run: @escaping @Sendable ([Int]) async -> [Result<Int, HubSpotFailure>]
  ) -> BatchCall<Int, Int> {
    BatchCall(
      admit: admit, one: { item, _ async throws(HubSpotFailure) in try await run([item])[0].get() },
      many: { items, _ async throws(HubSpotFailure) in await run(items) })
  }

  private func gathering(
    _ line: Line, _ measure: Gathering<Int, Int>.Measure = .init()
  ) -> Gathering<Int, Int> {
    Gathering(measure, call: Self.call { await line.run($0) })
  }

  @Test func `one alone goes at once, and those who come while calls are under way go together`() async throws {
    let line = Line()
    let gathering = gathering(line)
    var callers: [Task<Int, any Error>] = []
    for number in 1...4 {
      callers.append(Task { try await gathering(number) })
      // Nothing has been answered yet, and still the next one goes.
      try await eventually("call \(number)") { line.sizes.count == number }
    }
    for number in 5...54 { callers.append(Task { try await gathering(number) }) }
    try await eventually("all in line") { await gathering.count == 50 }
    #expect(line.sizes == [1, 1, 1, 1])
    line.letGo()
    for (index, caller) in callers.enumerated() { #expect(try await caller.value == (index + 1) * 10) }
    #expect(line.sizes == [1, 1, 1, 1, 50])
  }

  @Test func `no call holds more than it may, and none two of one key`() async throws {
    let line = Line()
    line.letGo()
    let gathering = gathering(line, .init(most: 10, size: { $0 }, key: { $0 == 3 ? "three" : nil }))
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in [3, 3, 3, 4, 4, 9, 12] { group.addTask { try await gathering(number) } }
      let results = try await group.reduce(into: []) { $0.append($1) }
      #expect(results.sorted() == [30, 30, 30, 40, 40, 90, 120])
    }
    let calls = line.calls.withLock { $0 }
    #expect(calls.allSatisfy { $0.count == 1 || $0.reduce(0, +) <= 10 })
    #expect(calls.allSatisfy { $0.count { $0 == 3 } <= 1 })
  }

  @Test func `who is cancelled leaves, and the others' call goes on`() async throws {
    let line = Line()
    let gathering = gathering(line)
    let first = Task { try await gathering(1) }
    try await eventually("the call") { line.sizes == [1] }
    first.cancel()
    let left = await #expect(throws: HubSpotFailure.self) { try await first.value }
    // What was sent may have happened.
    #expect(left?.error.outcomeUnknown == true)
    let others = (2...9).map { number in Task { try await gathering(number) } }
    try await eventually("all others in calls or in line") {
      await gathering.count + line.sizes.reduce(0, +) == 9
    }
    line.letGo()
    for (index, caller) in others.enumerated() { #expect(try await caller.value == (index + 2) * 10) }
  }

  @Test func `a turn that is refused is the failure of those who wait`() async throws {
    let failure = HubSpotFailure.cancelled("paused")
    let gathering = Gathering<Int, Int>(
      call: Self.call(admit: { () async throws(HubSpotFailure) in throw failure }) { items in
        items.map { .success($0) }
      })
    await #expect(throws: HubSpotFailure.self) { try await gathering(1) }
  }

  @TaskLocal private static var isMine = true

  @Test func `work that has changed hands while it waited is not sent, and the others' is`() async throws {
    let line = Line()
    let gathering = Gathering<Int, Int>(
      permit: {
        let isMine = Self.isMine
        return { isMine }
      }, call: Self.call { await line.run($0) })
    let lost = Task { try await Self.$isMine.withValue(false) { try await gathering(1) } }
    await #expect(throws: HubSpotFailure.self) { try await lost.value }
    line.letGo()
    #expect(try await gathering(2) == 20)
    #expect(line.calls.withLock { $0 } == [[2]])
  }

  @Test func `what loses its right right before it is sent is left out, and the others of its call go`() async throws {
    let isMine = Mutex(true)
    let calls = Mutex<[[Int]]>([])
    let call = BatchCall<Int, Int>(
      admit: {},
      one: { item, mayAct async throws(HubSpotFailure) in item },
      many: { items, mayAct async throws(HubSpotFailure) in
        calls.withLock { $0.append(items) }
        // As the transport does when a connection is there.
        if items.contains(2) { isMine.withLock { $0 = false } }
        guard mayAct() else { throw .cancelled("unsent") }
        return items.map { .success($0 * 10) }
      })
    let asked = (1...4).map { number in
      BatchCall<Int, Int>.Asked(item: number, mayAct: { number != 2 || isMine.withLock { $0 } })
    }
    let outcomes = await call.outcomes(of: asked, .success(()))
    #expect(outcomes.map { try? $0.get() } == [10, nil, 30, 40])
    #expect(calls.withLock { $0 } == [[1, 2, 3, 4], [1, 3, 4]])
  }

  @Test func `what is not wanted any more when its turn comes is not sent`() async throws {
    let line = Line()
    line.letGo()
    let gathering = gathering(line)
    await #expect(throws: HubSpotFailure.self) { try await gathering(1, while: { false }) }
    #expect(try await gathering(2, while: { true }) == 20)
    #expect(line.calls.withLock { $0 } == [[2]])
  }
}
