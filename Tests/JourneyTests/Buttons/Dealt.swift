import Foundation
import Sandbox
import TestSupport
import Testing

extension Setup {
  /// The desk of #leads-dach with everybody on shift, channels that take messages as fast as they come, and a guest.
  static let onShift: Setup = {
    var setup = Setup()
    setup.edits = [
      ("routing.yaml", "    hours: { timezone: Europe/Berlin, from: \"09:00\", to: \"18:00\" }\n", ""),
      ("routing.yaml", ", hours: { timezone: Europe/Vienna, from: \"08:00\", to: \"16:00\" }", ""),
      ("playbook.yaml", "hubspot_list: null", "hubspot_list: \"\(nurtureList)\""),
      ("playbook.yaml", "slack_channel: 1/s", "slack_channel: off"),
    ]
    setup.environment = ["HUBSPOT_PORTAL_ID": "62515"]
    var guest = Workspace.Member(name: "Gerda Gast", email: "gerda@northwind.example")
    guest.guest = true
    setup.sandbox.workspace.members.append(guest)
    return setup
  }()

  /// The list that the sandbox's CRM has.
  static let nurtureList = "7"

  /// Leads to be reviewed have a channel of their own.
  static var withTriageChannel: Setup {
    var setup = onShift
    setup.edits.append(("playbook.yaml", "triage_channel: null", "triage_channel: \"#leads-triage\""))
    return setup
  }
}

/// A lead that lies on the desk, with its card.
struct Dealt: Sendable {
  let desk: Desk
  let form: FormLead
  let id: String
  let card: Desk.Card
  /// Who has it; of a lead in review, who is thought of.
  let owner: String

  /// The other member of the team.
  var colleague: String { Self.colleague(of: owner) }

  static func colleague(of handle: String) -> String { handle == "lena" ? "felix" : "lena" }

  /// The lead as the admin sees it, once it is in that state.
  @discardableResult
  func state(_ state: String) async throws -> JSON {
    try await desk.lead(id, state) { $0["state"].text == state }
  }

  func history(_ action: String) async throws -> [JSON] {
    try await desk.lead(id)["history"].items.filter { $0["action"].text == action }
  }

  /// Waits until the CRM shows the contact so.
  @discardableResult
  func crm(_ what: String, where fits: (CRMRecord) -> Bool) async throws -> CRMRecord {
    try await desk.contact(form.email, what, where: fits)
  }

  /// Waits until the CRM shows this owner and this lead status.
  @discardableResult
  func crm(owner handle: String, status: String) async throws -> CRMRecord {
    try await crm("owner \(handle) and status \(status)") {
      $0.properties["hubspot_owner_id"] == desk.owner(handle) && $0.properties["hs_lead_status"] == status
    }
  }

  /// Waits for a note that says so.
  func note(containing text: String, within limit: Duration = .seconds(30)) async throws {
    let contact = try await crm("a contact") { _ in true }
    try await eventually("a note with \(text)", within: limit) {
      noteTexts(of: contact).contains { $0.contains(text) }
    }
  }

  private func noteTexts(of contact: CRMRecord) -> [String] {
    desk.notes(of: contact).compactMap { desk.sandbox.world.record(.notes, $0)?.properties["hs_note_body"] }
  }

  /// Logs an outcome by the form, and waits until it is said.
  func log(_ result: String, _ reason: String?) async throws {
    try await eventually("the button") { card.buttons.contains("Log outcome") }
    try await card.press("Log outcome", as: owner)
    let window = try await desk.window(of: owner)
    let chosen = Entry.result(try window.option("result", containing: result))
    let values = reason.map { Entry.all(chosen, Entry.reason($0)) } ?? Entry.all(chosen)
    try #require(try await window.submit(values).errors.isEmpty)
    try await card.reply(containing: "\(result), logged by")
  }

  /// The tasks on the contact.
  func tasks() -> [CRMRecord] {
    desk.contacts(form.email).flatMap { desk.sandbox.world.linked(.contacts, $0.id, to: .tasks) }
      .compactMap { desk.sandbox.world.record(.tasks, $0) }
  }
}

