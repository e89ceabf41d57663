import Foundation

/// Where a Redis is and how to get in, as `REDIS_URL` says it.
public struct RedisAddress: Sendable, Equatable, CustomStringConvertible {
  public enum Place: Sendable, Equatable {
    case host(String, port: Int)
    case socket(path: String)
  }

  /// Why a text is no address, for the person who wrote it. Never quotes it: it may hold a password.
  public struct Fault: Error, Sendable, Equatable {
    public let advice: String
  }

  public var place: Place
  public var user: String?
  public var password: String?
  public var database: Int

  public init(_ place: Place, user: String? = nil, password: String? = nil, database: Int = 0) {
    self.place = place
    self.user = user
    self.password = password
    self.database = database
  }

  /// Reads `redis://[[user]:password@]host[:port][/db]` or `redis+unix:///path[?db=N]` (with `:password@` before the
  /// path's first slash where one is needed).
  public init(_ text: String) throws(Fault) {
    guard let colon = text.range(of: "://") else {
      throw Fault(advice: "must be redis://[:password@]host:port/db or redis+unix:///path")
    }
    let rest = text[colon.upperBound...]
    switch text[..<colon.lowerBound].lowercased() {
    case "redis": self = try Self.network(rest)
    case "redis+unix", "unix": self = try Self.socket(rest)
    case "rediss":
      throw Fault(
        advice: "rediss:// (TLS) is not supported; run stunnel beside Baton and point REDIS_URL at its local port")
    default: throw Fault(advice: "must begin with redis:// or redis+unix://")
    }
  }

  /// Without user and password.
  public var description: String {
    switch place {
    case .host(let host, let port): "\(host):\(port)"
    case .socket(let path): path
    }
  }

  private static func network(_ rest: Substring) throws(Fault) -> Self {
    let (login, location) = try split(rest)
    let parts = location.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var address = Self(try hostAndPort(parts[0]), user: login.user, password: login.password)
    if parts.count > 1, !parts[1].isEmpty { address.database = try number(of: parts[1]) }
    return address
  }

  private static func socket(_ rest: Substring) throws(Fault) -> Self {
    let (login, location) = try split(rest)
    let parts = location.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0].hasPrefix("/"), let path = String(parts[0]).removingPercentEncoding else {
      throw Fault(advice: "redis+unix:// needs an absolute path: redis+unix:///run/redis/redis.sock")
    }
    var address = Self(.socket(path: path), user: login.user, password: login.password)
    guard parts.count > 1 else { return address }
    guard parts[1].hasPrefix("db=") else { throw Fault(advice: "after the socket's path only ?db=N may stand") }
    address.database = try number(of: parts[1].dropFirst(3))
    return address
  }

  /// What stands before the last `@` is user and password, either of which may hold percent escapes.
  private static func split(
    _ rest: Substring
  ) throws(Fault) -> (login: (user: String?, password: String?), location: Substring) {
    guard let at = rest.lastIndex(of: "@") else { return ((nil, nil), rest) }
    let words = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let decoded = words.map { String($0).removingPercentEncoding }
    guard words.count == 2, let user = decoded[0], let password = decoded[1], !password.isEmpty else {
      throw Fault(advice: "before the @ there must be :password or user:password, with % escapes")
    }
    return ((user.isEmpty ? nil : user, password), rest[rest.index(after: at)...])
  }

  private static func hostAndPort(_ text: Substring) throws(Fault) -> Place {
    var host = text
    var port = 6379
    if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
      guard let number = Int(text[text.index(after: colon)...]), (1...65_535).contains(number) else {
        throw Fault(advice: "the port must be a number from 1 to 65535")
      }
      (host, port) = (text[..<colon], number)
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { throw Fault(advice: "names no host") }
    return .host(String(host), port: port)
  }

  private static func number(of text: Substring) throws(Fault) -> Int {
    guard let number = Int(text), number >= 0 else { throw Fault(advice: "the database must be a number from 0") }
    return number
  }
}
