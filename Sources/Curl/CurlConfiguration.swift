/// How calls are made; the defaults are those of production.
public struct CurlConfiguration: Sendable {
  /// Name look-up, TCP and TLS together.
  public var connectTimeout: Duration = .seconds(3)
  /// Connections of one service to one origin at a time; further requests wait in line, first come first served.
  public var connectionsPerHost: Int = 16
  /// A transfer slower than 16 bytes a second for so long is given up as timed out. Whole seconds.
  public var stallTimeout: Duration = .seconds(30)
  /// An idle connection older than this is not used again: servers and balancers drop theirs after about a minute,
  /// and a request sent into a dropped one has an unknown outcome.
  public var idleConnectionAge: Duration = .seconds(30)
  /// What an answer may be at most.
  public var limits = AnswerLimits()
  /// A PEM file of certificate authorities instead of the system's.
  public var certificateAuthorities: String?

  public init() {}
}

/// What an answer may be at most: the memory that a service, or somebody in its place, can make us use.
public struct AnswerLimits: Sendable, Equatable {
  /// Decoded bytes.
  public var body = 8 << 20
  /// Bytes of all header lines together, interim answers included.
  public var headers = 64 << 10
  /// Decoded bytes for each byte received. Text of 1 MiB or less is let through whatever its ratio.
  public var ratio = 100

  public init() {}
}
