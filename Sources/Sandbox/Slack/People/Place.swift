import Foundation

extension SlackPeople {
  /// Where an element stands.
  public enum Place: Sendable, Equatable {
    case message(channel: String, ts: String)
    case ephemeral(ts: String, channel: String)
    /// The person's top window.
    case modal
    case home

    /// Where Slack can remark on a failure.
    var channel: String? {
      switch self {
      case .message(let channel, _), .ephemeral(_, let channel): channel
      case .modal, .home: nil
      }
    }
  }

  /// An interactive element and the block it stands in.
  struct Element {
    var json: JSON
    var block: String
  }
}

extension SlackPeople.Place {
  typealias NotThere = SlackPeople.NotThere

  func view(_ user: String, _ slack: SlackState) -> String? {
    switch self {
    case .modal: slack.stacks[user]?.last
    case .home: slack.homes[user]?.id
    case .message, .ephemeral: nil
    }
  }

  func element(
    _ action: String, block: String?, user: String, _ slack: SlackState
  ) throws(NotThere) -> SlackPeople.Element {
    for candidate in blocks(user, slack) where block == nil || candidate["block_id"].text == block {
      let elements = candidate["elements"].items + [candidate["accessory"], candidate["element"]]
      if let found = elements.first(where: { $0["action_id"].text == action }) {
        return SlackPeople.Element(json: found, block: candidate["block_id"].text ?? "")
      }
    }
    throw NotThere(what: "element \(action)")
  }

  private func blocks(_ user: String, _ slack: SlackState) -> [JSON] {
    switch self {
    case .message(let channel, let ts): slack.timelines[channel]?[ts]?.blocks.items ?? []
    case .ephemeral(let ts, _): slack.ephemerals.first { $0.ts == ts && $0.user == user }?.blocks.items ?? []
    case .modal: slack.stacks[user]?.last.flatMap { slack.views[$0] }?.view["blocks"].items ?? []
    case .home: slack.homes[user]?.view["blocks"].items ?? []
    }
  }

  /// Adds what a payload says of the place: container, message or view, and the address to answer at.
  func describe(
    into payload: inout JSON, user: String, values: JSON, now: Date, _ slack: inout SlackState
  ) throws(NotThere) {
    switch self {
    case .message(let channel, let ts):
      guard let message = slack.timelines[channel]?[ts] else { throw NotThere(what: "message \(ts)") }
      payload["message"] = message.json(slack.workspace, withMetadata: false)
      payload["state"] = ["values": values]
      inChannel(channel, ts, message.threadTS, ephemeral: false, user: user, now: now, &payload, &slack)
    case .ephemeral(let ts, let channel):
      guard let message = slack.ephemerals.first(where: { $0.ts == ts && $0.user == user }) else {
        throw NotThere(what: "ephemeral message \(ts)")
      }
      payload["state"] = ["values": values]
      inChannel(channel, ts, message.threadTS, ephemeral: true, user: user, now: now, &payload, &slack)
    case .modal:
      guard let open = slack.stacks[user]?.last.flatMap({ slack.views[$0] }) else { throw NotThere(what: "window") }
      inView(open, values, &payload, slack)
    case .home:
      guard let home = slack.homes[user] else { throw NotThere(what: "Home tab") }
      inView(home, values, &payload, slack)
    }
  }

  private func inChannel(
    _ channel: String, _ ts: String, _ thread: String?, ephemeral: Bool, user: String, now: Date,
    _ payload: inout JSON, _ slack: inout SlackState
  ) {
    payload["container"] = [
      "type": "message", "message_ts": .string(ts), "channel_id": .string(channel), "is_ephemeral": .bool(ephemeral),
    ]
    if let thread { payload["container"]["thread_ts"] = .string(thread) }
    payload["channel"] = ["id": .string(channel), "name": .string(slack.channels[channel]?.name ?? "directmessage")]
    let address = ResponseAddress(
      channel: channel, user: user, issuedAt: now.timeIntervalSince1970, message: ts, messageIsEphemeral: ephemeral,
      threadTS: thread)
    payload["response_url"] = .string(slack.responseURL(address))
  }

  private func inView(_ open: OpenView, _ values: JSON, _ payload: inout JSON, _ slack: SlackState) {
    payload["container"] = ["type": "view", "view_id": .string(open.id)]
    payload["view"] = ViewStack.json(open, slack.workspace, values: values)
  }
}
