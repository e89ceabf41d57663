import SlackAPI

/// The answer to a request from Slack: the body of its 200, and what is to be done once that has been sent. Slack waits
/// three seconds at the most, so nothing that asks a service comes before the answer.
public struct DeskReply: Sendable {
  /// Nil: an empty body.
  public var body: SlackJSON?
  public var afterwards: (@Sendable () async -> Void)?

  public init(body: SlackJSON? = nil, afterwards: (@Sendable () async -> Void)? = nil) {
    self.body = body
    self.afterwards = afterwards
  }

  public static let empty = DeskReply()

  /// Begins what is left to do and gives the body to answer with.
  public func started() -> SlackJSON? {
    // Answers go first: of many clicks at once each is told at once that it was heard.
    if let afterwards { Task(priority: .utility) { await afterwards() } }
    return body
  }
}
