import Foundation

extension SlackPeople {
  /// Presses a button or picks in a menu of a message, of an ephemeral message, of the top window or of the Home tab.
  ///
  /// - Parameters:
  ///   - place: where the element stands.
  ///   - actionID: its `action_id`; the first that has it, in the block if one is named.
  ///   - choice: members that a menu adds to the action (`selected_option`, `selected_user`, …).
  public func press(
    _ actionID: String, block: String? = nil, in place: Place, user: String, choice: [String: JSON] = [:],
    values: JSON = .object([:])
  ) async throws(NotThere) -> Outcome {
    let payload = try world.change { [now = world.now()] state throws(NotThere) -> JSON in
      let element = try place.element(actionID, block: block, user: user, state.slack)
      var payload = envelope("block_actions", user: user, state.slack)
      payload["trigger_id"] = .string(state.slack.trigger(for: user, view: place.view(user, state.slack), now: now))
      try place.describe(into: &payload, user: user, values: values, now: now, &state.slack)
      payload["actions"] = [action(element, choice, at: state.slack.stamp(now))]
      return payload
    }
    let answer = await interaction(payload)
    return outcome(answer, user: user, channel: place.channel, doing: "This action")
  }

  private func action(_ element: Element, _ choice: [String: JSON], at ts: String) -> JSON {
    var action: JSON = [
      "type": element.json["type"], "action_id": element.json["action_id"], "block_id": .string(element.block),
      "action_ts": .string(ts),
    ]
    if !element.json["text"].isNull { action["text"] = element.json["text"] }
    if !element.json["value"].isNull { action["value"] = element.json["value"] }
    if !element.json["style"].isNull { action["style"] = element.json["style"] }
    for (name, value) in choice { action[name] = value }
    return action
  }

  /// Uses a message shortcut ("More actions" on a message).
  public func messageShortcut(
    _ callbackID: String, channel: String, ts: String, user: String
  ) async throws(NotThere) -> Outcome {
    let payload = try world.change { [now = world.now()] state throws(NotThere) -> JSON in
      guard let message = state.slack.timelines[channel]?[ts] else { throw NotThere(what: "message \(ts)") }
      var payload = envelope("message_action", user: user, state.slack)
      payload["callback_id"] = .string(callbackID)
      payload["channel"] = ["id": .string(channel), "name": .string(state.slack.channels[channel]?.name ?? "")]
      payload["message"] = message.json(state.slack.workspace, withMetadata: false)
      payload["message_ts"] = .string(ts)
      payload["action_ts"] = .string(state.slack.stamp(now))
      payload["trigger_id"] = .string(state.slack.trigger(for: user, now: now))
      payload["response_url"] = .string(
        state.slack.responseURL(
          ResponseAddress(channel: channel, user: user, issuedAt: now.timeIntervalSince1970, message: ts)))
      return payload
    }
    return outcome(await interaction(payload), user: user, channel: channel, doing: "This shortcut")
  }

  /// Uses a global shortcut (the lightning menu).
  public func shortcut(_ callbackID: String, user: String) async -> Outcome {
    let payload = world.change { [now = world.now()] state -> JSON in
      var payload = envelope("shortcut", user: user, state.slack)
      payload["callback_id"] = .string(callbackID)
      payload["action_ts"] = .string(state.slack.stamp(now))
      payload["trigger_id"] = .string(state.slack.trigger(for: user, now: now))
      return payload
    }
    return outcome(await interaction(payload), user: user, channel: nil, doing: "This shortcut")
  }

  /// Types a slash command; a JSON answer is shown as the message it describes.
  public func command(_ command: String, _ text: String, channel: String, user: String) async -> Outcome {
    let pairs = world.change { [now = world.now()] state -> [(name: String, value: String)] in
      let slack = state.slack
      let trigger = state.slack.trigger(for: user, now: now)
      let address = state.slack.responseURL(
        ResponseAddress(channel: channel, user: user, issuedAt: now.timeIntervalSince1970))
      return [
        ("token", "deprecated"), ("team_id", slack.workspace.teamID), ("team_domain", slack.workspace.domain),
        ("channel_id", channel), ("channel_name", slack.channels[channel]?.name ?? "directmessage"),
        ("user_id", user), ("user_name", slack.member(user)?.handle ?? ""), ("command", command), ("text", text),
        ("api_app_id", slack.workspace.appID), ("is_enterprise_install", "false"), ("response_url", address),
        ("trigger_id", trigger),
      ]
    }
    let answer = await form("/slack/commands", operation: "command", pairs)
    if answer.succeeded { show(answer.json, channel: channel, user: user) }
    return outcome(answer, user: user, channel: channel, doing: "\(command)")
  }

  private func show(_ answer: JSON, channel: String, user: String) {
    guard answer["text"].text != nil || !answer["blocks"].items.isEmpty else { return }
    world.change { [now = world.now()] state in
      let ts = state.slack.stamp(now)
      let blocks = JSON.array(BlockIDs.fill(answer["blocks"].items, &state.slack))
      let text = answer["text"].text ?? ""
      if answer["response_type"].text == "in_channel" {
        let message = SlackMessage(
          ts: ts, user: state.slack.workspace.botUserID, byBot: true, text: text, blocks: blocks)
        state.slack.timelines[channel, default: Timeline()].append(message)
      } else {
        state.slack.ephemerals.append(
          EphemeralMessage(ts: ts, channel: channel, user: user, text: text, blocks: blocks))
      }
    }
  }
}
