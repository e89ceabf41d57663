import Foundation

/// People using Slack. Each act makes Slack call the product, signed, and shows what Slack would show of the answer.
///
/// An answer that is no 2xx or takes longer than three seconds is shown to the person as Slack's own error.
public struct SlackPeople: Sendable {
  let world: World
  let product: ProductCalls
  let signingSecret: String

  /// Within this Slack wants an answer.
  static let patience = Duration.seconds(3)

  /// What came of an act.
  public struct Outcome: Sendable {
    public var answer: ProductAnswer
    /// Slack's words to the person where the app did not answer as it should; nil where it did.
    public var complaint: String?
  }

  /// Why an act was not possible: what was to be pressed or closed is not there.
  public struct NotThere: Error, Sendable {
    public var what: String
  }

  // MARK: Sending

  func interaction(_ payload: JSON) async -> ProductAnswer {
    await form("/slack/interactions", operation: "interaction", [("payload", payload.encoded)])
  }

  func form(_ path: String, operation: String, _ pairs: [(name: String, value: String)]) async -> ProductAnswer {
    let body = Data(FormCoding.encode(pairs).utf8)
    return await send(path, operation: operation, type: "application/x-www-form-urlencoded", body)
  }

  func send(
    _ path: String, operation: String, type: String, _ body: Data, more: [(name: String, value: String)] = []
  ) async -> ProductAnswer {
    let timestamp = String(Int(world.now().timeIntervalSince1970))
    let signature = Signatures.slack(secret: signingSecret, timestamp: timestamp, body: body)
    let headers =
      [
        ("content-type", type), ("x-slack-request-timestamp", timestamp), ("x-slack-signature", signature),
        ("user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)"),
      ] + more
    return await product.post(path, operation: operation, headers: headers, body: body, timeout: Self.patience)
  }

  // MARK: Showing

  /// Slack's remark where the app failed, shown to the person alone where there is a channel to show it in.
  func outcome(_ answer: ProductAnswer, user: String, channel: String?, doing: String) -> Outcome {
    guard !answer.succeeded else { return Outcome(answer: answer, complaint: nil) }
    let complaint =
      answer.status == nil
      ? "\(doing) failed because the app did not respond (operation_timeout)"
      : "\(doing) failed because the app returned an error (http \(answer.status ?? 0))"
    remark(complaint, user: user, channel: channel)
    return Outcome(answer: answer, complaint: complaint)
  }

  func remark(_ text: String, user: String, channel: String?) {
    guard let channel else { return }
    world.change { [now = world.now()] state in
      let ts = state.slack.stamp(now)
      state.slack.ephemerals.append(
        EphemeralMessage(ts: ts, channel: channel, user: user, text: text, blocks: [], fromSlack: true))
    }
  }

  /// The members that every payload of Slack's has.
  func envelope(_ type: String, user: String, _ slack: SlackState) -> JSON {
    let workspace = slack.workspace
    let handle = slack.member(user)?.handle ?? ""
    return [
      "type": .string(type), "token": "deprecated", "api_app_id": .string(workspace.appID),
      "team": ["id": .string(workspace.teamID), "domain": .string(workspace.domain)], "enterprise": .null,
      "is_enterprise_install": false,
      "user": [
        "id": .string(user), "username": .string(handle), "name": .string(handle),
        "team_id": .string(workspace.teamID),
      ],
    ]
  }
}
