import RevOps
import SlackAPI

/// The names of what can be clicked. Cards live for months: a name keeps its meaning for ever, and a new meaning gets a
/// new version.
enum CardAction {
  static let openCRM: ActionID = "lead.open_crm.v1"
  static let people: ActionID = "lead.people.v1"

  static func id(of button: DeskButton) -> ActionID { ActionID("lead.\(button.rawValue).v1") }

  /// Nil for links, which need no answer, and for what this version doesn't know.
  static func button(of id: ActionID) -> DeskButton? {
    let parts = id.rawValue.split(separator: ".")
    guard parts.count == 3, parts[0] == "lead", parts[2] == "v1" else { return nil }
    return DeskButton(rawValue: String(parts[1]))
  }
}
