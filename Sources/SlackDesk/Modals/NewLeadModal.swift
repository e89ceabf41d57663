import Foundation
import RevOps
import SlackAPI

/// A lead that came by phone, in person, or as somebody's message.
enum NewLeadModal {
  static let callback: CallbackID = "lead.new.v1"
  /// The button that opens it where no command can, and the shortcuts of the manifest.
  static let button: ActionID = "leads.new.v1"
  static let shortcut: CallbackID = "lead.new.v1"
  static let messageShortcut: CallbackID = "lead.from_message.v1"

  /// What is said where a form can't be opened at once.
  static var offer: Message {
    let text: Mrkdwn = "Fill in what you know of the lead:"
    let open = Button(button, "New lead", style: .primary)
    return Message(text: text, blocks: [.text(text), .actions([.button(open)], id: "leads.new")])
  }

  static func view(_ draft: LeadDraft) -> View {
    View(
      .modal(View.Modal(title: "New lead", submit: "Send to Baton", close: "Cancel")),
      blocks: LeadDraft.Field.allCases.map { input($0, draft[$0]) }, callbackID: callback)
  }

  static func block(_ field: LeadDraft.Field) -> BlockID { BlockID("new_\(field.rawValue)") }
  static func action(_ field: LeadDraft.Field) -> ActionID { ActionID(field.rawValue) }

  private static func input(_ field: LeadDraft.Field, _ initial: String?) -> Block {
    let longest = LeadDraft.longest(field)
    let text = TextInput(
      action(field), initial: initial, isMultiline: field == .message,
      maxLength: longest)
    return .input(
      Block.Input(
        block(field), label: label(field), element: .textInput(text), hint: hint(field), isOptional: field != .email))
  }

  private static func label(_ field: LeadDraft.Field) -> PlainText {
    switch field {
    case .email: "E-mail address"
    case .name: "Name"
    case .company: "Company"
    case .title: "Job title"
    case .phone: "Phone"
    case .website: "Website"
    case .country: "Country"
    case .employees: "Employees"
    case .message: "What they want"
    }
  }

  private static func hint(_ field: LeadDraft.Field) -> PlainText? {
    field == .employees ? "A number, or a range such as 51-200." : nil
  }

  /// - Parameter source: where such leads come from, for rules that ask for it.
  static func payload(_ state: ViewState) throws(FormErrors) -> (payload: LeadPayload, raw: JSONValue) {
    var object = JSONObject()
    for field in LeadDraft.Field.allCases {
      guard let text = state.text(block(field), action(field)) else { continue }
      object[key(field)] = .string(text)
    }
    object["source"] = .string("slack")
    let raw = JSONValue.object(object)
    do throws(PayloadError) {
      return (try LeadPayload.read(raw), raw)
    } catch {
      throw FormErrors(error.issues)
    }
  }

  private static func key(_ field: LeadDraft.Field) -> String { field == .name ? "full_name" : field.rawValue }

  /// After it was sent off.
  static func stored(_ lead: LeadID, name: String) -> View {
    let text: Mrkdwn = """
      *\(name, max: 200)* is with Baton as lead \(Mrkdwn.code(lead.description)). Its card comes to the channel of the \
      team that the rules name. If they wrote before, this joins the lead that is open.
      """
    return View(.modal(View.Modal(title: "Lead sent", close: "Done")), blocks: [.text(text)])
  }
}

extension FormErrors {
  fileprivate init(_ issues: [PayloadError.Issue]) {
    self.init(NewLeadModal.block(.email), "Give one e-mail address, such as ada@acme.com.")
    let named = issues.compactMap { issue -> (BlockID, PlainText)? in
      let name = issue.pointer.split(separator: "/").last.map(String.init) ?? ""
      let field = name == "full_name" ? .name : LeadDraft.Field(rawValue: name)
      guard let field, field != .email else { return nil }
      return (NewLeadModal.block(field), PlainText(CardWords.capitalized(issue.message) + "."))
    }
    let isAddressWrong = issues.contains { $0.pointer.hasSuffix("/email") } || named.isEmpty
    let others = Dictionary(named, uniquingKeysWith: { first, _ in first })
    errors = isAddressWrong ? errors.merging(others) { first, _ in first } : others
  }
}
