/// Redis said no: the code that its line begins with, and the line.
public struct RedisRefusal: Error, Sendable, Equatable {
  /// `NOSCRIPT`, `OOM`, `ERR` …
  public let code: String
  public let message: String

  init(line: String) {
    let words = line.split(separator: " ", maxSplits: 1)
    code = words.first.map(String.init) ?? "ERR"
    message = words.count > 1 ? String(words[1]) : line
  }
}

/// A command without a useful answer.
public enum RedisError: Error, Sendable, Equatable {
  /// Not sent: there is no connection, for this reason.
  case away(String)
  /// Sent, and the connection ended before the answer: it may have run or not.
  case lost
  case refused(RedisRefusal)
  /// `close()` came first.
  case closed

  /// What to tell a person, with what they can do. Never what was being stored.
  public var advice: String {
    switch self {
    case .away(let reason): reason
    case .lost: "the connection to Redis ended before its answer; the command may have run"
    case .refused(let refusal): refusal.advice
    case .closed: "the connection to Redis has been closed"
    }
  }
}

extension RedisRefusal {
  /// The refusals that an operator can meet, in a line that says what to do. Others by their code alone, since their
  /// text may quote data.
  public var advice: String {
    switch code {
    case "LOADING": "Redis is still loading its data; it will be there soon"
    case "READONLY": "this Redis is a replica and takes no writes; REDIS_URL must name the primary"
    case "OOM": "Redis has reached maxmemory; raise it or remove other data"
    case "MISCONF": "Redis cannot write to its disk (MISCONF); see its log, free space or mend the disk"
    case "NOAUTH": "Redis wants a password; put it into REDIS_URL (redis://:password@host)"
    case "WRONGPASS": "Redis does not accept the user or password of REDIS_URL"
    case "NOPERM": "the Redis user of REDIS_URL may not run this command; it needs all commands on baton:*"
    case "BUSY": "Redis is busy with another script"
    case "NOSCRIPT": "Redis does not know this script"
    case "MOVED", "ASK", "CROSSSLOT", "CLUSTERDOWN": "this Redis is a Cluster; Baton needs a single primary"
    case "MASTERDOWN": "this Redis is a replica without its primary"
    case "ERR" where message.contains("without any password configured"):
      "Redis has no password but REDIS_URL has one; remove it there or set requirepass"
    case "ERR" where message.contains("invalid password"):
      "Redis does not accept the password of REDIS_URL"
    case "ERR" where message.contains("DB index"):
      "Redis has no database with the number in REDIS_URL"
    case "ERR" where message.contains("max number of clients"): "Redis has reached maxclients"
    default: "Redis refused (\(code))"
    }
  }
}
