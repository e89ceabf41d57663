/// One version of the company's configuration. Every decision names the version that made it, and versions are kept.
public struct Policy: Codable, Sendable, Equatable {
  /// Content hash of the files it was read from: the first 16 hexadecimal digits of SHA-256.
  public var version: String
  public var routing: RoutingPolicy
  public var scoring: ScoringPolicy
  public var playbook: Playbook

  public init(version: String, routing: RoutingPolicy, scoring: ScoringPolicy, playbook: Playbook) {
    self.version = version
    self.routing = routing
    self.scoring = scoring
    self.playbook = playbook
  }
}
