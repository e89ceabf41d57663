import Foundation
import RevOps
import SlackAPI

/// Which lead a modal is about and which message it was opened from. It comes back with the submission from the
/// client's hands: ids, never authority.
struct ModalSubject: Equatable {
  var lead: LeadID
  var channel: String?
  var ts: String?

  init(lead: LeadID, channel: String?, ts: String?) {
    self.lead = lead
    self.channel = channel
    self.ts = ts
  }

  init?(metadata: String?) {
    guard let metadata, let json = try? SlackJSON(parsing: Data(metadata.utf8)),
      let lead = json["lead"].string.flatMap({ LeadID($0) })
    else { return nil }
    self.init(lead: lead, channel: json["channel"].text, ts: json["ts"].text)
  }

  var metadata: String {
    SlackJSON.members([
      "lead": .string(lead.description), "channel": channel.map(SlackJSON.string), "ts": ts.map(SlackJSON.string),
    ]).serialized
  }
}
