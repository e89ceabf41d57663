/// Limits of modals and Home tabs.
enum ViewRules {
  private static let largest = 250_000
  private static let modalMembers: Set<String> = [
    "type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close",
    "notify_on_close", "external_id", "submit_disabled",
  ]
  private static let homeMembers: Set<String> = ["type", "blocks", "private_metadata", "callback_id", "external_id"]

  static func check(modal view: JSON) throws(SlackRefusal) {
    var complaints = Complaints()
    if view["type"].text != "modal" { complaints.add("must be one of: modal", at: "/type") }
    complaints.members(view, modalMembers, at: "/")
    TextRules.check(view["title"], .plain, most: 24, at: "/title", &complaints)
    TextRules.check(view["submit"], .plain, most: 24, needed: hasInput(view), at: "/submit", &complaints)
    TextRules.check(view["close"], .plain, most: 24, needed: false, at: "/close", &complaints)
    try finish(view, &complaints)
  }

  static func check(home view: JSON) throws(SlackRefusal) {
    var complaints = Complaints()
    if view["type"].text != "home" { complaints.add("must be one of: home", at: "/type") }
    complaints.members(view, homeMembers, at: "/")
    try finish(view, &complaints)
  }

  private static func hasInput(_ view: JSON) -> Bool {
    view["blocks"].items.contains { $0["type"].text == "input" }
  }

  private static func finish(_ view: JSON, _ complaints: inout Complaints) throws(SlackRefusal) {
    complaints.length(view["private_metadata"].text, 0...3000, at: "/private_metadata")
    complaints.length(view["callback_id"].text, 0...255, at: "/callback_id")
    complaints.length(view["external_id"].text, 0...255, at: "/external_id")
    if !view["blocks"].isArray { complaints.add("missing required field: blocks", at: "/") }
    complaints.count(view["blocks"].items, 1...100, at: "/blocks")
    BlockKitRules.check(view["blocks"].items, &complaints)
    guard complaints.lines.isEmpty else { throw SlackRefusal("invalid_arguments", messages: complaints.lines) }
    guard view.data.count <= largest else { throw SlackRefusal("view_too_large") }
  }
}
