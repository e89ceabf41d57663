import Testing
import TestSupport

@testable import Pipeline

@Suite struct WakeSetTests {
  /// Any order of wakes and ends: no wake is lost, no key runs twice at once, never more than the limit run, and what can
  /// run does.
  @Test(arguments: 0..<40)
  func `no wake is lost whatever the order`(seed: UInt64) {
    var random = Shuffle(seed: seed)
    let limit = Int.random(in: 1...4, using: &random)
    var set = WakeSet<Int>(limit: limit)
    var running: Set<Int> = []
    /// Keys woken and not looked at since.
    var owed: Set<Int> = []
    func start(_ started: WakeSet<Int>.Start?) {
      guard let key = started?.key else { return }
      #expect(running.insert(key).inserted)
      owed.remove(key)
    }
    for _ in 0..<2_000 {
      if Bool.random(using: &random) {
        let key = Int.random(in: 0..<8, using: &random)
        owed.insert(key)
        start(set.wake(key))
      } else if let key = running.randomElement(using: &random) {
        running.remove(key)
        start(set.finished(key))
      }
      #expect(running.count == set.runningCount)
      #expect(running.count <= limit)
      #expect(owed.isSubset(of: running) || running.count == limit)
    }
    while let key = running.first {
      running.remove(key)
      start(set.finished(key))
    }
    #expect(owed.isEmpty)
    #expect(set.isIdle)
  }

  @Test func `keys that wait start in the order of their first wake`() {
    var set = WakeSet<Int>(limit: 1)
    #expect(set.wake(0)?.key == 0)
    for key in [1, 2, 1, 3, 0] { #expect(set.wake(key) == nil) }
    var order: [Int] = []
    var current = 0
    while let next = set.finished(current)?.key {
      order.append(next)
      current = next
    }
    #expect(order == [1, 2, 3, 0])
  }
}

@Suite struct CrewTests {
  @Test func `told to stop while it is woken, it counts nothing as running at its end`() async {
    for _ in 1...400 {
      let crew = Crew<Int>(limit: 64) { _ in }
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await crew.run() }
        group.addTask { for key in 1...50 { crew.wake(key) } }
        group.addTask { crew.stop() }
      }
      #expect(crew.running.isEmpty)
    }
  }

  @Test func `every wake is followed by a look at what there is, by one at a time`() async throws {
    let todo = Tally()
    let crew = Crew<Int>(limit: 3) { key in
      await todo.enter(key)
      await Task.yield()
      await todo.leave(key)
    }
    let run = Task { await crew.run() }
    await withTaskGroup(of: Void.self) { group in
      for key in 0..<10 {
        group.addTask {
          for _ in 0..<200 {
            await todo.add(key)
            crew.wake(key)
          }
        }
      }
    }
    try await eventually("all is done") { crew.isIdle }
    #expect(await todo.open == 0)
    #expect(await todo.overlaps == 0)
    crew.stop()
    await run.value
  }

  @Test func `stop ends run after what is running`() async throws {
    let gate = Tally()
    let crew = Crew<Int>(limit: 1) { key in
      await gate.enter(key)
      while await gate.open > 0 { await Task.yield() }
      await gate.leave(key)
    }
    let run = Task { await crew.run() }
    await gate.add(9)
    crew.wake(1)
    try await eventually("it runs") { await gate.entered == 1 }
    crew.stop()
    crew.wake(2)
    await gate.clear()
    await run.value
    #expect(await gate.entered == 1)
  }
}

/// Work to be done per key, and whether two worked on one key at once.
private actor Tally {
  private var todo: [Int: Int] = [:]
  private var inside: Set<Int> = []
  private(set) var overlaps = 0
  private(set) var entered = 0

  var open: Int { todo.values.reduce(0, +) }
  func add(_ key: Int) { todo[key, default: 0] += 1 }
  func clear() { todo = [:] }

  func enter(_ key: Int) {
    entered += 1
    if !inside.insert(key).inserted { overlaps += 1 }
    todo[key] = 0
  }

  func leave(_ key: Int) { inside.remove(key) }
}

/// Repeatable randomness (SplitMix64).
struct Shuffle: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
