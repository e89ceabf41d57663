import RevOps
import SlackAPI

/// What travels with Baton's messages, so that one whose fate is unknown can be found in the history. Everybody in the
/// workspace can read it: ids only.
enum CardMetadata {
  static let card = "baton_lead_card"
  static let line = "baton_line"

  static func card(_ lead: Lead) -> MessageMetadata {
    MessageMetadata(
      eventType: card,
      payload: [
        "lead_id": lead.id.description, "version": String(lead.version), "kind": kind(of: lead).rawValue,
      ])
  }

  static func line(_ key: String) -> MessageMetadata {
    var payload = ["key": key]
    payload["lead_id"] = key.split(separator: "/").first.flatMap { LeadID(String($0)) }?.description
    return MessageMetadata(eventType: line, payload: payload)
  }

  static func isCard(_ metadata: MessageMetadata?, of lead: LeadID) -> Bool {
    metadata?.eventType == card && metadata?.payload["lead_id"] == lead.description
  }

  static func kind(of lead: Lead) -> RevOps.PostedMessage.Kind { lead.state == .inReview ? .triage : .card }

  static func kind(_ metadata: MessageMetadata?) -> RevOps.PostedMessage.Kind {
    metadata?.payload["kind"].flatMap(RevOps.PostedMessage.Kind.init) ?? .card
  }
}
