import Foundation

extension LeadState {
  /// For people.
  public var label: String {
    switch self {
    case .received: "received"
    case .processing: "being processed"
    case .delivered: "waiting to be claimed"
    case .claimed: "claimed"
    case .worked: "being worked"
    case .inReview: "in review"
    case .nurturing: "in nurture"
    case .closed: "closed"
    case .disqualified: "disqualified"
    case .parked: "parked"
    case .merged: "merged into another lead"
    }
  }
}

extension Outcome.Result {
  public var label: String {
    switch self {
    case .won: "Won"
    case .lost: "Lost"
    case .meetingBooked: "Meeting booked"
    case .disqualified: "Disqualified"
    }
  }
}

/// How long ago something was, in plain words.
public enum Ago {
  public static func words(since then: Date, now: Date) -> String {
    let minutes = Int(now.timeIntervalSince(then) / 60)
    switch minutes {
    case ..<1: return "just now"
    case 1: return "a minute ago"
    case ..<60: return "\(minutes) minutes ago"
    case ..<120: return "an hour ago"
    case ..<1_440: return "\(minutes / 60) hours ago"
    case ..<2_880: return "yesterday"
    default: return "\(minutes / 1_440) days ago"
    }
  }
}
