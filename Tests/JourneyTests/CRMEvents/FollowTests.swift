import Foundation
import Sandbox
import TestSupport
import Testing

/// What people do in HubSpot with a lead that lies on the desk.
@Suite(.timeLimit(.minutes(10)))
struct FollowTests {
  @Test(arguments: CRMWebhook.Format.allCases)
  func `an owner changed in HubSpot is the owner on the card, in the thread and in the audit`(
    format: CRMWebhook.Format
  ) async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.claimed("agnes")
      let contact = try await dealt.settledContact()
      var crm = desk.sandbox.crm
      crm.format = format
      let answer = await crm.setOwner(.contacts, contact.id, to: try desk.seat(dealt.colleague))
      #expect(answer?.status == 202)
      let line = try await dealt.card.reply(containing: "in HubSpot")
      #expect(desk.words(line).contains(dealt.card.mention(dealt.colleague)))
      try await dealt.owner(dealt.colleague)
      try await dealt.card.expect(dealt.card.mention(dealt.colleague))
      try await dealt.state("delivered")
      let audit = try #require(try await dealt.history("reassigned").first)
      #expect(audit["actor"].text == "HubSpot")
      // It is not written back, and nothing is said of it twice.
      let writes = desk.sandbox.world.calls(.hubspot, "contacts.update").count
      try await dealt.card.press("Claim", as: dealt.colleague)
      try await dealt.card.reply(containing: "Claimed by")
      try await dealt.crm(owner: dealt.colleague, status: "IN_PROGRESS")
      #expect(desk.sandbox.world.calls(.hubspot, "contacts.update").count <= writes + 1)
    }
  }

  @Test func `an owner that Baton wrote is nobody's change`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("berta")
      let contact = try await dealt.settledContact()
      try await dealt.card.press("Claim", as: "wei")
      try await dealt.card.reply(containing: "Claimed by Wei Chen")
      try await dealt.crm(owner: "wei", status: "IN_PROGRESS")
      let crm = desk.sandbox.crm
      for handle in [dealt.owner, "wei", dealt.owner] {
        await crm.tell([crm.changed(.contacts, contact.id, "hubspot_owner_id", try desk.seat(handle))])
      }
      try await desk.worksOff(3)
      try await dealt.owner("wei")
      #expect(dealt.card.replies.count == 1)
    }
  }

  @Test func `an owner taken out in HubSpot keeps the lead here, and the thread says so once`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("clara")
      let contact = try await dealt.settledContact()
      await desk.sandbox.crm.setOwner(.contacts, contact.id, to: "")
      try await dealt.card.reply(containing: "HubSpot shows no owner any more")
      await desk.sandbox.crm.setOwner(.contacts, contact.id, to: "")
      try await desk.worksOff(2)
      try await dealt.owner(dealt.owner)
      #expect(dealt.card.replies.count == 1)
      #expect(desk.sandbox.world.record(.contacts, contact.id)?.properties["hubspot_owner_id"] == nil)
    }
  }

  @Test(arguments: [CRMKind.calls, .emails, .meetings])
  func `what the owner logs in HubSpot is the first touch`(kind: CRMKind) async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("dorit")
      let contact = try await dealt.settledContact()
      await desk.sandbox.crm.log(kind, with: contact.id, by: try desk.seat("wei"))
      try await desk.worksOff(2)
      let before = try await desk.lead(dealt.id)
      #expect(before["state"].text == "delivered" && before["first_touch_at"].isNull, "it was another's")
      await desk.sandbox.crm.log(kind, with: contact.id, by: try desk.seat(dealt.owner))
      try await dealt.card.reply(containing: "First touch by \(desk.name(dealt.owner))")
      let lead = try await dealt.state("worked")
      #expect(lead["first_touch_at"].text != nil)
      #expect(try await dealt.history("first_touch").count == 1)
    }
  }

  @Test func `an e-mail that came in is no touch`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("edda")
      let contact = try await dealt.settledContact()
      let crm = desk.sandbox.crm
      let id = crm.put(
        .emails, with: contact.id, by: try desk.seat(dealt.owner), ["hs_email_direction": "INCOMING_EMAIL"])
      desk.sandbox.world.setRecord(.contacts, contact.id, ["notes_last_contacted": ""])
      await crm.tell([crm.created(.emails, id)])
      try await desk.worksOff(1)
      #expect(try await desk.lead(dealt.id)["first_touch_at"].isNull)
    }
  }

  @Test(arguments: [("closedwon", "won", "Won, 24000, in HubSpot"), ("closedlost", "lost", "Lost, 24000, in HubSpot")])
  func `a deal's end is the lead's, and memory keeps it`(stage: String, result: String, line: String) async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.claimed("frida")
      let contact = try await dealt.settledContact()
      let crm = desk.sandbox.crm
      let deal = await crm.openDeal("Frida", amount: 24_000, contacts: [contact.id])
      await crm.moveDeal(deal, to: stage, reason: "Budget")
      try await dealt.card.reply(containing: line)
      let lead = try await dealt.state("closed")
      #expect(lead["outcome"]["result"].text == result)
      #expect(lead["outcome"]["reason"].text == "Budget")
      let next = try await desk.dealt("gudrun")
      #expect(next.card.words.contains("Like `fridawerk.example`: \(result)"), "\(next.card.words)")
    }
  }

  @Test func `a deal that is opened again opens its lead again, and memory takes its end back`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.claimed("frauke")
      let contact = try await dealt.settledContact()
      let crm = desk.sandbox.crm
      let deal = await crm.openDeal("Frauke", amount: 10, contacts: [contact.id])
      await crm.moveDeal(deal, to: "closedlost", reason: "Budget")
      try await dealt.card.reply(containing: "Lost, 10, in HubSpot: Budget")
      await crm.moveDeal(deal, to: "contractsent")
      try await dealt.card.reply(containing: "The deal is open again in HubSpot")
      let lead = try await dealt.state("worked")
      #expect(lead["outcome"].isNull && lead["owner"].text?.hasPrefix(dealt.owner) == true)
      let next = try await desk.dealt("gerda")
      #expect(!next.card.words.contains("lost"), "\(next.card.words)")
      await crm.moveDeal(deal, to: "closedwon")
      try await dealt.card.reply(containing: "Won, 10, in HubSpot")
    }
  }

  @Test func `a deal of nobody who is a lead ends its company's newest open lead`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.claimed("helga")
      let contact = try await dealt.settledContact()
      let company = try #require(desk.sandbox.world.linked(.contacts, contact.id, to: .companies).first)
      let stranger = desk.sandbox.world.addRecord(.contacts, ["email": "cfo@helgawerk.example"])
      let crm = desk.sandbox.crm
      let deal = await crm.openDeal("Helgawerk", amount: 10, contacts: [stranger], companies: [company])
      await crm.moveDeal(deal, to: "closedwon")
      try await dealt.card.reply(containing: "Won, 10, in HubSpot")
      try await dealt.state("closed")
    }
  }
}
