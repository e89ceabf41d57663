import Foundation

/// What Slack posts to the events URL.
public enum EventEnvelope: Sendable, Equatable {
  /// Slack checks the URL: answer with the challenge, at once.
  case urlVerification(challenge: String)
  case eventCallback(EventCallback)
  /// Slack held events back, in the minute that began at these Unix seconds.
  case appRateLimited(teamID: String?, minute: Int?)
  case unknown(type: String)

  public init(body: Data) throws(SlackPayloadError) { try self.init(json: SlackJSON(parsing: body)) }

  public init(json: SlackJSON) throws(SlackPayloadError) {
    guard let type = json["type"].text else { throw .missing("type") }
    switch type {
    case "url_verification":
      guard let challenge = json["challenge"].string else { throw .missing("challenge") }
      self = .urlVerification(challenge: challenge)
    case "event_callback": self = .eventCallback(try EventCallback(json))
    case "app_rate_limited":
      self = .appRateLimited(teamID: json["team_id"].text, minute: json["minute_rate_limited"].int)
    default: self = .unknown(type: type)
    }
  }
}

/// An event with its envelope.
public struct EventCallback: Sendable, Equatable {
  /// The same for every delivery of the event: what to deduplicate by.
  public var eventID: String
  /// Unix seconds.
  public var eventTime: Int?
  public var teamID: String?
  public var enterpriseID: String?
  public var apiAppID: String?
  public var isExternallyShared: Bool
  public var event: SlackEvent

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    guard let id = json["event_id"].text else { throw .missing("event_id") }
    guard json["event"].isObject else { throw .missing("event") }
    eventID = id
    eventTime = json["event_time"].int
    teamID = json["team_id"].text
    enterpriseID = json["enterprise_id"].text
    apiAppID = json["api_app_id"].text
    isExternallyShared = json["is_ext_shared_channel"].bool ?? false
    event = SlackEvent(json["event"])
  }
}
