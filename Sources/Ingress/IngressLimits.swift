/// How much of anything is taken. The defaults are those of production.
public struct IngressLimits: Sendable {
  /// Bytes of a lead's body.
  public var leadBody = 256 << 10
  /// Keys of one object in a lead's body, and fields of a form.
  public var leadKeys = 200
  /// Bytes of a signed body from Slack or HubSpot.
  public var signedBody = 1 << 20
  /// Arrays and objects inside each other.
  public var depth = 32
  /// Bytes of the request target.
  public var target = 8 << 10
  public var headerFields = 100
  /// Bytes of all header fields together.
  public var headerBytes = 32 << 10
  /// From the connection's start to the first whole head of a request.
  public var headTimeout = Duration.seconds(10)
  /// From the head to the body's last byte.
  public var bodyTimeout = Duration.seconds(15)
  /// Between requests on one connection.
  public var idleTimeout = Duration.seconds(60)
  /// Open connections; more wait in the system's queue until one closes.
  public var connections = 8_192
  /// Slack gives up after 3 s, its network time included; after this long it gets a safe answer.
  public var slackReply = Duration.milliseconds(2_500)
  /// Lead deliveries of everybody together.
  public var allLeads = Rate(perSecond: 10_000, burst: 20_000)
  /// Lead deliveries of one address, and of one credential.
  public var leadsOfOne = Rate(perSecond: 5_000, burst: 10_000)

  public init() {}

  /// A bucket that holds `burst` tokens and is filled evenly.
  public struct Rate: Sendable, Equatable {
    public var perSecond: Double
    public var burst: Double

    public init(perSecond: Double, burst: Double) {
      self.perSecond = perSecond
      self.burst = burst
    }
  }
}
