import Foundation
import Synchronization

/// The truth of all services, to look into and to arrange from a test or a demo.
public final class World: Sendable {
  private let state: Mutex<WorldState>
  /// Whose turn it is among the product's addresses.
  private let turn = Mutex(0)
  private let listeners = Mutex<[UUID: AsyncStream<Int>.Continuation]>([:])
  let now: @Sendable () -> Date

  init(_ state: WorldState, now: @escaping @Sendable () -> Date) {
    self.state = Mutex(state)
    self.now = now
  }

  func read<Value: Sendable>(_ body: (WorldState) -> Value) -> Value {
    state.withLock { body($0) }
  }

  /// Changes the state in one step and tells whoever is looking.
  @discardableResult
  func change<Value: Sendable, Failure: Error>(
    _ body: (inout WorldState) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let (result, version) = state.withLock { state -> (Result<Value, Failure>, Int) in
      let result: Result<Value, Failure>
      do throws(Failure) { result = .success(try body(&state)) } catch { result = .failure(error) }
      state.version += 1
      return (result, state.version)
    }
    listeners.withLock { all in
      for listener in all.values { listener.yield(version) }
    }
    return try result.get()
  }

  /// The number of each change from now on; those that come faster than they are read are told as one.
  func versions() -> AsyncStream<Int> {
    let id = UUID()
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    continuation.onTermination = { [weak self] _ in _ = self?.listeners.withLock { $0.removeValue(forKey: id) } }
    listeners.withLock { $0[id] = continuation }
    continuation.yield(read(\.version))
    return stream
  }

  /// Where the product listens, the one whose turn it is first.
  func productURLsByTurn() -> [String] {
    let all = read(\.productURLs)
    guard all.count > 1 else { return all }
    let first = turn.withLock { turn in
      turn = (turn + 1) % all.count
      return turn
    }
    return Array(all[first...] + all[..<first])
  }

  /// How many are looking.
  public var watchers: Int { listeners.withLock { $0.count } }

  /// Ends every stream of `versions`: pages that are open learn that nothing more comes.
  public func stopTelling() {
    let all = listeners.withLock { listeners in
      defer { listeners.removeAll() }
      return Array(listeners.values)
    }
    for continuation in all { continuation.finish() }
  }
}
