/// How many calls HubSpot lets through in any stretch of time, for the whole account.
public struct HubSpotLimits: Sendable {
  public var calls: Int
  public var window: Duration
  public var searches: Int
  public var searchWindow: Duration

  /// What an account of the higher tiers had for an app, and every account has for searches.
  public init(
    calls: Int = 100, window: Duration = .seconds(10), searches: Int = 5, searchWindow: Duration = .seconds(1)
  ) {
    self.calls = calls
    self.window = window
    self.searches = searches
    self.searchWindow = searchWindow
  }
}

/// Counts calls against the limits over rolling windows, by the machine's clock: what a test does to the clock of stamps
/// does not give anybody calls.
struct HubSpotGate: Sendable {
  var limits: HubSpotLimits?
  /// The account has used up its day.
  var isDaySpent = false
  private var calls = RollingCount()
  private var searches = RollingCount()

  mutating func admit(isSearch: Bool, at now: ContinuousClock.Instant = .now) throws(HubSpotRefusal) {
    if isDaySpent { throw .limit("DAILY", "daily") }
    guard let limits else { return }
    if calls.isFull(limits.calls, limits.window, now) { throw .limit("TEN_SECONDLY_ROLLING", "ten_secondly_rolling") }
    if isSearch {
      if searches.isFull(limits.searches, limits.searchWindow, now) { throw .limit("SECONDLY", "secondly") }
      searches.add(now)
    }
    calls.add(now)
  }

  /// Search answers carry no rate headers, all others do.
  func headers(isSearch: Bool) -> [(name: String, value: String)] {
    if isSearch { return [] }
    let most = limits?.calls ?? 190
    return [
      ("x-hubspot-ratelimit-max", String(most)),
      ("x-hubspot-ratelimit-remaining", String(max(0, most - calls.count))),
      ("x-hubspot-ratelimit-interval-milliseconds", String(Int((limits?.window ?? .seconds(10)) / .milliseconds(1)))),
    ]
  }
}

/// Moments within the last stretch of time.
private struct RollingCount: Sendable {
  private var moments: [ContinuousClock.Instant] = []

  var count: Int { moments.count }

  mutating func isFull(_ most: Int, _ window: Duration, _ now: ContinuousClock.Instant) -> Bool {
    moments.removeAll { now - $0 >= window }
    return moments.count >= most
  }

  mutating func add(_ moment: ContinuousClock.Instant) { moments.append(moment) }
}

extension HubSpotRefusal {
  static func limit(_ policy: String, _ name: String) -> HubSpotRefusal {
    HubSpotRefusal(
      status: 429,
      body: [
        "status": "error", "errorType": "RATE_LIMIT", "policyName": .string(policy),
        "message": .string("You have reached your \(name) limit."),
        "correlationId": "00000000-0000-4000-8000-000000000429",
      ])
  }
}
