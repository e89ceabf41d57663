import Hiredis
import RevOps

/// Whether a Redis may be trusted with leads.
struct Fitness: Sendable, Equatable {
  var version: String
  var appendsToFile: Bool
  /// A failed write of the append-only file: what is acknowledged is not safe.
  var lastAppendFailed: Bool
  var isCluster: Bool
  var isReplica: Bool
  var evictionPolicy: String
  /// `always`, `everysec` or `no`; nil: Redis does not say (managed services hide CONFIG).
  var fsync: String?

  /// The oldest release with all that the scripts use.
  private static let oldestMajor = 6

  static func read(over connection: RedisConnection) async throws(RedisError) -> Fitness {
    let info = Info(try await connection.send(RedisCommand("INFO", isRepeatable: true)).text ?? "")
    let fsync = await fsyncPolicy(over: connection)
    return Fitness(
      version: info["redis_version"], appendsToFile: info["aof_enabled"] == "1",
      lastAppendFailed: info["aof_last_write_status"] == "err", isCluster: info["cluster_enabled"] == "1",
      isReplica: info["role"] == "slave", evictionPolicy: info["maxmemory_policy"], fsync: fsync)
  }

  /// Not being allowed to ask is no failure.
  private static func fsyncPolicy(over connection: RedisConnection) async -> String? {
    let command = RedisCommand("CONFIG", "GET", "appendfsync", isRepeatable: true)
    guard case .array(let pair)? = try? await connection.send(command), pair.count == 2 else { return nil }
    return pair[1].text
  }

  func refuseIfUnfit() throws(StorageError) {
    if let fault { throw StorageError(.unavailable, fault) }
  }

  /// Why Baton does not work with it, and what to do.
  var fault: String? {
    if let major = Int(version.prefix { $0 != "." }), major < Self.oldestMajor {
      return "Redis \(version) is too old; 6.0 or newer is needed"
    }
    if isCluster { return "this Redis is a Cluster; Baton needs a single primary" }
    if isReplica { return "this Redis is a replica; REDIS_URL must name the primary" }
    if !appendsToFile { return "Redis does not keep what it is given (appendonly no); set appendonly yes" }
    if fsync == "no" { return "Redis leaves it to the kernel when to write (appendfsync no); set always or everysec" }
    if evictionPolicy != "noeviction" {
      return "Redis may throw leads away (maxmemory-policy \(evictionPolicy)); set maxmemory-policy noeviction"
    }
    if lastAppendFailed { return "Redis could not write its append-only file; see its log and free space" }
    return nil
  }

  /// What is allowed and should be known.
  var remark: String? {
    switch fsync {
    case "always": nil
    case "everysec": "appendfsync everysec: up to 1 s is at risk on power loss; always is recommended"
    default: "appendfsync is not known; always is recommended"
    }
  }
}

/// The lines of `INFO`.
private struct Info {
  private let values: [Substring: Substring]

  init(_ text: String) {
    let pairs = text.split(whereSeparator: \.isNewline).compactMap { line -> (Substring, Substring)? in
      let parts = line.split(separator: ":", maxSplits: 1)
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
    values = Dictionary(pairs) { first, _ in first }
  }

  subscript(name: Substring) -> String { values[name].map(String.init) ?? "" }
}
