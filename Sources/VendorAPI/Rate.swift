/// How many calls a service allows in any stretch of time: 100 in 10 seconds.
public struct Rate: Sendable, Hashable {
  public var count: Int
  public var per: Duration

  public init(count: Int, per: Duration) {
    self.count = count
    self.per = per
  }
}
