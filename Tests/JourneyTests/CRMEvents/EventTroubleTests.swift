import Foundation
import Sandbox
import TestSupport
import Testing

/// Events that come twice, in any order, or at a bad moment.
@Suite(.timeLimit(.minutes(10)))
struct EventTroubleTests {
  @Test func `a batch told five times, shuffled, has one effect and is answered at once`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("irma")
      let contact = try await dealt.settledContact()
      let crm = desk.sandbox.crm
      let world = desk.sandbox.world
      let (first, second) = (try desk.seat("wei"), try desk.seat(dealt.colleague))
      world.setRecord(.contacts, contact.id, ["hubspot_owner_id": second])
      let call = crm.put(.calls, with: contact.id, by: second)
      let events = [
        crm.created(.contacts, contact.id, source: "INTEGRATION"),
        crm.changed(.contacts, contact.id, "hubspot_owner_id", first),
        crm.changed(.contacts, contact.id, "hubspot_owner_id", second),
        crm.changed(.contacts, contact.id, "notes_last_contacted", "1"), crm.created(.calls, call),
      ]
      for attempt in 0..<5 {
        let batch = events.shuffled().map { event in
          var event = event
          event["attemptNumber"] = .int(attempt)
          return event
        }
        let answer = try #require(await crm.send(batch))
        #expect(answer.status == 202)
        #expect(answer.milliseconds < 1_000)
      }
      try await dealt.card.reply(containing: "in HubSpot")
      try await dealt.owner(dealt.colleague)
      try await dealt.state("worked")
      try await desk.worksOff(events.count)
      #expect(try await dealt.history("reassigned").count == 1)
      #expect(try await dealt.history("first_touch").count == 1)
      #expect(dealt.card.replies.count == 1)
      #expect(try await desk.leads().count == 1)
      #expect(world.record(.contacts, contact.id)?.properties["hubspot_owner_id"] == second)
    }
  }

  @Test func `an event waits while HubSpot is down, and is not lost`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("jutta")
      let contact = try await dealt.settledContact()
      desk.sandbox.world.setFault(.serverError(status: 503), for: .hubspot)
      let answer = await desk.sandbox.crm.setOwner(.contacts, contact.id, to: try desk.seat(dealt.colleague))
      #expect(answer?.status == 202)
      #expect((answer?.milliseconds ?? .infinity) < 1_000)
      try await eventually("the record is asked for") {
        desk.sandbox.world.calls(.hubspot, "contacts.read").contains { $0.status == 503 }
      }
      // Meanwhile people work as ever.
      try await dealt.card.press("Claim", as: dealt.owner)
      try await dealt.card.reply(containing: "Claimed by")
      #expect(try await desk.admin("/admin/dead-letters").json["dead_letters"].items.isEmpty)
      desk.sandbox.world.clearFaults()
      try await dealt.card.reply(containing: "Reassigned to \(desk.name(dealt.colleague)) in HubSpot")
      try await dealt.owner(dealt.colleague)
    }
  }

  @Test func `a process killed between storing an event and working on it does so after its restart`() async throws {
    try await Desk.open(.told) { desk in
      let dealt = try await desk.dealt("karin")
      let contact = try await dealt.settledContact()
      desk.sandbox.world.setFault(.hang, for: .hubspot, operation: "contacts.read")
      let answer = await desk.sandbox.crm.setOwner(.contacts, contact.id, to: try desk.seat(dealt.colleague))
      #expect(answer?.status == 202)
      try await desk.kill()
      try await desk.restart()
      try await dealt.card.reply(containing: "Reassigned to \(desk.name(dealt.colleague)) in HubSpot")
      try await dealt.owner(dealt.colleague)
      #expect(try await dealt.history("reassigned").count == 1)
    }
  }

  @Test func `on three instances an event has one effect, whichever gets it`() async throws {
    try await Desk.open(Setup.told.onRedis) { desk in
      let dealt = try await desk.dealt("lotte")
      let contact = try await dealt.settledContact()
      let crm = desk.sandbox.crm
      desk.sandbox.world.setRecord(.contacts, contact.id, ["hubspot_owner_id": try desk.seat(dealt.colleague)])
      let event = crm.changed(.contacts, contact.id, "hubspot_owner_id", try desk.seat(dealt.colleague))
      for _ in 0..<6 { #expect(await crm.send([event])?.status == 202) }
      try await dealt.card.reply(containing: "Reassigned to \(desk.name(dealt.colleague)) in HubSpot")
      try await dealt.owner(dealt.colleague)
      #expect(try await dealt.history("reassigned").count == 1)
    }
  }
}
