extension ControlRoutes {
  /// An act of a person, named by `kind`.
  func act(_ body: JSON) async -> Reply {
    guard let user = body["user"].text else { return Self.refusal(400, "user") }
    do throws(SlackPeople.NotThere) {
      return try await perform(body, user: user)
    } catch {
      return Self.refusal(404, "not there: \(error.what)")
    }
  }

  private func perform(_ body: JSON, user: String) async throws(SlackPeople.NotThere) -> Reply {
    let channel = body["channel"].text ?? ""
    switch body["kind"].text {
    case "press":
      return reply(
        try await people.press(
          body["action"].text ?? "", block: body["block"].text, in: place(body), user: user,
          choice: body["choice"].fields, values: body["values"].isObject ? body["values"] : .object([:])))
    case "command":
      return reply(
        await people.command(body["command"].text ?? "/lead", body["text"].text ?? "", channel: channel, user: user))
    case "submit": return reply(try await people.submit(body["values"], user: user))
    case "close":
      try await people.close(user: user)
      return Self.done
    case "suggest":
      let options = try await people.suggestions(
        body["action"].text ?? "", block: body["block"].text, text: body["text"].text ?? "", in: place(body),
        user: user)
      return .json(["ok": true, "options": .array(options)])
    case "shortcut":
      return reply(
        try await people.messageShortcut(
          body["callback_id"].text ?? "", channel: channel, ts: body["ts"].text ?? "", user: user))
    default: return await event(body, channel: channel, user: user)
    }
  }

  private func event(_ body: JSON, channel: String, user: String) async -> Reply {
    let text = body["text"].text ?? ""
    switch body["kind"].text {
    case "home": return reply(await people.openHome(user: user))
    case "global": return reply(await people.shortcut(body["callback_id"].text ?? "", user: user))
    case "mention":
      return reply(await people.mention(text, channel: channel, user: user, thread: body["thread"].text))
    case "write": return reply(await people.write(text, channel: channel, user: user, thread: body["thread"].text))
    default: return Self.refusal(400, "unknown kind of act")
    }
  }

  private func place(_ body: JSON) -> SlackPeople.Place {
    switch body["place"].text {
    case "modal": .modal
    case "home": .home
    case "ephemeral": .ephemeral(ts: body["ts"].text ?? "", channel: body["channel"].text ?? "")
    default: .message(channel: body["channel"].text ?? "", ts: body["ts"].text ?? "")
    }
  }

  private func reply(_ answer: ProductAnswer) -> Reply {
    .json(["ok": .bool(answer.succeeded), "milliseconds": .double(answer.milliseconds)])
  }

  private func reply(_ outcome: SlackPeople.Outcome) -> Reply {
    .json([
      "ok": .bool(outcome.complaint == nil), "complaint": JSON(outcome.complaint),
      "milliseconds": .double(outcome.answer.milliseconds),
    ])
  }

  private func reply(_ submission: SlackPeople.Submission) -> Reply {
    .json([
      "ok": .bool(submission.outcome.complaint == nil && submission.errors.isEmpty),
      "complaint": JSON(submission.outcome.complaint),
      "errors": .object(submission.errors.mapValues { .string($0) }),
      "milliseconds": .double(submission.outcome.answer.milliseconds),
    ])
  }
}
