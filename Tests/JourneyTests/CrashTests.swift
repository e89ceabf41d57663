import Foundation
import Sandbox
import TestSupport
import Testing

/// Where on a lead's way the process is killed.
struct KillingPoint: Sendable, CustomTestStringConvertible {
  var name: String
  /// Switched on before the lead comes.
  var faults: [(service: Service, operation: String?, fault: Fault, calls: Int?)] = []
  /// Waited for before the kill; nil kills at once after the 202.
  var isReached: (@Sendable (Desk) -> Bool)?

  var testDescription: String { name }

  static let all = [
    KillingPoint(name: "right after the 202"),
    KillingPoint(name: "while Apollo is asked", faults: [(.apollo, nil, .hang, nil)]) { desk in
      !desk.sandbox.world.calls(.apollo).isEmpty
    },
    KillingPoint(name: "while HubSpot is asked", faults: [(.hubspot, nil, .hang, nil)]) { desk in
      desk.sandbox.world.calls(.hubspot).contains { $0.operation != "owners.list" }
    },
    KillingPoint(name: "during chat.postMessage, nothing posted", faults: [(.slack, "chat.postMessage", .hang, nil)]) {
      !$0.sandbox.world.calls(.slack, "chat.postMessage").isEmpty
    },
    // The look-up that follows a lost reply is held, so that the kill comes before it is done.
    KillingPoint(
      name: "during chat.postMessage, posted, reply lost",
      faults: [
        (.slack, "chat.postMessage", .resetAfter, 1), (.slack, "conversations.history", .hang, nil),
        (.slack, "conversations.replies", .hang, nil),
      ]
    ) { !$0.allMessages.isEmpty },
    KillingPoint(
      name: "during the contact's creation, created, reply lost",
      faults: [(.hubspot, "contacts.create", .resetAfter, 1)]
    ) { !$0.sandbox.world.records(.contacts).isEmpty },
  ]
}

@Suite(.timeLimit(.minutes(3)))
struct CrashTests {
  @Test("a process killed on a lead's way loses nothing and does nothing twice", arguments: KillingPoint.all)
  func killed(at point: KillingPoint) async throws {
    try await Desk.open { desk in
      let world = desk.sandbox.world
      for fault in point.faults {
        world.setFault(fault.fault, for: fault.service, operation: fault.operation, calls: fault.calls)
      }
      let lead = FormLead.berlin("klara")
      let answer = try await desk.submit(lead)
      #expect(answer.http == 202)
      if let isReached = point.isReached {
        try await eventually(point.name) { isReached(desk) }
      }
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
