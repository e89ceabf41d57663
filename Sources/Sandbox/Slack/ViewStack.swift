import Foundation

/// The windows that people have open.
enum ViewStack {
  /// Opens a window on top of what the person has open.
  static func add(_ view: JSON, for user: String, now: Date, _ state: inout SlackState) -> JSON {
    let id = state.newID("V")
    let stack = state.stacks[user] ?? []
    let open = OpenView(
      id: id, user: user, view: filled(view, &state), hash: hash(&state), root: stack.first ?? id,
      previous: stack.last)
    state.views[id] = open
    state.stacks[user] = stack + [id]
    return json(open, state.workspace)
  }

  static func replace(_ id: String, with view: JSON, _ state: inout SlackState) -> JSON {
    let view = filled(view, &state)
    let hash = hash(&state)
    state.views[id]?.view = view
    state.views[id]?.hash = hash
    guard let open = state.views[id] else { return .null }
    return json(open, state.workspace)
  }

  /// Closes the topmost window.
  static func close(top user: String, _ state: inout SlackState) {
    guard let id = state.stacks[user]?.popLast() else { return }
    state.views[id] = nil
  }

  static func close(all user: String, _ state: inout SlackState) {
    for id in state.stacks[user] ?? [] { state.views[id] = nil }
    state.stacks[user] = nil
  }

  static func hash(_ state: inout SlackState) -> String { state.newID("1767225600.h") }

  /// Gives every block and element that has no id one, as Slack does.
  static func filled(_ view: JSON, _ state: inout SlackState) -> JSON {
    var view = view
    view["blocks"] = .array(BlockIDs.fill(view["blocks"].items, &state))
    return view
  }

  /// The view as answers and payloads show it.
  static func json(_ open: OpenView, _ workspace: Workspace, values: JSON = .object([:])) -> JSON {
    var out = open.view
    out["id"] = .string(open.id)
    out["hash"] = .string(open.hash)
    out["team_id"] = .string(workspace.teamID)
    out["app_id"] = .string(workspace.appID)
    out["bot_id"] = .string(workspace.botID)
    out["app_installed_team_id"] = .string(workspace.teamID)
    out["root_view_id"] = .string(open.root)
    out["previous_view_id"] = JSON(open.previous)
    out["state"] = ["values": values]
    for key in ["private_metadata", "callback_id", "external_id"] where out[key].isNull { out[key] = "" }
    for key in ["clear_on_close", "notify_on_close"] where out[key].isNull { out[key] = false }
    return out
  }
}

/// Ids that Slack gives to blocks and elements which came without.
enum BlockIDs {
  static func fill(_ blocks: [JSON], _ state: inout SlackState) -> [JSON] {
    var filled: [JSON] = []
    for var block in blocks {
      if block["block_id"].text == nil { block["block_id"] = .string(state.newID("b")) }
      for key in ["accessory", "element"] where needsAction(block[key]) {
        block[key]["action_id"] = .string(state.newID("a"))
      }
      if block["type"].text == "actions" { block["elements"] = .array(elements(block["elements"].items, &state)) }
      filled.append(block)
    }
    return filled
  }

  private static func elements(_ elements: [JSON], _ state: inout SlackState) -> [JSON] {
    var filled: [JSON] = []
    for var element in elements {
      if needsAction(element) { element["action_id"] = .string(state.newID("a")) }
      filled.append(element)
    }
    return filled
  }

  private static func needsAction(_ element: JSON) -> Bool {
    element.isObject && element["type"].text != "image" && element["action_id"].text == nil
  }
}
