import Foundation
import RevOps
import Synchronization
import VendorAPI

/// How we stand with the service: after a refusal that only a person can end, nobody asks for a while. A lead more or
/// less would not change it, and each refused call costs time that the lead has not.
final class Standing: Sendable {
  private struct State {
    var trouble: LanguageModel.Failure?
    var until = Date.distantPast
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Date
  /// Then one lead tries again.
  private static let lastingRest = Duration.seconds(600)

  init(now: @escaping @Sendable () -> Date) { self.now = now }

  /// Nil: it may be asked.
  var trouble: LanguageModel.Failure? {
    let now = now()
    return state.withLock { now < $0.until ? $0.trouble : nil }
  }

  func note(_ refusal: OpenAIRefusal) {
    let failure = refusal.failure
    let isLasting = [.quota, .noSuchModel].contains(failure) || [401, 403].contains(refusal.error.status)
    guard isLasting else { return }
    rest(for: Self.lastingRest, failure)
  }

  /// The service asked to be left alone for longer than any lead can wait.
  func rest(for wait: Duration, _ trouble: LanguageModel.Failure = .unavailable) {
    let until = now().addingTimeInterval(wait / .seconds(1))
    state.withLock { $0 = State(trouble: trouble, until: until) }
  }

  func clear() { state.withLock { $0 = State() } }
}
