import VendorAPI

/// Which view to update.
public enum ViewTarget: Sendable, Equatable {
  case id(String)
  /// Ours, given when it was opened.
  case externalID(String)
}

extension SlackClient {
  /// Opens a modal, within 3 seconds of the act that gave the trigger; a late one fails with `expired_trigger_id`.
  public func openView(_ view: View, trigger: String) async throws(VendorError) -> IncomingView {
    try await send("views.open", view, ["trigger_id": .string(trigger)])
  }

  /// Lays a modal over the open one; three may lie on each other.
  public func pushView(_ view: View, trigger: String) async throws(VendorError) -> IncomingView {
    try await send("views.push", view, ["trigger_id": .string(trigger)])
  }

  /// Replaces a view. `not_found` means that it was closed meanwhile, which is normal; `hash_conflict`, that somebody
  /// newer wrote.
  public func updateView(
    _ target: ViewTarget, to view: View, hash: String? = nil
  ) async throws(VendorError) -> IncomingView {
    var arguments: [String: SlackJSON?] = ["hash": hash.map(SlackJSON.string)]
    switch target {
    case .id(let id): arguments["view_id"] = .string(id)
    case .externalID(let id): arguments["external_id"] = .string(id)
    }
    return try await send("views.update", view, arguments)
  }

  /// Shows somebody their Home tab. With the hash of what they see, it fails as `hash_conflict` where somebody newer
  /// wrote.
  @discardableResult
  public func publishHome(
    _ view: View, to user: String, hash: String? = nil
  ) async throws(VendorError) -> IncomingView {
    try await send("views.publish", view, ["user_id": .string(user), "hash": hash.map(SlackJSON.string)])
  }

  private func send(
    _ method: String, _ view: View, _ arguments: [String: SlackJSON?]
  ) async throws(VendorError) -> IncomingView {
    let all = arguments.merging(["view": view.fitted().json]) { first, _ in first }
    let answer = try await call(method, .json(all), kind: .write)
    guard let view = IncomingView(answer.json["view"]) else { throw answer.incomplete("view") }
    return view
  }
}
