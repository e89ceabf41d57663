import Glibc
import Hiredis
import TestSupport
import Testing

/// What becomes of commands when Redis goes away.
@Suite(.timeLimit(.minutes(2))) struct ReconnectionTests {
  @Test func `under way when the connection breaks, a repeatable command is repeated and another is lost`() async throws
  {
    try await withRedis { (server, redis) async throws in
      let other = RedisConnection(.init(address: try RedisAddress(server.url), name: "other"))
      var repeatable = RedisCommand("BLPOP", "list", "0", isRepeatable: true)
      repeatable.patience = .seconds(60)
      var once = RedisCommand("BLPOP", "list", "0", isRepeatable: false)
      once.patience = .seconds(60)
      async let repeated = redis.send(repeatable)
      // Behind the blocked one on the same connection.
      async let lost = failure(of: once, on: redis)
      try await eventually("a blocked client") {
        try await other.send(RedisCommand("INFO", "clients", isRepeatable: true)).text?.contains("blocked_clients:1")
          == true
      }
      _ = try await other.send(RedisCommand("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes", isRepeatable: true))
      #expect(await lost == .lost)
      try await eventually("the repeated command") {
        try await other.send(RedisCommand("INFO", "clients", isRepeatable: true)).text?.contains("blocked_clients:1")
          == true
      }
      _ = try await other.send(RedisCommand("RPUSH", "list", "x", isRepeatable: false))
      #expect(try await repeated.array?.last?.text == "x")
      #expect(redis.generation == 2)
    }
  }

  @Test func `while Redis is away commands fail at once, and it is found again within a second`() async throws {
    try await withRedis { (server, redis) async throws in
      _ = try await redis.send(RedisCommand("SET", "a", "1", isRepeatable: true))
      try await server.kill()
      try await eventually("the connection's end") {
        await failure(of: RedisCommand("PING", isRepeatable: true), on: redis) != nil
      }
      let clock = ContinuousClock()
      for _ in 0..<50 {
        let took = await clock.measure {
          #expect(await failure(of: RedisCommand("PING", isRepeatable: true), on: redis) != nil)
        }
        #expect(took < .milliseconds(500))
      }
      try await server.start()
      let back = clock.now
      try await eventually("an answer", every: .milliseconds(5)) {
        await failure(of: RedisCommand("PING", isRepeatable: true), on: redis) == nil
      }
      #expect(clock.now - back < .seconds(1))
      #expect(try await redis.send(RedisCommand("GET", "a", isRepeatable: true)).text == "1")
    }
  }

  @Test func `a Redis that falls silent is taken for dead, and is used again when it speaks`() async throws {
    let server = try await RedisServer()
    var configuration = RedisConnection.Configuration(address: try RedisAddress(server.url), name: "test")
    configuration.answerLimit = .milliseconds(300)
    configuration.connectLimit = .milliseconds(100)
    let redis = RedisConnection(configuration)
    _ = try await redis.send(RedisCommand("PING", isRepeatable: true))
    server.signal(SIGSTOP)
    let error = await failure(of: RedisCommand("INCR", "n", isRepeatable: false), on: redis)
    #expect(error == .lost)
    server.signal(SIGCONT)
    try await eventually("an answer") {
      await failure(of: RedisCommand("PING", isRepeatable: true), on: redis) == nil
    }
  }

  @Test func `a storm of commands over restarts answers every one, and no counted one twice`() async throws {
    try await withRedis { (server, redis) async throws in
      let outcomes = try await withThrowingTaskGroup(of: (sure: Int, unknown: Int).self) { group in
        for _ in 0..<16 {
          group.addTask {
            var (sure, unknown) = (0, 0)
            for _ in 0..<400 {
              switch await failure(of: RedisCommand("INCR", "n", isRepeatable: false), on: redis) {
              case nil: sure += 1
              case .lost: unknown += 1
              // Refused while Redis is away: leaves it the time to come back within the 400 tries.
              default: try await Task.sleep(for: .milliseconds(1))
              }
            }
            return (sure, unknown)
          }
        }
        group.addTask {
          for _ in 0..<3 {
            try await server.kill()
            try await server.start()
          }
          return (0, 0)
        }
        return try await group.reduce(into: (sure: 0, unknown: 0)) {
          $0.sure += $1.sure
          $0.unknown += $1.unknown
        }
      }
      let counted = try await eventually("an answer") {
        try? await redis.send(RedisCommand("GET", "n", isRepeatable: true)).int ?? 0
      }
      #expect(outcomes.sure > 0)
      #expect((outcomes.sure...(outcomes.sure + outcomes.unknown)).contains(counted))
    }
  }
}
