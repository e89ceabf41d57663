import Foundation
import Sandbox
import TestSupport
import Testing

/// A lead's whole way, told by people who try again when something did not work: it comes in by the form, its owner
/// claims it and then sends it to nurture.
struct CrashStory: Sendable {
  static let reason = "Budget next year"
  private static let patience = Duration.seconds(60)

  let desk: Desk
  let form = FormLead.alone("klara")

  /// - Returns: the lead's id.
  func tell() async throws -> Dealt {
    let id = try await submit()
    let card = try await desk.card(in: "#leads-dach", about: "Klara Winter", within: Self.patience)
    var owner = ""
    try await until("an owner") {
      owner = Desk.handle(try await desk.lead(id)["owner"])
      return !owner.isEmpty
    }
    let dealt = Dealt(desk: desk, form: form, id: id, card: card, owner: owner)
    try await reach("claimed", dealt) { try await card.press("Claim", as: owner) }
    try await reach("nurturing", dealt) { try await nurture(dealt) }
    return dealt
  }

  /// What the way must have left behind once all is done, exactly once each.
  func check(_ dealt: Dealt) async throws {
    let claimed = try await dealt.card.reply(containing: "Claimed by")
    let nurtured = try await dealt.card.reply(containing: "Sent to nurture by")
    #expect(claimed["ts"] != nurtured["ts"])
    try await dealt.card.expect("in nurture", within: Self.patience)
    // Who dies while it makes a company keeps the others waiting until HubSpot's search could tell.
    try await dealt.note(containing: Self.reason, within: Self.patience)
    let contact = try await dealt.crm("the end in the CRM") { $0.properties["hs_lead_status"] == "BAD_TIMING" }
    try await until("a task") { !dealt.tasks().isEmpty }
    try await until("the list") { desk.sandbox.world.listMembers(Setup.nurtureList).contains(contact.id) }
    try await untilQuiet()
    #expect(desk.cards(of: dealt.id).count == 1)
    #expect(dealt.card.replies.count == 2)
    #expect(desk.contacts(form.email).count == 1)
    #expect(contact.properties["hubspot_owner_id"] == desk.owner(dealt.owner))
    #expect(dealt.tasks().count == 1)
    #expect(desk.notes(of: contact).count == 2, "one of the arrival, one of the nurture")
    #expect(desk.sandbox.world.records(.companies).filter { $0.properties["domain"] == "klarawerk.example" }.count == 1)
    let lead = try await desk.lead(dealt.id)
    for action in ["received", "delivered", "card_posted", "claimed", "nurtured"] {
      #expect(lead["history"].items.filter { $0["action"].text == action }.count == 1, "\(action)")
    }
    #expect(lead["errors"].items.isEmpty && lead["merged"].items.isEmpty)
    #expect(try await desk.admin("/admin/leads").json["leads"].items.count == 1)
    #expect(try await desk.admin("/admin/dead-letters").json["dead_letters"].items.isEmpty)
  }

  // MARK: Steps

  /// With one delivery id, again until it is answered.
  private func submit() async throws -> String {
    var id: String?
    try await until("the form's answer") {
      id = try await desk.submit(form, id: "msg_sweep").lead
      return true
    }
    return id ?? ""
  }

  private func nurture(_ dealt: Dealt) async throws {
    if try desk.windows(of: dealt.owner).isEmpty { try await dealt.card.press("Nurture", as: dealt.owner) }
    let window: Window = try await eventually("the form", within: .seconds(3)) {
      try desk.windows(of: dealt.owner).isEmpty ? nil : try await desk.window(of: dealt.owner)
    }
    let values = Entry.all(Entry.revisit(Entry.day(in: 40)), Entry.reason(Self.reason))
    // What was sent and not answered may have been done: then the form is of no use any more.
    if try await !window.submit(values).errors.isEmpty { try await window.close() }
  }

  /// Does it, again where the lead does not get there.
  private func reach(_ state: String, _ dealt: Dealt, _ act: () async throws -> Void) async throws {
    try await until("\(state)") {
      if try await desk.lead(dealt.id)["state"].text == state { return true }
      try await act()
      try await desk.lead(dealt.id, state, within: .seconds(5)) { $0["state"].text == state }
      return true
    }
  }

  /// Whatever fails on the way is tried again: the process may just be dead.
  private func until(_ what: String, _ holds: () async throws -> Bool) async throws {
    var last: (any Error)?
    do {
      try await eventually(what, within: Self.patience, every: .milliseconds(100)) {
        do { return try await holds() } catch {
          last = error
          return false
        }
      }
    } catch is NotInTime {
      throw Desk.Refused(description: "\(what) did not come: \(last.map { "\($0)" } ?? "-")")
    }
  }

  /// Waits until no service has been called for a while: whatever would be done twice has been.
  func untilQuiet() async throws {
    var count = 0
    var since = ContinuousClock.now
    try await eventually("quiet", within: Self.patience) {
      let calls = StandIn.allCases.reduce(0) { $0 + desk.sandbox.world.calls($1).count }
      if calls != count { (count, since) = (calls, ContinuousClock.now) }
      return ContinuousClock.now - since > .milliseconds(800)
    }
  }
}
