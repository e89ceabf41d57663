import TestSupport
import Testing

@testable import Pipeline

@Suite struct KeyedLockTests {
  @Test func `holders of one key follow one another, holders of two do not wait for each other`() async throws {
    let lock = KeyedLock()
    let inside = Count()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          await lock.withLock("a") {
            await inside.change(1)
            await Task.yield()
            await lock.withLock("b") { await Task.yield() }
            await inside.change(-1)
          }
        }
      }
    }
    #expect(await inside.highest == 1)
  }

  @Test func `an error gives the key back`() async {
    struct Failed: Error {}
    let lock = KeyedLock()
    await #expect(throws: Failed.self) { try await lock.withLock("a") { () async throws -> Int in throw Failed() } }
    #expect(await lock.withLock("a") { true })
  }
}

private actor Count {
  private var value = 0
  private(set) var highest = 0
  func change(_ by: Int) {
    value += by
    highest = max(highest, value)
  }
}
