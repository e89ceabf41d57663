import Foundation

/// Something that somebody did with what the app shows.
public enum Interaction: Sendable, Equatable {
  case blockActions(BlockActions)
  case viewSubmission(ViewSubmission)
  case viewClosed(ViewClosed)
  case shortcut(GlobalShortcut)
  case messageAction(MessageShortcut)
  case blockSuggestion(BlockSuggestion)
  /// A kind that is not handled; it still wants its 200.
  case unknown(type: String)

  /// From a signed form, whose one field `payload` is JSON.
  public init(form: FormBody) throws(SlackPayloadError) {
    guard let payload = form["payload"] else { throw .missing("payload") }
    try self.init(json: SlackJSON(parsing: Data(payload.utf8)))
  }

  /// From the payload itself, as Socket Mode sends it.
  public init(json: SlackJSON) throws(SlackPayloadError) {
    guard let type = json["type"].text else { throw .missing("type") }
    switch type {
    case "block_actions": self = .blockActions(try BlockActions(json))
    case "view_submission": self = .viewSubmission(try ViewSubmission(json))
    case "view_closed": self = .viewClosed(try ViewClosed(json))
    case "shortcut": self = .shortcut(try GlobalShortcut(json))
    case "message_action": self = .messageAction(try MessageShortcut(json))
    case "block_suggestion": self = .blockSuggestion(try BlockSuggestion(json))
    default: self = .unknown(type: type)
    }
  }

  /// Nil for unknown kinds.
  public var context: InteractionContext? {
    switch self {
    case .blockActions(let actions): actions.context
    case .viewSubmission(let submission): submission.context
    case .viewClosed(let closed): closed.context
    case .shortcut(let shortcut): shortcut.context
    case .messageAction(let shortcut): shortcut.context
    case .blockSuggestion(let suggestion): suggestion.context
    case .unknown: nil
    }
  }
}
