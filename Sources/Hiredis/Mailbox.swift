import CLinux
import Glibc

/// A command with what is needed to answer its caller.
struct Order: Sendable {
  typealias Outcome = Result<RedisValue, RedisError>

  var bytes: [UInt8]
  var isRepeatable: Bool
  var deadline: ContinuousClock.Instant
  var caller: CheckedContinuation<Outcome, Never>
}

/// The way from any task to the connection's thread: orders in line, and a nudge when it may be waiting for the network.
final class Mailbox: Sendable {
  private struct State {
    var orders: [Order] = []
    /// Why orders are refused at once: Redis is away.
    var absence: RedisError?
    /// The thread was woken and has not looked yet: waking it again would only cost a system call.
    var isFlagged = false
    var isOpen = true
    var generation = 0
    var hasEnded = false
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []
  }

  /// Readable when there is something to take.
  let bell: Int32
  private let state = Locked(State())

  init() {
    bell = clinux_eventfd()
    precondition(bell >= 0, "no file descriptor for a connection's thread")
  }

  deinit { Glibc.close(bell) }

  /// Why the order was not taken; nil: it was.
  func post(_ order: Order) -> RedisError? {
    state.withLock { state in
      guard state.isOpen else { return .closed }
      if let absence = state.absence { return absence }
      state.orders.append(order)
      ring(&state)
      return nil
    }
  }

  func close() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isOpen = false
      ring(&state)
    }
  }

  /// Everything put in since the last call; false: the thread is to end.
  func take() -> (orders: [Order], goesOn: Bool) {
    state.withLock { state in
      if state.isFlagged { silence() }
      state.isFlagged = false
      defer { state.orders = [] }
      return (state.orders, state.isOpen)
    }
  }

  func connected() {
    state.withLock {
      $0.absence = nil
      $0.generation += 1
    }
  }

  func away(_ reason: RedisError) { state.withLock { $0.absence = reason } }

  var absence: RedisError? { state.withLock { $0.absence } }

  var generation: Int { state.withLock { $0.generation } }

  /// The thread has freed all it had.
  func end() {
    let waiting = state.withLock { state in
      state.hasEnded = true
      defer { state.waitingForEnd = [] }
      return state.waitingForEnd
    }
    for continuation in waiting { continuation.resume() }
  }

  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.waitingForEnd.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  private func ring(_ state: inout State) {
    guard !state.isFlagged else { return }
    state.isFlagged = true
    var one: UInt64 = 1
    // It can only fail when the count is full, and then the thread is woken anyway.
    _ = write(bell, &one, MemoryLayout<UInt64>.size)
  }

  private func silence() {
    var count: UInt64 = 0
    _ = read(bell, &count, MemoryLayout<UInt64>.size)
  }
}
