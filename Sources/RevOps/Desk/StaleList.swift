import Foundation

/// Leads of one channel that had become old before Slack could be reached: no card for each, but one list tells of them.
/// A document of the store, one for each channel.
public struct StaleList: Codable, Sendable, Equatable {
  /// What has been begun to be posted: told apart from what came after it, and found again by `key`.
  public struct Posting: Codable, Sendable, Equatable {
    public var key: String
    public var leads: [LeadID]
    public var begunAt: Date

    public init(key: String, leads: [LeadID], begunAt: Date) {
      self.key = key
      self.leads = leads
      self.begunAt = begunAt
    }
  }

  /// Not yet told.
  public var leads: [LeadID] = []
  /// When the last of them came.
  public var changedAt: Date?
  public var posting: Posting?
  /// Those of the last list: who is added once more, because that could not be noted elsewhere, is not told of again.
  public private(set) var told: [LeadID] = []

  public init() {}

  public static func key(channel: String) -> String { "stale/\(channel)" }

  /// The channels of cards, as they are configured.
  public static func channels(_ policy: Policy) -> [String] {
    let notify = policy.playbook.notify
    return (policy.routing.teams.map(\.channel) + [notify.channel] + [notify.triageChannel].compactMap { $0 }).uniqued()
  }

  /// Whether the lead is too old to be announced by a card: it has none, and was to get one longer than
  /// `notify.stale_after` ago.
  public static func holds(_ lead: Lead, since decided: Date, policy: Policy, now: Date) -> Bool {
    lead.desk.card == nil && lead.desk.deliveredAt == nil
      && now.timeIntervalSince(decided) > TimeInterval(policy.playbook.notify.staleAfter)
  }

  public mutating func add(_ lead: LeadID, at now: Date) {
    guard !(leads + told + (posting?.leads ?? [])).contains(lead) else { return }
    leads.append(lead)
    changedAt = now
  }

  /// The list with that key is there.
  public mutating func finish(_ key: String) {
    guard let posting, posting.key == key else { return }
    told = posting.leads
    self.posting = nil
  }
}
