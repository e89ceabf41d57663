import Foundation

/// What the CRM's note says of a lead that was decided: plain lines, no markup.
public enum ArrivalNote {
  public static func text(_ lead: Lead, summary: [String], policy: Policy) -> String {
    var lines = ["Inbound lead \(lead.id)"]
    if let scored = lead.scored {
      lines.append("Score \(scored.score.score), \(scored.score.path.label)")
      lines += scored.score.reasons.map(Explanation.points)
    }
    if let routing = lead.routing {
      lines.append("Routing: \(routing.reason)")
      lines.append("Owner: \(lead.desk.owner ?? "nobody yet")" + (lead.desk.team.map { ", team \($0)" } ?? ""))
    }
    lines += summary
    if let message = lead.intake.payload.message { lines.append("Message: \(message)") }
    return lines.joined(separator: "\n")
  }
}

extension Path {
  /// For people.
  public var label: String {
    switch self {
    case .qualify: "qualified"
    case .manualReview: "for review"
    case .nurture: "nurture"
    case .disqualify: "disqualified"
    }
  }
}
