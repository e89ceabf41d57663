/// One connection to Redis, with a thread of its own: commands of many callers are pipelined on it.
///
/// It connects by itself, again and again with a growing pause. While Redis is away commands fail at once; while a
/// connection that just broke is being made anew they wait. What was under way when it broke is repeated if it is
/// repeatable, and fails with `.lost` otherwise.
public final class RedisConnection: Sendable {
  public struct Configuration: Sendable {
    public var address: RedisAddress
    /// As `CLIENT LIST` and the thread's name show it.
    public var name: String
    /// How long a connection attempt may take, and each step of greeting.
    public var connectLimit: Duration = .seconds(1)
    /// How long an answer may take. A Redis that is silent for longer is taken for dead.
    public var answerLimit: Duration = .seconds(4)
    /// The longest pause between two attempts to connect.
    public var longestPause: Duration = .milliseconds(250)

    public init(address: RedisAddress, name: String) {
      self.address = address
      self.name = name
    }
  }

  private let mailbox: Mailbox
  private let answerLimit: Duration

  public init(_ configuration: Configuration) {
    answerLimit = configuration.answerLimit
    mailbox = ConnectionThread.start(configuration)
  }

  deinit { mailbox.close() }

  /// - Throws: `.refused` when Redis answers with an error.
  public func send(_ command: RedisCommand) async throws(RedisError) -> RedisValue {
    let outcome = await withCheckedContinuation { caller in
      let order = Order(
        bytes: command.encoded, isRepeatable: command.isRepeatable,
        deadline: .now + (command.patience ?? answerLimit), caller: caller)
      if let refusal = mailbox.post(order) { caller.resume(returning: .failure(refusal)) }
    }
    if case .refusal(let refusal) = try outcome.get() { throw .refused(refusal) }
    return try outcome.get()
  }

  /// How often a connection has been made: another number than before means that Redis was gone in between.
  public var generation: Int { mailbox.generation }

  /// Ends the thread. What is under way, and whatever is sent later, fails with `.closed`. Returns at once.
  public func close() { mailbox.close() }

  /// Returns when the thread has ended, after `close`.
  public func waitForEnd() async { await mailbox.waitForEnd() }
}
