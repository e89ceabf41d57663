import Foundation
import RevOps
import SlackAPI

extension SlackHandlers {
  /// How long Baton knows a click or submission again. Slack doesn't repeat them; people and proxies do.
  static let remembered: Duration = .seconds(30 * 86_400)
  static let cannotStore = "Baton can't store that now. Nothing was changed: try again in a moment."

  /// Stores what somebody asked for, durably, before it is answered.
  /// - Parameter key: the same for every delivery of one act.
  func store(
    _ action: DeskCommand.Action, on lead: LeadID, key: String, user: String, reply: ReplyAddress?
  ) async throws(StorageError) {
    let now = ports.now()
    let command = DeskCommand(action: action, actor: .chatUser(id: user), at: now, reply: reply)
    var random = SystemRandomNumberGenerator()
    let message = InboxMessage(command: command, on: lead, at: now, random: &random)
    let delivery = Delivery(key: key, bodyHash: nil, keepFor: Self.remembered, message: message)
    _ = try await ports.inbox.append(delivery, now: now)
    ports.wake(lead.partition)
  }
}
