import Synchronization
import Testing

@testable import VendorAPI

@Suite(.timeLimit(.minutes(1)))
struct RateLimiterTests {
  let time = ManualTime()
  let limiter: RateLimiter

  init() {
    limiter = RateLimiter(
      rates: ["crm": Rate(count: 2, per: .seconds(10)), "channel": Rate(count: 1, per: .seconds(1))], clock: time)
  }

  /// Callers who write down their number when they may go; each is in line before the next arrives.
  private func line(_ numbers: ClosedRange<Int>, _ log: Log, in bucket: RateLimiter.Bucket) async throws
    -> [Task<Bool, Never>]
  {
    var callers: [Task<Bool, Never>] = []
    for number in numbers {
      callers.append(
        Task {
          do { try await limiter.acquire(bucket) } catch { return false }
          log.numbers.withLock { $0.append(number) }
          return true
        })
      try await eventually { await limiter.waiting(in: bucket) == callers.count }
    }
    return callers
  }

  @Test func `calls within the rate go at once and the next ones when it allows, in order`() async throws {
    let log = Log()
    for _ in 0..<2 { try await limiter.acquire("crm") }
    let callers = try await line(1...3, log, in: "crm")
    try await time.advance(by: .seconds(10))
    for caller in callers[..<2] { #expect(await caller.value) }
    #expect(log.all.sorted() == [1, 2])
    try await time.advance(by: .seconds(10))
    #expect(await callers[2].value)
    #expect(log.all.last == 3)
  }

  @Test func `a bucket without a rate never waits, and scopes of one rate do not share it`() async throws {
    for _ in 0..<5000 { try await limiter.acquire("other") }
    for number in 0..<5000 { try await limiter.acquire(.init("channel", scope: "C\(number)")) }
    #expect(time.sleepers == 0)
  }

  @Test func `a pause holds everybody back, one without a rate too`() async throws {
    await limiter.pause("other", for: .seconds(30))
    await limiter.pause("other", for: .seconds(5))
    let log = Log()
    let callers = try await line(1...2, log, in: "other")
    try await time.advance(by: .seconds(29))
    #expect(log.all == [])
    try await time.advance(by: .seconds(1))
    for caller in callers { #expect(await caller.value) }
    #expect(log.all.sorted() == [1, 2])
  }

  @Test func `a pause that comes while callers wait holds them longer`() async throws {
    let log = Log()
    for _ in 0..<2 { try await limiter.acquire("crm") }
    let callers = try await line(1...1, log, in: "crm")
    try await eventually { time.sleepers == 1 }
    await limiter.pause("crm", for: .seconds(60))
    try await time.advance(by: .seconds(10))
    try await eventually { time.sleepers == 1 }
    #expect(log.all == [])
    try await time.advance(by: .seconds(50))
    #expect(await callers[0].value)
  }

  @Test func `whoever has not the patience for a pause learns so at once, the others wait it out`() async throws {
    await limiter.pause("crm", for: .seconds(3_600))
    await #expect(throws: RateLimiter.Held.paused(.seconds(3_600))) {
      try await limiter.acquire("crm", patience: .seconds(20))
    }
    #expect(await limiter.waiting(in: "crm") == 0)
    let patient = Task { try await limiter.acquire("crm", patience: .seconds(4_000)) }
    try await time.advance(by: .seconds(3_600))
    try await patient.value
    try await limiter.acquire("crm", patience: .seconds(20))
  }

  @Test func `a long pause sends away those who wait for their turn and have not the patience`() async throws {
    for _ in 0..<2 { try await limiter.acquire("crm") }
    let caller = Task { () -> RateLimiter.Held? in
      do throws(RateLimiter.Held) { try await limiter.acquire("crm", patience: .seconds(20)) } catch { return error }
      return nil
    }
    try await eventually { await limiter.waiting(in: "crm") == 1 }
    await limiter.pause("crm", for: .seconds(10))
    #expect(await limiter.waiting(in: "crm") == 1)
    await limiter.pause("crm", for: .seconds(600))
    #expect(await caller.value == .paused(.seconds(600)))
  }

  @Test func `who is cancelled leaves the line and takes nobody's turn`() async throws {
    let log = Log()
    try await limiter.acquire("channel")
    let callers = try await line(1...3, log, in: "channel")
    callers[0].cancel()
    #expect(await !callers[0].value)
    #expect(await limiter.waiting(in: "channel") == 2)
    for caller in callers[1...] {
      try await time.advance(by: .seconds(1))
      #expect(await caller.value)
    }
    #expect(log.all == [2, 3])
  }

  @Test func `a cancelled task takes no turn`() async throws {
    let caller = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      do { try await limiter.acquire("channel") } catch { return true }
      return false
    }
    #expect(await caller.value)
    try await limiter.acquire("channel")
  }

  @Test func `a line that has emptied serves the next comers`() async throws {
    let log = Log()
    try await limiter.acquire("channel")
    let gone = try await line(1...1, log, in: "channel")
    gone[0].cancel()
    _ = await gone[0].value
    try await time.advance(by: .seconds(1))
    try await limiter.acquire("channel")
    let callers = try await line(2...2, log, in: "channel")
    try await time.advance(by: .seconds(1))
    #expect(await callers[0].value)
  }

  @Test func `a call waits for its turn among all processes too, but only where there is a rate`() async throws {
    let asked = Log()
    let limiter = RateLimiter(
      rates: ["crm": Rate(count: 100, per: .seconds(1))],
      shared: { bucket, rate in
        asked.numbers.withLock { $0.append(rate.count) }
        return .seconds(7)
      }, clock: time)
    try await limiter.acquire("unlimited")
    #expect(asked.numbers.withLock { $0 } == [])
    let admitted = Log()
    let caller = Task {
      try await limiter.acquire("crm")
      admitted.numbers.withLock { $0.append(1) }
    }
    try await time.advance(by: .milliseconds(6_999))
    #expect(admitted.numbers.withLock { $0 } == [])
    #expect(time.sleepers == 1)
    try await time.advance(by: .milliseconds(1))
    try await caller.value
    #expect(asked.numbers.withLock { $0 } == [100])
  }
}

final class Log: Sendable {
  let numbers = Mutex<[Int]>([])
  var all: [Int] { numbers.withLock { $0 } }
}

struct RateWindowTests {
  @Test func `no stretch of time holds more calls than the rate`() {
    var window = RateWindow(Rate(count: 100, per: .seconds(10)))
    var now = Duration.zero
    var times: [Duration] = []
    for step in 0..<1000 {
      now += max(window.wait(at: now), step % 7 == 0 ? .milliseconds(13) : .zero)
      #expect(window.wait(at: now) <= .zero)
      window.take(at: now)
      times.append(now)
    }
    for index in times.indices.dropFirst(100) { #expect(times[index] - times[index - 100] >= .seconds(10)) }
    #expect(now < .seconds(101))
  }

  @Test func `a window with nothing left to hold back is as good as new`() {
    var window = RateWindow(Rate(count: 2, per: .seconds(1)))
    #expect(window.isFresh(at: .zero))
    for second in 0..<3 { window.take(at: .seconds(second)) }
    #expect(!window.isFresh(at: .milliseconds(2999)))
    #expect(window.isFresh(at: .seconds(3)))
    window.pause(for: .seconds(5), at: .seconds(3))
    #expect(!window.isFresh(at: .seconds(7)))
  }

  @Test func `a rate of nothing is one call at a time`() {
    var window = RateWindow(Rate(count: 0, per: .seconds(1)))
    window.take(at: .zero)
    #expect(window.wait(at: .zero) == .seconds(1))
  }
}
