import Foundation

extension SlackPeople {
  /// What came of sending a window off.
  public struct Submission: Sendable {
    public var outcome: Outcome
    /// What the app found wrong, by block.
    public var errors: [String: String]
  }

  /// Submits the top window.
  ///
  /// - Parameter values: the person's input by block and action, in Slack's own shape
  ///   (`["email": ["input": ["type": "plain_text_input", "value": "ada@acme.example"]]]`).
  public func submit(_ values: JSON, user: String) async throws(NotThere) -> Submission {
    let (id, payload) = try world.change { [now = world.now()] state throws(NotThere) -> (String, JSON) in
      guard let open = state.slack.stacks[user]?.last.flatMap({ state.slack.views[$0] }) else {
        throw NotThere(what: "window")
      }
      var payload = envelope("view_submission", user: user, state.slack)
      payload["trigger_id"] = .string(state.slack.trigger(for: user, view: open.id, now: now))
      payload["view"] = ViewStack.json(open, state.slack.workspace, values: values)
      payload["response_urls"] = []
      return (open.id, payload)
    }
    let answer = await interaction(payload)
    guard answer.succeeded else {
      return Submission(outcome: trouble(answer), errors: [:])
    }
    return follow(answer, view: id, user: user)
  }

  private static let troubleText = "We had some trouble connecting. Try again?"

  private func trouble(_ answer: ProductAnswer) -> Outcome {
    Outcome(answer: answer, complaint: Self.troubleText)
  }

  /// Does what the answer's `response_action` says; an empty answer closes the window.
  private func follow(_ answer: ProductAnswer, view id: String, user: String) -> Submission {
    let action = answer.json["response_action"].text
    let good = Outcome(answer: answer, complaint: nil)
    let bad = Submission(outcome: trouble(answer), errors: [:])
    switch action {
    case "errors":
      let errors = answer.json["errors"].fields.compactMapValues(\.text)
      return areInputs(errors.keys, of: id) ? Submission(outcome: good, errors: errors) : bad
    case "update", "push":
      return show(answer.json["view"], replacing: action == "update" ? id : nil, user: user)
        ? Submission(outcome: good, errors: [:]) : bad
    case "clear": world.change { ViewStack.close(all: user, &$0.slack) }
    case nil where answer.body.isEmpty || answer.json.fields.isEmpty: closeTop(id, user: user)
    default: return bad
    }
    return Submission(outcome: good, errors: [:])
  }

  /// Errors must name input blocks of the window, and there must be some.
  private func areInputs(_ keys: Dictionary<String, String>.Keys, of id: String) -> Bool {
    let inputs = world.read { state in
      Set(
        (state.slack.views[id]?.view["blocks"].items ?? []).filter { $0["type"].text == "input" }
          .compactMap { $0["block_id"].text })
    }
    return !keys.isEmpty && keys.allSatisfy(inputs.contains)
  }

  private func show(_ view: JSON, replacing id: String?, user: String) -> Bool {
    do throws(SlackRefusal) { try ViewRules.check(modal: view) } catch { return false }
    world.change { [now = world.now()] state in
      if let id {
        _ = ViewStack.replace(id, with: view, &state.slack)
      } else {
        _ = ViewStack.add(view, for: user, now: now, &state.slack)
      }
    }
    return true
  }

  private func closeTop(_ id: String, user: String) {
    world.change { state in
      guard state.slack.stacks[user]?.last == id else { return }
      ViewStack.close(top: user, &state.slack)
    }
  }

  /// Closes the top window with its X; the app hears of it if it asked to.
  public func close(user: String) async throws(NotThere) {
    let payload = try world.change { state throws(NotThere) -> JSON? in
      guard let open = state.slack.stacks[user]?.last.flatMap({ state.slack.views[$0] }) else {
        throw NotThere(what: "window")
      }
      ViewStack.close(top: user, &state.slack)
      guard open.view["notify_on_close"].flag == true else { return nil }
      var payload = envelope("view_closed", user: user, state.slack)
      payload["view"] = ViewStack.json(open, state.slack.workspace)
      payload["is_cleared"] = false
      return payload
    }
    if let payload { _ = await interaction(payload) }
  }

  /// Types into an external menu.
  ///
  /// - Returns: its options, those of groups too, as the app gave them.
  public func suggestions(
    _ actionID: String, block: String? = nil, text: String, in place: Place, user: String
  ) async throws(NotThere) -> [JSON] {
    let payload = try world.change { [now = world.now()] state throws(NotThere) -> JSON in
      let element = try place.element(actionID, block: block, user: user, state.slack)
      var payload = envelope("block_suggestion", user: user, state.slack)
      try place.describe(into: &payload, user: user, values: .object([:]), now: now, &state.slack)
      payload["response_url"] = .null
      payload["action_id"] = .string(actionID)
      payload["block_id"] = .string(element.block)
      payload["value"] = .string(text)
      return payload
    }
    let answer = await form("/slack/options", operation: "options", [("payload", payload.encoded)])
    guard answer.succeeded else { return [] }
    return answer.json["options"].items + answer.json["option_groups"].items.flatMap { $0["options"].items }
  }
}
