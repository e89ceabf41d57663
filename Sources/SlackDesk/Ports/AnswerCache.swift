import Foundation
import RevOps

/// Answers that are asked for again and again, each kept for a while and asked for once at a time: of any number of
/// callers that want the same, one calls.
actor AnswerCache<Key: Hashable & Sendable, Value: Sendable> {
  typealias Answer = Result<Value, ServiceError>

  private var kept: [Key: (value: Value, until: Date)] = [:]
  private var asked: [Key: Task<Answer, Never>] = [:]
  private let limit: Int
  private let lifetime: @Sendable (Value) -> TimeInterval
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - limit: how many answers are kept at the most; when it is reached all are forgotten.
  ///   - lifetime: how long an answer is good, in seconds.
  init(
    limit: Int = 10_000, lifetime: @escaping @Sendable (Value) -> TimeInterval, now: @escaping @Sendable () -> Date
  ) {
    self.limit = limit
    self.lifetime = lifetime
    self.now = now
  }

  /// What is kept, without asking.
  /// - Parameter evenOld: also an answer that is no longer good enough to decide by.
  func peek(_ key: Key, evenOld: Bool = false) -> Value? {
    guard let entry = kept[key], evenOld || entry.until > now() else { return nil }
    return entry.value
  }

  func value(
    _ key: Key, _ ask: @escaping @Sendable () async throws(ServiceError) -> Value
  ) async throws(ServiceError) -> Value {
    if let value = peek(key) { return value }
    if let running = asked[key] { return try await running.value.get() }
    let task = Task { () async -> Answer in
      do throws(ServiceError) { return .success(try await ask()) } catch { return .failure(error) }
    }
    asked[key] = task
    let answer = await task.value
    if asked[key] == task { asked[key] = nil }
    if case .success(let value) = answer { keep(value, for: key) }
    return try answer.get()
  }

  /// What was learnt without having asked for it.
  func keep(_ value: Value, for key: Key) {
    if kept.count >= limit { kept = [:] }
    kept[key] = (value, now().addingTimeInterval(lifetime(value)))
  }

  func forget(_ key: Key) { kept[key] = nil }
  func forgetAll() { kept = [:] }
}
