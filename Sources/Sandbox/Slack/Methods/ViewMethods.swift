import Foundation

/// `views.*`.
enum ViewMethods {
  static let all: [String: SlackMethod] = [
    "views.open": SlackMethod(answer: open),
    "views.push": SlackMethod(answer: push),
    "views.update": SlackMethod(answer: update),
    "views.publish": SlackMethod(answer: publish),
  ]

  /// Seconds after the person's act in which a trigger is good.
  private static let triggerLife = 3.0
  private static let deepestStack = 3

  @Sendable private static func open(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let view = try modal(call)
    let trigger = try redeem(call, &state)
    try checkExternalID(view, nil, state)
    ViewStack.close(all: trigger.user, &state)
    return ["view": ViewStack.add(view, for: trigger.user, now: call.now, &state)]
  }

  @Sendable private static func push(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let view = try modal(call)
    let trigger = try redeem(call, &state)
    let depth = state.stacks[trigger.user]?.count ?? 0
    guard depth > 0 else { throw SlackRefusal("not_found") }
    guard depth < deepestStack else { throw SlackRefusal("push_limit_reached") }
    return ["view": ViewStack.add(view, for: trigger.user, now: call.now, &state)]
  }

  @Sendable private static func update(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let view = try modal(call)
    let found = state.views.values.first { open in
      open.id == call.text("view_id")
        || (call.text("external_id") != nil && open.view["external_id"].text == call.text("external_id"))
    }
    guard let found else { throw SlackRefusal("not_found") }
    try checkHash(call, found)
    return ["view": ViewStack.replace(found.id, with: view, &state)]
  }

  @Sendable private static func publish(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> JSON {
    let user = try call.required("user_id")
    guard state.member(user) != nil else { throw SlackRefusal("user_not_found") }
    guard let view = try call.nested("view", else: "invalid_arguments") else {
      throw SlackRefusal("invalid_arguments", messages: ["[ERROR] missing required field: view"])
    }
    try ViewRules.check(home: view)
    if let old = state.homes[user] { try checkHash(call, old) }
    let id = state.homes[user]?.id ?? state.newID("V")
    let filled = ViewStack.filled(view, &state)
    let home = OpenView(id: id, user: user, view: filled, hash: ViewStack.hash(&state), root: id)
    state.homes[user] = home
    return ["view": ViewStack.json(home, state.workspace)]
  }

  private static func modal(_ call: SlackCall) throws(SlackRefusal) -> JSON {
    guard let view = try call.nested("view", else: "invalid_arguments") else {
      throw SlackRefusal("invalid_arguments", messages: ["[ERROR] missing required field: view"])
    }
    try ViewRules.check(modal: view)
    return view
  }

  private static func redeem(_ call: SlackCall, _ state: inout SlackState) throws(SlackRefusal) -> Trigger {
    let id = try call.required("trigger_id")
    guard let trigger = state.triggers[id] else { throw SlackRefusal("invalid_trigger_id") }
    guard !trigger.used else { throw SlackRefusal("exchanged_trigger_id") }
    guard call.now.timeIntervalSince1970 - trigger.issuedAt <= triggerLife else {
      throw SlackRefusal("expired_trigger_id")
    }
    state.triggers[id]?.used = true
    return trigger
  }

  private static func checkHash(_ call: SlackCall, _ view: OpenView) throws(SlackRefusal) {
    guard let hash = call.text("hash") else { return }
    guard hash == view.hash else { throw SlackRefusal("hash_conflict") }
  }

  private static func checkExternalID(
    _ view: JSON, _ except: String?, _ state: SlackState
  ) throws(SlackRefusal) {
    guard let id = view["external_id"].text, !id.isEmpty else { return }
    guard !state.views.values.contains(where: { $0.view["external_id"].text == id && $0.id != except }) else {
      throw SlackRefusal("duplicate_external_id")
    }
  }
}
