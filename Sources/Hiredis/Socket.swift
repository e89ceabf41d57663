import CHiredis
import Glibc

/// A hiredis context: made and greeted with time limits, then never blocking. Used by one thread only.
final class Socket {
  private let context: UnsafeMutablePointer<redisContext>

  /// Connects, gives the password, chooses the database and waits until Redis answers as it does when it is ready.
  init(_ configuration: RedisConnection.Configuration) throws(RedisError) {
    let place = configuration.address.description
    let limit = timeval(configuration.connectLimit)
    let made =
      switch configuration.address.place {
      case .host(let host, let port): redisConnectWithTimeout(host, Int32(port), limit)
      case .socket(let path): redisConnectUnixWithTimeout(path, limit)
      }
    guard let made else { throw .away("no memory for a connection to Redis") }
    context = made
    guard made.pointee.err == 0 else { throw .away("cannot reach Redis at \(place): \(Self.reason(made))") }
    redisSetTimeout(made, limit)
    // On a unix socket this would put the context into an error for good.
    if case .host = configuration.address.place { redisEnableKeepAlive(made) }
    try greet(configuration)
    made.pointee.flags &= ~REDIS_BLOCK
    let flags = fcntl(made.pointee.fd, F_GETFL)
    guard flags >= 0, fcntl(made.pointee.fd, F_SETFL, flags | O_NONBLOCK) == 0 else {
      throw .away("the connection to Redis cannot be made non-blocking")
    }
  }

  deinit { redisFree(context) }

  var descriptor: Int32 { context.pointee.fd }

  func append(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      redisAppendFormattedCommand(context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        == REDIS_OK
    }
  }

  /// Writes what the kernel takes. Nil: the connection is gone; false: something is left.
  func flush() -> Bool? {
    var done: Int32 = 0
    guard redisBufferWrite(context, &done) == REDIS_OK else { return nil }
    return done == 1
  }

  /// Reads what is there. False: the connection is gone.
  func fill() -> Bool { redisBufferRead(context) == REDIS_OK }

  /// The next whole answer; nil: none yet.
  func next() throws(RedisError) -> RedisValue? {
    var reply: UnsafeMutableRawPointer?
    guard redisReaderGetReply(context.pointee.reader, &reply) == REDIS_OK else { throw .lost }
    guard let reply else { return nil }
    defer { freeReplyObject(reply) }
    return RedisValue(copying: reply.assumingMemoryBound(to: redisReply.self).pointee)
  }

  private func greet(_ configuration: RedisConnection.Configuration) throws(RedisError) {
    let address = configuration.address
    if let password = address.password {
      try ask(RedisCommand(words: ["AUTH"] + (address.user.map { [$0] } ?? []) + [password], isRepeatable: true))
    }
    if address.database != 0 { try ask(RedisCommand("SELECT", String(address.database), isRepeatable: true)) }
    // LOADING and NOAUTH show here; the name is for people who look at CLIENT LIST.
    try ask(RedisCommand("PING", isRepeatable: true))
    try ask(RedisCommand("CLIENT", "SETNAME", configuration.name, isRepeatable: true))
  }

  private func ask(_ command: RedisCommand) throws(RedisError) {
    var reply: UnsafeMutableRawPointer?
    guard append(command.encoded), redisGetReply(context, &reply) == REDIS_OK, let reply else {
      throw .away("Redis did not answer: \(Self.reason(context))")
    }
    defer { freeReplyObject(reply) }
    let value = RedisValue(copying: reply.assumingMemoryBound(to: redisReply.self).pointee)
    if case .refusal(let refusal) = value { throw .refused(refusal) }
  }

  private static func reason(_ context: UnsafeMutablePointer<redisContext>) -> String {
    withUnsafeBytes(of: context.pointee.errstr) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

extension timeval {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
  }
}
