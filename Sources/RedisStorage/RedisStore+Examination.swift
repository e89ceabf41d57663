import Hiredis
import RevOps

extension RedisStore {
  /// What an admin wants to know of a Redis before a service works with it.
  public struct State: Sendable, Equatable {
    /// Whether a service has worked with it.
    public var isUsed: Bool
    /// What is allowed and should be known; nil: all is well.
    public var remark: String?
  }

  /// Looks at a Redis without changing it. Throws where a service would refuse it.
  public static func examine(_ address: RedisAddress) async throws(StorageError) -> State {
    let connection = RedisConnection(.init(address: address, name: "baton-doctor"))
    defer { connection.close() }
    let fitness = try await fitness(over: connection)
    try fitness.refuseIfUnfit()
    return State(isUsed: try await isUsed(connection), remark: fitness.remark)
  }
}
