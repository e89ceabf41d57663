import Foundation

extension SlackPeople {
  /// Opens the bot's Home tab.
  public func openHome(user: String) async -> ProductAnswer {
    let event = world.change { [now = world.now()] state -> JSON in
      var event: JSON = ["type": "app_home_opened", "user": .string(user), "tab": "home"]
      event["channel"] = .string("D0" + user.dropFirst(2))
      event["event_ts"] = .string(state.slack.stamp(now))
      if let home = state.slack.homes[user] { event["view"] = ViewStack.json(home, state.slack.workspace) }
      return event
    }
    return await deliver(event)
  }

  /// Writes a message that mentions the bot; it appears in the channel.
  public func mention(_ text: String, channel: String, user: String, thread: String? = nil) async -> ProductAnswer {
    let event = world.change { [now = world.now()] state -> JSON in
      let ts = state.slack.stamp(now)
      let whole = "<@\(state.slack.workspace.botUserID)> " + text
      state.slack.timelines[channel, default: Timeline()].append(
        SlackMessage(ts: ts, user: user, byBot: false, text: whole, blocks: [], threadTS: thread))
      var event: JSON = ["type": "app_mention", "user": .string(user), "text": .string(whole), "ts": .string(ts)]
      event["channel"] = .string(channel)
      event["event_ts"] = .string(ts)
      if let thread { event["thread_ts"] = .string(thread) }
      return event
    }
    return await deliver(event)
  }

  /// Writes a message in a channel; the app hears of it as an event.
  public func write(_ text: String, channel: String, user: String, thread: String? = nil) async -> ProductAnswer {
    let event = world.change { [now = world.now()] state -> JSON in
      let ts = state.slack.stamp(now)
      state.slack.timelines[channel, default: Timeline()].append(
        SlackMessage(ts: ts, user: user, byBot: false, text: text, blocks: [], threadTS: thread))
      let direct = state.slack.channels[channel]?.person != nil
      var event: JSON = ["type": "message", "user": .string(user), "text": .string(text), "ts": .string(ts)]
      event["channel"] = .string(channel)
      event["channel_type"] = direct ? "im" : "channel"
      event["event_ts"] = .string(ts)
      if let thread { event["thread_ts"] = .string(thread) }
      return event
    }
    return await deliver(event)
  }

  /// Delivers an event, and once more at once if the first try fails, as Slack does; Slack's later tries, after one and
  /// five minutes, are left to the caller, who names the same `id` and the number of the retry.
  public func deliver(_ event: JSON, id: String? = nil, retry: Int? = nil) async -> ProductAnswer {
    let body = world.change { [now = world.now()] state -> JSON in
      let workspace = state.slack.workspace
      return [
        "token": "deprecated", "team_id": .string(workspace.teamID), "api_app_id": .string(workspace.appID),
        "event": event, "type": "event_callback", "event_id": .string(id ?? state.slack.newID("Ev")),
        "event_time": .int(Int(now.timeIntervalSince1970)), "is_ext_shared_channel": false,
        "authorizations": [
          [
            "enterprise_id": .null, "team_id": .string(workspace.teamID), "user_id": .string(workspace.botUserID),
            "is_bot": true, "is_enterprise_install": false,
          ]
        ],
      ]
    }
    let first = await send(body, retry: retry.map { ($0, "http_timeout") })
    if first.succeeded || retry != nil { return first }
    return await send(body, retry: (1, first.status == nil ? "http_timeout" : "http_error"))
  }

  private func send(_ body: JSON, retry: (number: Int, reason: String)?) async -> ProductAnswer {
    let more = retry.map {
      [("x-slack-retry-num", String($0.number)), ("x-slack-retry-reason", $0.reason)]
    }
    return await send("/slack/events", operation: "event", type: "application/json", body.data, more: more ?? [])
  }
}
