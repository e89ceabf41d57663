/// What was waited for did not come in time.
public struct NotInTime: Error, CustomStringConvertible {
  public let what: String
  public let limit: Duration

  public var description: String { "not within \(limit): \(what)" }
}

/// Looks again and again until there is something to see.
///
/// - Parameters:
///   - what: names what is waited for, for the failure.
///   - limit: how long it is waited for; generous, since it is spent in full only by a failing test.
/// - Throws: `NotInTime`, and whatever `look` throws.
public func eventually<Value>(
  _ what: @autoclosure () -> String, within limit: Duration = .seconds(60), every pause: Duration = .milliseconds(20),
  isolation: isolated (any Actor)? = #isolation, _ look: () async throws -> Value?
) async throws -> Value {
  let deadline = ContinuousClock.now + limit
  while true {
    if let value = try await look() { return value }
    guard ContinuousClock.now < deadline else { throw NotInTime(what: what(), limit: limit) }
    try await Task.sleep(for: pause)
  }
}

/// Waits until the condition holds.
public func eventually(
  _ what: @autoclosure () -> String, within limit: Duration = .seconds(60), every pause: Duration = .milliseconds(20),
  isolation: isolated (any Actor)? = #isolation, holds: () async throws -> Bool
) async throws {
  let _: Bool = try await eventually(what(), within: limit, every: pause) { try await holds() ? true : nil }
}
