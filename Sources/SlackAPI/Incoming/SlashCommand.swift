import Foundation

/// A slash command as somebody sent it.
public struct SlashCommand: Sendable, Equatable {
  /// With the slash.
  public var command: String
  /// What followed it, with mentions as tokens and the three entities escaped: read it with `SlackToken.parse`.
  public var text: String
  public var userID: String
  public var teamID: String?
  public var enterpriseID: String?
  public var channelID: String?
  public var channelName: String?
  public var apiAppID: String?
  public var triggerID: String?
  public var responseURL: ResponseURL?
  public var isEnterpriseInstall: Bool

  /// From a signed form.
  public init(form: FormBody) throws(SlackPayloadError) { try self.init { form[$0] } }

  /// From a frame of Socket Mode.
  public init(json: SlackJSON) throws(SlackPayloadError) { try self.init { json[$0].string } }

  private init(field: (String) -> String?) throws(SlackPayloadError) {
    func optional(_ name: String) -> String? { field(name).flatMap { $0.isEmpty ? nil : $0 } }
    guard let command = optional("command") else { throw .missing("command") }
    guard let userID = optional("user_id") else { throw .missing("user_id") }
    self.command = command
    self.userID = userID
    text = field("text") ?? ""
    teamID = optional("team_id")
    enterpriseID = optional("enterprise_id")
    channelID = optional("channel_id")
    channelName = optional("channel_name")
    apiAppID = optional("api_app_id")
    triggerID = optional("trigger_id")
    responseURL = optional("response_url").map(ResponseURL.init)
    isEnterpriseInstall = field("is_enterprise_install") == "true"
  }

  /// The text as typed: mentions by name, links by address, entities undone.
  public var plainText: String { SlackToken.plainText(text) }
}