extension FormLead {
  /// The only one of a company of its own: qualified, for the team of #leads-dach.
  static func alone(_ name: String) -> FormLead { .berlin(name, company: name.capitalized + "werk") }

  /// The same with too little known to decide.
  static func doubtful(_ name: String) -> FormLead {
    var lead = alone(name)
    lead.json["title"] = .null
    lead.json["source"] = .null
    return lead
  }
}

extension Desk {
  /// Hands in a lead that qualifies, and waits for its card.
  func dealt(_ name: String, form: FormLead? = nil) async throws -> Dealt {
    let form = form ?? FormLead.alone(name)
    let answer = try await submit(form)
    let card = try await card(in: "#leads-dach", about: "\(name.capitalized) Winter")
    let lead = try await lead(answer.lead, "an owner") { $0["owner"].text != nil && !$0["notifications"].items.isEmpty }
    return Dealt(desk: self, form: form, id: answer.lead, card: card, owner: Self.handle(lead["owner"]))
  }

  /// Hands in a lead that a person has to look at, and waits for its card.
  func doubtful(_ name: String, in channel: String = "#leads-dach") async throws -> Dealt {
    let form = FormLead.doubtful(name)
    let answer = try await submit(form)
    let card = try await card(in: channel, about: "\(name.capitalized) Winter")
    try await lead(answer.lead, "in review") { $0["state"].text == "in_review" && !$0["notifications"].items.isEmpty }
    return Dealt(desk: self, form: form, id: answer.lead, card: card, owner: "lena")
  }

  /// A lead that its owner has claimed.
  func claimed(_ name: String, form: FormLead? = nil) async throws -> Dealt {
    let dealt = try await dealt(name, form: form)
    try await dealt.card.press("Claim", as: dealt.owner)
    try await dealt.card.expect("Claimed by")
    try await dealt.card.reply(containing: "Claimed by")
    return dealt
  }

  /// The part of an address before the @.
  static func handle(_ address: JSON) -> String { String(address.text?.prefix { $0 != "@" } ?? "") }

  /// Someone's full name.
  func name(_ handle: String) -> String {
    sandbox.configuration.workspace.members.first { $0.handle == handle }?.name ?? handle
  }

  /// Leaves all cards as they are, as when Slack is slow to show an edit: old buttons can still be clicked.
  func freezeCards() { sandbox.world.setFault(.serverError(status: 503), for: .slack, operation: "chat.update") }

  func thawCards() { sandbox.world.setFault(nil, for: .slack, operation: "chat.update") }

  /// What Slack has refused of what Baton sent.
  var refusals: [String] {
    sandbox.world.calls(.slack).compactMap { call in call.refusal.map { "\(call.operation): \($0)" } }
      // A window that was closed while it was still being filled.
      .filter { $0 != "views.update: not_found" }
  }
}

extension Desk.Card {
  /// The labels of its buttons, without the link to the CRM.
  var buttons: [String] {
    (json?["blocks"].items ?? []).filter { $0["type"].text == "actions" }.flatMap { $0["elements"].items }
      .filter { $0["url"].isNull }.compactMap { $0["text"]["text"].text }
  }

  /// Where its link to the CRM leads.
  var link: String? {
    (json?["blocks"].items ?? []).flatMap { $0["elements"].items }.compactMap { $0["url"].text }.first
  }

  /// Waits until it offers these and no others.
  func expectButtons(_ labels: String...) async throws {
    do {
      try await eventually("buttons") { buttons == labels }
    } catch is NotInTime {
      throw Desk.NotSeen(what: "buttons \(labels), but \(buttons)", words: words)
    }
  }

  var replies: [JSON] {
    desk.sandbox.world.messages(channel).filter { $0["thread_ts"].text == ts && $0["ts"].text != ts }
  }

  /// How a card names somebody.
  func mention(_ handle: String) -> String { "@" + handle }
}
