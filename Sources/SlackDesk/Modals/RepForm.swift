import Foundation
import RevOps
import SlackAPI

/// The forms about somebody's availability.
enum RepForm: String, CaseIterable {
  case away
  case capacity

  static let input: BlockID = "value"
  static let action: ActionID = "value"

  var callbackID: CallbackID { CallbackID("rep.\(rawValue).v1") }

  init?(_ callback: CallbackID?) {
    guard let form = Self.allCases.first(where: { $0.callbackID == callback }) else { return nil }
    self = form
  }

  /// - Parameter member: whose availability it is: an address, which comes back with the submission; the right to change
  ///   it is asked for then.
  func view(member: String, name: String, isSelf: Bool, limit: Int?) -> View {
    let about = Block.text(isSelf ? "For you" : "For *\(name, max: 200)*", id: "about")
    return View(
      .modal(View.Modal(title: title, submit: "Save", close: "Cancel")), blocks: [about, field(limit)],
      callbackID: callbackID, privateMetadata: member)
  }

  private var title: PlainText { self == .away ? "Away" : "Open leads" }

  private func field(_ limit: Int?) -> Block {
    switch self {
    case .away:
      let text = TextInput(Self.action, placeholder: "friday, tomorrow 13:00, 24 Dec, 2h", maxLength: 100)
      return .input(
        Block.Input(
          Self.input, label: "Until", element: .textInput(text),
          hint: "Left empty: until you say that you are back. New leads go to others meanwhile; open ones stay.",
          isOptional: true))
    case .capacity:
      let text = TextInput(Self.action, initial: limit.map(String.init), placeholder: "25", maxLength: 4)
      return .input(
        Block.Input(
          Self.input, label: "At most", element: .textInput(text),
          hint: "With so many open leads new ones go to others. Left empty: as configured.", isOptional: true))
    }
  }
}
