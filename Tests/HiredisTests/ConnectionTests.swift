import Foundation
import Glibc
import Hiredis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ConnectionTests {
  @Test func `answers of every kind come back as they are`() async throws {
    try await withRedis { (_, redis) async throws in
      #expect(try await redis.send(RedisCommand("PING", isRepeatable: true)) == .status("PONG"))
      #expect(try await redis.send(RedisCommand("GET", "nothing", isRepeatable: true)) == .null)
      #expect(try await redis.send(RedisCommand("INCRBY", "n", "41", isRepeatable: false)) == .integer(41))
      var command = RedisCommand("SET", "bytes", isRepeatable: true)
      command.add(Data([0, 13, 10, 255]))
      #expect(try await redis.send(command) == .status("OK"))
      #expect(try await redis.send(RedisCommand("GET", "bytes", isRepeatable: true)) == .bytes(Data([0, 13, 10, 255])))
      let nested = RedisCommand("EVAL", "return {1, {'a', false}, {}}", "0", isRepeatable: true)
      #expect(
        try await redis.send(nested)
          == .array([.integer(1), .array([.bytes(Data("a".utf8)), .null]), .array([])]))
    }
  }

  @Test func `callers share the connection and each gets its own answer`() async throws {
    try await withRedis { (_, redis) async throws in
      let sum = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<2_000 {
          group.addTask {
            let text = "\(number)" + String(repeating: "x", count: number)
            return try await redis.send(RedisCommand("ECHO", text, isRepeatable: true)).text == text
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(sum == 2_000)
      let clients = try await redis.send(RedisCommand("CLIENT", "LIST", isRepeatable: true)).text ?? ""
      #expect(clients.split(separator: "\n").count == 1)
      #expect(clients.contains("name=test"))
    }
  }

  @Test func `a large answer and a large command pass whole`() async throws {
    try await withRedis { (_, redis) async throws in
      let data = Data((0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      var command = RedisCommand("SET", "large", isRepeatable: true)
      command.add(data)
      _ = try await redis.send(command)
      #expect(try await redis.send(RedisCommand("GET", "large", isRepeatable: true)).data == data)
    }
  }

  @Test func `a refusal is an error with its code, and the connection goes on`() async throws {
    try await withRedis { (_, redis) async throws in
      #expect(await code(of: RedisCommand("EVALSHA", "00", "0", isRepeatable: true), on: redis) == "NOSCRIPT")
      #expect(await code(of: RedisCommand("NONSENSE", isRepeatable: true), on: redis) == "ERR")
      #expect(try await redis.send(RedisCommand("PING", isRepeatable: true)) == .status("PONG"))
      #expect(redis.generation == 1)
    }
  }

  @Test func `memory, disk and replica refusals say what to do`() async throws {
    try await withRedis { (_, redis) async throws in
      _ = try await redis.send(RedisCommand("CONFIG", "SET", "maxmemory", "1", isRepeatable: true))
      let full = await failure(of: RedisCommand("SET", "a", "b", isRepeatable: true), on: redis)
      #expect(full?.advice.contains("maxmemory") == true)
      _ = try await redis.send(RedisCommand("CONFIG", "SET", "maxmemory", "0", isRepeatable: true))
      _ = try await redis.send(RedisCommand("REPLICAOF", "127.0.0.1", "1", isRepeatable: true))
      let replica = await failure(of: RedisCommand("SET", "a", "b", isRepeatable: true), on: redis)
      #expect(replica?.advice.contains("primary") == true)
    }
  }

  @Test func `password, user and database are used, on TCP too`() async throws {
    let port = try freePort()
    let server = try await RedisServer(options: ["--port", "\(port)", "--requirepass", "open-sesame"])
    let address = try RedisAddress("redis://:open-sesame@127.0.0.1:\(port)/5")
    let redis = RedisConnection(.init(address: address, name: "test"))
    _ = try await redis.send(RedisCommand("SET", "here", "1", isRepeatable: true))
    let list = try await redis.send(RedisCommand("CLIENT", "LIST", isRepeatable: true)).text ?? ""
    #expect(list.contains("db=5"))
    for (url, word) in [
      ("redis+unix://\(server.socket)", "wants a password"),
      ("redis+unix://:wrong@\(server.socket)", "does not accept"),
    ] {
      let other = RedisConnection(.init(address: try RedisAddress(url), name: "test"))
      let error = await failure(of: RedisCommand("GET", "here", isRepeatable: true), on: other)
      #expect(error?.advice.contains(word) == true, "\(String(describing: error))")
    }
  }

  @Test func `nobody there is told at once, with the reason and without the password`() async throws {
    let address = try RedisAddress("redis+unix://:hush-hush@/nowhere/redis.sock")
    let redis = RedisConnection(.init(address: address, name: "test"))
    let error = await failure(of: RedisCommand("PING", isRepeatable: true), on: redis)
    #expect(error?.advice == "cannot reach Redis at /nowhere/redis.sock: No such file or directory")
  }

  @Test func `after close every command is refused, and what was under way too`() async throws {
    try await withRedis { (server, redis) async throws in
      var blocking = RedisCommand("BLPOP", "never", "0", isRepeatable: true)
      blocking.patience = .seconds(600)
      async let blocked = failure(of: blocking, on: redis)
      let other = RedisConnection(.init(address: try RedisAddress(server.url), name: "other"))
      try await eventually("a blocked client") {
        try await other.send(RedisCommand("INFO", "clients", isRepeatable: true)).text?.contains("blocked_clients:1")
          == true
      }
      redis.close()
      #expect(await blocked == .closed)
      await redis.waitForEnd()
      #expect(await failure(of: RedisCommand("PING", isRepeatable: true), on: redis) == .closed)
    }
  }
}

/// A server and a connection to it; the server lives as long as `body` runs.
func withRedis(_ body: (RedisServer, RedisConnection) async throws -> Void) async throws {
  let server = try await RedisServer()
  try await body(server, RedisConnection(.init(address: try RedisAddress(server.url), name: "test")))
  withExtendedLifetime(server) {}
}

func failure(of command: RedisCommand, on redis: RedisConnection) async -> RedisError? {
  do {
    _ = try await redis.send(command)
    return nil
  } catch { return error }
}

func code(of command: RedisCommand, on redis: RedisConnection) async -> String? {
  if case .refused(let refusal) = await failure(of: command, on: redis) { refusal.code } else { nil }
}

/// A port that was free a moment ago.
func freePort() throws -> Int {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
    }
  }
  try #require(isBound)
  return Int(UInt16(bigEndian: address.sin_port))
}
