import Foundation
import RevOps
import SlackAPI

/// Leads that became old before Slack could be reached, told at once: the newest with a button, the others counted.
struct StaleListMessage {
  static let shown = 20

  /// Newest first.
  var leads: [Lead]
  var look: LeadLook

  func message(key: String) -> Message {
    let more = leads.count - Self.shown
    let rest: [Block] =
      more > 0 ? [.text("and \(more) more: \(Mrkdwn.code("/lead queue")) lists those that nobody has claimed")] : []
    let rows = leads.prefix(Self.shown).map { look.row($0, prefix: "stale") }
    return Message(text: title, blocks: [.text("*\(title)*")] + rows + rest, metadata: CardMetadata.line(key)).fitted()
  }

  private var title: Mrkdwn {
    let leads: Mrkdwn = leads.count == 1 ? "1 lead" : "\(leads.count) leads"
    return "\(leads) could not be shown here for over \(age); here they are without cards of their own"
  }

  private var age: Mrkdwn {
    let seconds = look.policy.playbook.notify.staleAfter
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
    let (size, name) = units.first { seconds % $0.0 == 0 && seconds >= $0.0 } ?? (1, "second")
    let count = seconds / size
    return count == 1 ? "1 \(name)" : "\(count) \(name)s"
  }
}
