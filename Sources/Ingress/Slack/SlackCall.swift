import Foundation
import RevOps
import SlackAPI

/// One verified request of Slack's, decoded.
enum SlackCall: Sendable {
  case event(EventEnvelope)
  case command(SlashCommand)
  case interaction(Interaction)

  init(_ route: Route, _ body: [UInt8], depth: Int) throws(SlackPayloadError) {
    switch route {
    case .slackEvents: self = .event(try EventEnvelope(json: Self.json(body, depth)))
    case .slackCommands: self = .command(try SlashCommand(form: SlackAPI.FormBody(body)))
    default:
      guard let payload = try SlackAPI.FormBody(body)["payload"] else { throw .missing("payload") }
      self = .interaction(try Interaction(json: Self.json(Array(payload.utf8), depth)))
    }
  }

  /// Strict first: depth, UTF-8 and repeated keys are judged before Slack's lenient reading begins.
  private static func json(_ bytes: [UInt8], _ depth: Int) throws(SlackPayloadError) -> SlackJSON {
    guard (try? JSONValue.parse(bytes, limits: JSONLimits(depth: depth))) != nil else { throw .malformedJSON }
    return try SlackJSON(parsing: Data(bytes))
  }

  func handle(_ slack: SlackIngress) async -> SlackReply {
    switch self {
    case .event(let event): await slack.event(event)
    case .command(let command): await slack.command(command)
    case .interaction(.blockSuggestion(let suggestion)): await slack.options(suggestion)
    case .interaction(let interaction): await slack.interaction(interaction)
    }
  }

  /// What is said when the handler has not answered in time; what it does still happens.
  var late: SlackReply {
    switch self {
    case .command: .json(["response_type": "ephemeral", "text": "Still working on it…"])
    case .interaction(.blockSuggestion): .json(["options": .array([])])
    case .event, .interaction: .ok
    }
  }
}
