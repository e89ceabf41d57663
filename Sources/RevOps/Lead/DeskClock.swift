import Foundation

/// A promise that runs: how long a lead has waited for the one who has it, and what they have been told about that.
///
/// It begins anew whenever somebody else has the lead or it stands elsewhere, so that nobody answers for time that was
/// another's.
public struct DeskClock: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Until somebody claims it.
    case accept
    /// From the claim until somebody has reached out.
    case firstTouch = "first_touch"
  }

  public var kind: Kind
  /// Whose it is; nil: the channel's.
  public var owner: String?
  public var since: Date
  public var remindedAt: Date?
  /// When its owner asked for more time.
  public var snoozedAt: Date?
  /// When it was too late and the next one got the lead, or the manager was told: it is over then.
  public var escalatedAt: Date?

  public init(kind: Kind, owner: String?, since: Date) {
    self.kind = kind
    self.owner = owner
    self.since = since
  }
}

extension Lead {
  /// Whether that clock still runs, whatever has been said about it since.
  public func runs(_ clock: DeskClock) -> Bool {
    guard let current = desk.clock else { return false }
    return current.kind == clock.kind && current.owner == clock.owner && current.since == clock.since
  }
}
