/// The answer to a `view_submission`.
public enum ViewSubmissionReply: Sendable, Equatable {
  /// Closes this view; the one below it shows again.
  case close
  /// Keeps the view and shows each text at the input block of that id. Another key, or none, makes Slack show
  /// "trouble connecting".
  case errors([BlockID: PlainText])
  case update(View)
  case push(View)
  /// Closes every view.
  case clear

  /// The body of the 200, nil for an empty one.
  public var json: SlackJSON? {
    switch self {
    case .close: nil
    case .errors(let errors):
      [
        "response_action": "errors",
        "errors": .object(
          Dictionary(
            errors.map { ($0.key.rawValue, .string($0.value.content)) }, uniquingKeysWith: { first, _ in first })),
      ]
    case .update(let view): ["response_action": "update", "view": view.fitted().json]
    case .push(let view): ["response_action": "push", "view": view.fitted().json]
    case .clear: ["response_action": "clear"]
    }
  }
}

/// The answer to a `block_suggestion`: up to 100 options, or groups with up to 100 each; the rest is cut off.
public enum SuggestionReply: Sendable, Equatable {
  case options([Option])
  case groups([OptionGroup])
}

extension SuggestionReply: WireValue {
  public var json: SlackJSON {
    switch self {
    case .options(let options): ["options": options.fitted(to: SlackLimits.selectOptions).json]
    case .groups(let groups): ["option_groups": groups.fitted().json]
    }
  }
}

/// The answer to a slash command.
public enum CommandReply: Sendable, Equatable {
  /// Nothing is shown.
  case none
  /// Only the caller sees it.
  case ephemeral(Message)
  case inChannel(Message)

  /// The body of the 200, nil for an empty one.
  public var json: SlackJSON? {
    switch self {
    case .none: nil
    case .ephemeral(let message): Self.json(message, visibility: "ephemeral")
    case .inChannel(let message): Self.json(message, visibility: "in_channel")
    }
  }

  private static func json(_ message: Message, visibility: SlackJSON) -> SlackJSON {
    let fitted = message.fitted()
    return .members([
      "response_type": visibility, "text": .string(fitted.text.wire),
      "blocks": fitted.blocks.isEmpty ? nil : fitted.blocks.json, "unfurl_links": false, "unfurl_media": false,
    ])
  }
}

/// What is sent to a `response_url`. Whether it replaces the message is always said: Slack's default differs by source.
public enum InteractionReply: Sendable, Equatable {
  /// A note that only the person who acted sees, in the thread if the message has a thread.
  case note(Message)
  /// Takes the place of the message that was acted on: the only way to change an ephemeral one.
  case replace(Message)
  case delete
}

extension InteractionReply: WireValue {
  public var json: SlackJSON {
    switch self {
    case .note(let message):
      Self.json(message, ["response_type": "ephemeral", "replace_original": false])
    case .replace(let message): Self.json(message, ["replace_original": true])
    case .delete: ["delete_original": true]
    }
  }

  private static func json(_ message: Message, _ mode: [String: SlackJSON?]) -> SlackJSON {
    let fitted = message.fitted()
    let content: [String: SlackJSON?] = [
      "text": .string(fitted.text.wire), "blocks": fitted.blocks.isEmpty ? nil : fitted.blocks.json,
      "thread_ts": message.threadTS?.json, "unfurl_links": false, "unfurl_media": false,
    ]
    return .members(content.merging(mode) { first, _ in first })
  }
}
