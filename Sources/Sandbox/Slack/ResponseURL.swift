import Foundation

/// What an app posts to the address that came with an interaction.
enum ResponseURL {
  /// Uses and seconds after which the address is dead.
  private static let uses = 5
  private static let life = 1800.0

  static func answer(_ id: String, _ inbound: Inbound, _ state: inout SlackState) -> Reply {
    guard let address = state.responses[id] else { return refusal("invalid_url") }
    guard address.uses < uses else { return refusal("used_url") }
    guard inbound.now.timeIntervalSince1970 - address.issuedAt <= life else { return refusal("expired_url") }
    guard let body = JSON.parse(inbound.body), body.isObject else { return refusal("invalid_payload", status: 400) }
    state.responses[id]?.uses += 1
    do throws(SlackRefusal) {
      try apply(body, address, now: inbound.now, &state)
      return .text("ok")
    } catch {
      return error.reply
    }
  }

  private static func refusal(_ code: String, status: Int = 404) -> Reply {
    .json(["ok": false, "error": .string(code)], status: status)
  }

  private static func apply(
    _ body: JSON, _ address: ResponseAddress, now: Date, _ state: inout SlackState
  ) throws(SlackRefusal) {
    if body["delete_original"].flag == true { return delete(address, &state) }
    let blocks = body["blocks"].items
    guard body["text"].text != nil || !blocks.isEmpty else { throw SlackRefusal("no_text") }
    try BlockKitRules.check(message: blocks)
    let filled = JSON.array(BlockIDs.fill(blocks, &state))
    // Left out, Slack may replace what was clicked: the sandbox does, so that an app notices.
    if address.message != nil, body["replace_original"].flag ?? true {
      replace(address, body["text"].text ?? "", filled, now: now, &state)
    } else {
      post(body, address, filled, now: now, &state)
    }
  }

  private static func delete(_ address: ResponseAddress, _ state: inout SlackState) {
    guard let ts = address.message else { return }
    if address.messageIsEphemeral {
      state.ephemerals.removeAll { $0.ts == ts }
    } else {
      state.timelines[address.channel]?.remove(ts)
    }
  }

  private static func replace(
    _ address: ResponseAddress, _ text: String, _ blocks: JSON, now: Date, _ state: inout SlackState
  ) {
    guard let ts = address.message else { return }
    if let index = state.ephemerals.firstIndex(where: { $0.ts == ts }) {
      state.ephemerals[index].text = text
      state.ephemerals[index].blocks = blocks
      return
    }
    let edited = state.stamp(now)
    state.timelines[address.channel]?.change(ts) { message in
      message.text = text
      message.blocks = blocks
      message.editedTS = edited
    }
  }

  private static func post(
    _ body: JSON, _ address: ResponseAddress, _ blocks: JSON, now: Date, _ state: inout SlackState
  ) {
    let ts = state.stamp(now)
    let text = body["text"].text ?? ""
    let thread = body["thread_ts"].text
    if body["response_type"].text == "in_channel" {
      let message = SlackMessage(
        ts: ts, user: state.workspace.botUserID, byBot: true, text: text, blocks: blocks, threadTS: thread)
      state.timelines[address.channel, default: Timeline()].append(message)
    } else {
      state.ephemerals.append(
        EphemeralMessage(
          ts: ts, channel: address.channel, user: address.user, text: text, blocks: blocks, threadTS: thread))
    }
  }
}
