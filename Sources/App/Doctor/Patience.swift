import VendorAPI

/// Calls as an admin at a terminal would make them: who is asked to wait a moment waits, and a fault is given a second
/// chance before it is called one.
enum Patience {
  private static let mostTries = 5
  private static let longestWait = Duration.seconds(61)

  static func call<Value>(
    _ body: () async throws(VendorError) -> Value
  ) async throws(VendorError) -> Value {
    for number in 1..<mostTries {
      do { return try await body() } catch {
        // Cancelled while it waits, the refusal is what there is to tell.
        guard let wait = wait(after: error, number), (try? await Task.sleep(for: wait)) != nil else { throw error }
      }
    }
    return try await body()
  }

  /// Nil: another try would tell nothing else.
  private static func wait(after error: VendorError, _ tries: Int) -> Duration? {
    switch error.retry {
    case .later(let wait): wait <= longestWait ? wait : nil
    // No answer within its time is an answer here.
    case .now: tries == 1 && error.status != nil ? .seconds(1) : nil
    case .never: nil
    }
  }
}
