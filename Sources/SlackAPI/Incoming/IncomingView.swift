/// A view as Slack sends it back.
public struct IncomingView: Sendable, Equatable {
  public var id: String?
  /// Of the version that was acted on; `views.update` with it fails when somebody newer wrote.
  public var hash: String?
  public var callbackID: CallbackID?
  public var externalID: String?
  public var privateMetadata: String?
  public var rootViewID: String?
  public var previousViewID: String?
  public var state: ViewState

  /// Nil when there is none: App Home leaves it out now and then.
  init?(_ json: SlackJSON) {
    guard json.isObject else { return nil }
    id = json["id"].text
    hash = json["hash"].text
    callbackID = json["callback_id"].text.map(CallbackID.init)
    externalID = json["external_id"].text
    privateMetadata = json["private_metadata"].text
    rootViewID = json["root_view_id"].text
    previousViewID = json["previous_view_id"].text
    state = ViewState(json["state"])
  }
}
