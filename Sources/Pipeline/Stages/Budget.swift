import Synchronization

/// Gives `work` so long; nil when the time is up first. The work is cancelled then and not waited for, so that a service
/// that ignores cancellation cannot hold a lead up.
func within<Value: Sendable>(_ budget: Duration, _ work: @escaping @Sendable () async -> Value) async -> Value? {
  let race = Race<Value>()
  let worker = Task { race.settle(await work()) }
  let timer = Task {
    try? await Task.sleep(for: budget)
    race.settle(nil)
  }
  let result = await withTaskCancellationHandler {
    await race.winner()
  } onCancel: {
    race.settle(nil)
  }
  worker.cancel()
  timer.cancel()
  return result
}

/// The first of two answers; later ones are dropped.
private final class Race<Value: Sendable>: Sendable {
  private enum State {
    case open
    case awaited(CheckedContinuation<Value?, Never>)
    case settled(Value?)
    case taken
  }

  private let state = Mutex(State.open)

  func settle(_ value: Value?) {
    let waiter: CheckedContinuation<Value?, Never>? = state.withLock { state in
      switch state {
      case .open:
        state = .settled(value)
        return nil
      case .awaited(let continuation):
        state = .taken
        return continuation
      case .settled, .taken:
        return nil
      }
    }
    waiter?.resume(returning: value)
  }

  func winner() async -> Value? {
    await withCheckedContinuation { continuation in
      let ready: Value?? = state.withLock { state in
        if case .settled(let value) = state {
          state = .taken
          return .some(value)
        }
        state = .awaited(continuation)
        return nil
      }
      if let ready { continuation.resume(returning: ready) }
    }
  }
}
