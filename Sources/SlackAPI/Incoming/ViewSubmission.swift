/// A modal was submitted.
public struct ViewSubmission: Sendable, Equatable {
  public var context: InteractionContext
  public var view: IncomingView

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    context = try InteractionContext(json)
    guard let view = IncomingView(json["view"]) else { throw .missing("view") }
    self.view = view
  }
}

/// A modal was closed without submitting it; sent only for views with `notifyOnClose`.
public struct ViewClosed: Sendable, Equatable {
  public var context: InteractionContext
  public var view: IncomingView
  /// Whether the views below were closed with it.
  public var isCleared: Bool

  init(_ json: SlackJSON) throws(SlackPayloadError) {
    context = try InteractionContext(json)
    guard let view = IncomingView(json["view"]) else { throw .missing("view") }
    self.view = view
    isCleared = json["is_cleared"].bool ?? false
  }
}
