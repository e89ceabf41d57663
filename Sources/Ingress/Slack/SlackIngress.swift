import SlackAPI

/// What a verified request from Slack is handed to. Each handler stores what changes something before it returns.
public struct SlackIngress: Sendable, CustomStringConvertible, CustomReflectable {
  /// Several while one is rotated.
  public var signingSecrets: [String]
  public var command: @Sendable (SlashCommand) async -> SlackReply
  /// Everything that comes to the interactivity address, except requests for options.
  public var interaction: @Sendable (Interaction) async -> SlackReply
  public var options: @Sendable (BlockSuggestion) async -> SlackReply
  /// Never `url_verification`, which is answered here.
  public var event: @Sendable (EventEnvelope) async -> SlackReply

  public init(
    signingSecrets: [String], command: @escaping @Sendable (SlashCommand) async -> SlackReply,
    interaction: @escaping @Sendable (Interaction) async -> SlackReply,
    options: @escaping @Sendable (BlockSuggestion) async -> SlackReply,
    event: @escaping @Sendable (EventEnvelope) async -> SlackReply
  ) {
    self.signingSecrets = signingSecrets
    self.command = command
    self.interaction = interaction
    self.options = options
    self.event = event
  }

  public var description: String { "(Slack handlers)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What Slack is told.
public enum SlackReply: Sendable, Equatable {
  /// 200 and nothing else.
  case ok
  case json(SlackJSON)
  /// 503: it could not be stored. Slack sends events again.
  case unavailable
}
