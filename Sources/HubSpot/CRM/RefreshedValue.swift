import Foundation

/// A value that is read rarely and used by every lead: read once for all who ask, again when it has grown old.
///
/// An aging value is still given while a new one is read behind it; one twice as old is waited for. When reading fails,
/// the old one is better than none: what it wrongly allows, the service itself refuses.
actor RefreshedValue<Value: Sendable> {
  private let lifetime: TimeInterval
  private let now: @Sendable () -> Date
  private let load: @Sendable () async throws(HubSpotFailure) -> Value
  private var held: (value: Value, at: Date)?
  private var isLoading = false
  private var failedAt: Date?
  private var waiting: [UInt64: CheckedContinuation<Result<Value, HubSpotFailure>, Never>] = [:]
  private var lastTicket: UInt64 = 0
  /// After a failure an old value serves for so long before the service is asked again.
  private static var restAfterFailure: TimeInterval { 30 }

  init(
    lifetime: TimeInterval, now: @escaping @Sendable () -> Date,
    load: @escaping @Sendable () async throws(HubSpotFailure) -> Value
  ) {
    self.lifetime = lifetime
    self.now = now
    self.load = load
  }

  func current() async throws(HubSpotFailure) -> Value {
    if let held {
      let age = now().timeIntervalSince(held.at)
      if age < lifetime || isResting { return held.value }
      if age < 2 * lifetime {
        startLoading()
        return held.value
      }
    }
    return try await loaded()
  }

  /// Reads anew if the value is missing or aging, and lets nobody wait.
  func refresh() {
    guard !isResting, held.map({ now().timeIntervalSince($0.at) >= lifetime }) ?? true else { return }
    startLoading()
  }

  /// Something in it is out of date: it still serves, and is read anew behind it.
  func age() {
    guard let held else { return }
    self.held?.at = min(held.at, now().addingTimeInterval(-lifetime))
    refresh()
  }

  /// The value is known to be wrong: the next who asks waits for a new one.
  func expire() {
    held?.at = .distantPast
    failedAt = nil
  }

  private var isResting: Bool {
    failedAt.map { now().timeIntervalSince($0) < Self.restAfterFailure } ?? false
  }

  private func loaded() async throws(HubSpotFailure) -> Value {
    startLoading()
    lastTicket += 1
    let ticket = lastTicket
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { caller in wait(ticket, caller) }
    } onCancel: {
      Task { await self.leave(ticket) }
    }
    return try result.get()
  }

  private func wait(_ ticket: UInt64, _ caller: CheckedContinuation<Result<Value, HubSpotFailure>, Never>) {
    guard !Task.isCancelled else { return caller.resume(returning: .failure(.cancelled("waiting"))) }
    waiting[ticket] = caller
  }

  private func leave(_ ticket: UInt64) {
    waiting.removeValue(forKey: ticket)?.resume(returning: .failure(.cancelled("waiting")))
  }

  private func startLoading() {
    guard !isLoading else { return }
    isLoading = true
    let load = load
    Task { finish(await attempt(load)) }
  }

  private func finish(_ result: Result<Value, HubSpotFailure>) {
    isLoading = false
    let outcome: Result<Value, HubSpotFailure>
    switch result {
    case .success(let value):
      held = (value, now())
      failedAt = nil
      outcome = result
    case .failure:
      failedAt = now()
      outcome = held.map { .success($0.value) } ?? result
    }
    let callers = waiting.values
    waiting = [:]
    for caller in callers { caller.resume(returning: outcome) }
  }
}
