import Foundation
import Sandbox
import TestSupport
import Testing

/// Where on a lead's way the process is killed.
struct KillingPoint: Sendable, CustomTestStringConvertible {
  struct Trouble: Sendable {
    var service: StandIn
    var operation: String?
    var fault: Fault
    var calls: Int?
  }

  var name: String
  /// Switched on before the lead comes.
  var troubles: [Trouble]
  /// Waited for before the kill.
  var isReached: @Sendable (Desk) -> Bool

  var testDescription: String { name }

  init(_ name: String, _ troubles: Trouble..., isReached: @escaping @Sendable (Desk) -> Bool = { _ in true }) {
    self.name = name
    self.troubles = troubles
    self.isReached = isReached
  }

  static let all = [accepted, enriching, lookingUp, posting, posted, creating]

  private static let accepted = KillingPoint("right after the 202")

  private static let enriching = KillingPoint("while Apollo is asked", Trouble(service: .apollo, fault: .hang)) {
    !$0.sandbox.world.calls(.apollo).isEmpty
  }

  private static let lookingUp = KillingPoint("while HubSpot is asked", Trouble(service: .hubspot, fault: .hang)) {
    $0.sandbox.world.calls(.hubspot).contains { $0.operation != "owners.list" }
  }

  private static let posting = KillingPoint(
    "during chat.postMessage, nothing posted",
    Trouble(service: .slack, operation: "chat.postMessage", fault: .hang)
  ) { !$0.sandbox.world.calls(.slack, "chat.postMessage").isEmpty }

  /// The look-up that follows a lost reply is held, so that the kill comes before it is done.
  private static let posted = KillingPoint(
    "during chat.postMessage, posted, reply lost",
    Trouble(service: .slack, operation: "chat.postMessage", fault: .resetAfter, calls: 1),
    Trouble(service: .slack, operation: "conversations.history", fault: .hang)
  ) { !$0.allMessages.isEmpty }

  private static let creating = KillingPoint(
    "during the contact's creation, created, reply lost",
    Trouble(service: .hubspot, operation: "contacts.create", fault: .resetAfter, calls: 1)
  ) { !$0.sandbox.world.records(.contacts).isEmpty }
}

@Suite(.timeLimit(.minutes(10)))
struct CrashTests {
  @Test("a process killed on a lead's way loses nothing and does nothing twice", arguments: KillingPoint.all)
  func killed(at point: KillingPoint) async throws {
    try await Desk.open { desk in
      let world = desk.sandbox.world
      for trouble in point.troubles {
        world.setFault(trouble.fault, for: trouble.service, operation: trouble.operation, calls: trouble.calls)
      }
      let lead = FormLead.berlin("klara")
      let answer = try await desk.submit(lead)
      #expect(answer.http == 202)
      try await eventually(point.name) { point.isReached(desk) }
      try await desk.kill()
      try await desk.restart()
      try await Self.expectOneOfEach(answer.lead, lead.email, desk)
    }
  }

  @Test func `a chat.postMessage whose reply is lost is found again, not repeated`() async throws {
    try await Desk.open { desk in
      desk.sandbox.world.setFault(.resetAfter, for: .slack, operation: "chat.postMessage", calls: 1)
      let lead = FormLead.berlin("linus")
      let answer = try await desk.submit(lead)
      try await Self.expectOneOfEach(answer.lead, lead.email, desk)
      #expect(desk.sandbox.world.calls(.slack, "chat.postMessage").count == 1)
    }
  }

  /// One card, one contact, one note, once everything that the lead wants is done.
  static func expectOneOfEach(_ lead: String, _ email: String, _ desk: Desk, card: Desk.Card? = nil) async throws {
    if card == nil { _ = try await desk.card(in: "#leads-dach", about: "Spreewerk", within: .seconds(30)) }
    let contact = try await desk.documented(email)
    let json = try await desk.lead(lead, "delivered, with its card known") {
      $0["state"].text == "delivered" && !$0["notifications"].items.isEmpty
    }
    #expect(json["notifications"].items.count == 1)
    #expect(json["history"].items.filter { $0["action"].text == "card_posted" }.count == 1)
    #expect(desk.cards(of: lead).count == 1)
    #expect(desk.contacts(email).count == 1)
    #expect(desk.notes(of: contact).count == 1)
    #expect(try await desk.admin("/admin/leads").json["leads"].items.count == 1)
    #expect(try await desk.admin("/admin/dead-letters").json["dead_letters"].items.isEmpty)
  }
}
