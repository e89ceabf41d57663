import Foundation

/// What a test waited for did not come.
public struct NotInTime: Error, CustomStringConvertible {
  public let description: String
}

/// Waits until the condition holds; throws when that takes longer than `limit` of real time.
public func eventually(
  _ what: String, within limit: Duration = .seconds(10), _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw NotInTime(description: "never: \(what)") }
    try await Task.sleep(for: .milliseconds(2))
  }
}
