import RevOps
import Synchronization

/// Whether the process that is being tested still lives: after its end nothing reaches a service or the store.
final class Life: Sendable {
  private let ended = Mutex(false)
  var hasEnded: Bool { ended.withLock { $0 } }
  func end() { ended.withLock { $0 = true } }
}

/// What goes wrong at a service, by call; `perform:ada@acme.example` goes before `perform`.
final class Faults: Sendable {
  enum Fault: Sendable {
    /// Nothing happens.
    case fails(ServiceError)
    /// It happens, and nobody learns of it. Once.
    case losesAnswer
    /// It happens when the fault is gone.
    case holds
  }

  private let faults = Mutex<[String: Fault]>([:])
  private let made = Mutex<[String]>([])
  private let life = Mutex(Life())

  func set(_ call: String, _ fault: Fault?) { faults.withLock { $0[call] = fault } }

  /// The service is called by that process from now on.
  func serve(_ process: Life) { life.withLock { $0 = process } }

  /// Calls begun so far, failed ones included.
  func count(_ call: String) -> Int { made.withLock { calls in calls.count { $0 == call } } }

  func call<Value>(
    _ name: String, of subject: String = "", _ work: () -> Value
  ) async throws(ServiceError) -> Value {
    let life = life.withLock { $0 }
    made.withLock { $0.append(name) }
    while case .holds = fault(name, subject) {
      do { try await Task.sleep(for: .milliseconds(2)) } catch { throw .unknownOutcome }
    }
    if life.hasEnded { throw .unknownOutcome }
    switch fault(name, subject) {
    case .fails(let error): throw error
    case .losesAnswer:
      set(name, nil)
      _ = work()
      throw .unknownOutcome
    case .holds, nil: return work()
    }
  }

  private func fault(_ name: String, _ subject: String) -> Fault? {
    faults.withLock { $0["\(name):\(subject)"] ?? $0[name] }
  }
}

extension ServiceError {
  static let down = ServiceError(
    service: "test", code: "unavailable", detail: "the service is down", retry: .later(.seconds(10)))
  static let refused = ServiceError(service: "test", code: "invalid", detail: "the service refuses", retry: .never)
  static let unknownOutcome = ServiceError(
    service: "test", code: "reset", detail: "the connection was lost", retry: .later(.seconds(10)),
    outcomeUnknown: true)
}
