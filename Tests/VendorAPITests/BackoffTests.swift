import Testing

@testable import VendorAPI

struct BackoffTests {
  @Test func `the ceiling doubles up to the cap, for any number of failures`() {
    let backoff = Backoff(base: .milliseconds(100), cap: .seconds(1))
    let ceilings = [0, 1, 2, 3, 4, 5, 6, Int.max].map { backoff.ceiling(afterFailures: $0) }
    #expect(ceilings == [100, 100, 200, 400, 800, 1000, 1000, 1000].map { Duration.milliseconds($0) })
  }

  @Test func `delays spread over the whole span`() {
    let backoff = Backoff(base: .seconds(1), cap: .seconds(8))
    var random = SystemRandomNumberGenerator()
    let delays = (0..<1000).map { _ in backoff.delay(afterFailures: 3, using: &random) }
    #expect(delays.allSatisfy { (.zero ... .seconds(4)).contains($0) })
    #expect(delays.contains { $0 < .seconds(1) } && delays.contains { $0 > .seconds(3) })
  }

  @Test func `the same random numbers give the same delay`() {
    var first = Fixed(), second = Fixed()
    let backoff = Backoff()
    #expect(backoff.delay(afterFailures: 2, using: &first) == backoff.delay(afterFailures: 2, using: &second))
  }

  private struct Fixed: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0x1234_5678_9abc_def0 }
  }
}
