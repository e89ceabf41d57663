import Foundation
import Sandbox
import TestSupport
import Testing

/// Contacts that people make in HubSpot.
@Suite(.timeLimit(.minutes(10)))
struct NewContactTests {
  static let hanna = [
    "email": "hanna@hafenlicht.example", "firstname": "Hanna", "lastname": "Winter", "jobtitle": "Head of Sales",
    "company": "Hafenlicht", "country": "Germany", "numemployees": "120", "message": "Please send a quote",
  ]

  @Test(arguments: CRMWebhook.Format.allCases)
  func `a contact typed into HubSpot is a lead with a card, and stays one contact`(format: CRMWebhook.Format)
    async throws
  {
    try await Desk.open(.told) { desk in
      var crm = desk.sandbox.crm
      crm.format = format
      let id = await crm.createContact(Self.hanna)
      let card = try await desk.card(in: "#leads-dach", about: "Hanna Winter")
      try await card.expect("Hafenlicht")
      let contact = try await desk.documented("hanna@hafenlicht.example")
      #expect(contact.id == id)
      #expect(desk.sandbox.world.records(.contacts).count == 1)
      let lead = try #require(try await desk.leads().first)
      #expect(lead["owner"].text != nil)
      #expect(lead["normalized"]["title"].text == "Head of Sales")
      #expect(lead["crm_record_id"].text == id)
    }
  }

  @Test func `a contact that has an owner in HubSpot goes to that owner`() async throws {
    try await Desk.open(.told) { desk in
      var contact = Self.hanna
      contact["hubspot_owner_id"] = try desk.seat("felix")
      await desk.sandbox.crm.createContact(contact)
      _ = try await desk.card(in: "#leads-dach", about: "Hanna Winter")
      let lead = try #require(try await desk.leads().first)
      #expect(lead["owner"].text == "felix@northwind.example")
    }
  }

  @Test func `a contact that Baton made is no new lead`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("ilse")
      let contact = try await dealt.settledContact()
      let crm = desk.sandbox.crm
      let told = await crm.tell([
        crm.created(.contacts, contact.id, source: "INTEGRATION"),
        crm.changed(.contacts, contact.id, "hubspot_owner_id", contact.properties["hubspot_owner_id"] ?? ""),
      ])
      #expect(told?.status == 202)
      try await desk.worksOff(2)
      #expect(try await desk.leads().count == 1)
      #expect(dealt.card.replies.isEmpty)
      #expect(desk.sandbox.world.records(.contacts).count == 1)
    }
  }

  @Test func `contacts of an imported file are leads without cards`() async throws {
    try await Desk.open(.told) { desk in
      await desk.sandbox.crm.createContact(Self.hanna, source: "IMPORT")
      let contact = try await desk.documented("hanna@hafenlicht.example")
      #expect(contact.properties["baton_lead_id"] == nil, "the sample account has no such property")
      #expect(try await desk.leads().count == 1)
      #expect(desk.allMessages.isEmpty)
    }
  }

  @Test func `a contact without an address is nobody's lead`() async throws {
    try await Desk.open(.told) { desk in
      await desk.sandbox.crm.createContact(["firstname": "Nobody"])
      try await desk.worksOff(1)
      #expect(try await desk.leads().isEmpty)
    }
  }
}
