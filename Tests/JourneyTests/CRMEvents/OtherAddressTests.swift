import Foundation
import Sandbox
import TestSupport
import Testing

/// A rep whom the configuration knows by another address than HubSpot and Slack do.
@Suite(.timeLimit(.minutes(10)))
struct OtherAddressTests {
  private static let elsewhere = "l.berg@northwind.example"

  private static let setup: Setup = {
    var setup = Setup.told
    for index in setup.sandbox.workspace.members.indices
    where setup.sandbox.workspace.members[index].email == "lena@northwind.example" {
      setup.sandbox.workspace.members[index].email = elsewhere
    }
    let member = "email: lena@northwind.example"
    setup.edits.append(("routing.yaml", member, "\(member), slack: \(elsewhere), hubspot: \(elsewhere)"))
    return setup
  }()

  @Test
  func `whom HubSpot knows by another address owns accounts here and contacts there, and nobody's change is seen`()
    async throws
  {
    try await Desk.open(Self.setup) { desk in
      let world = desk.sandbox.world
      let seat = try #require(world.owner(Self.elsewhere)).id
      _ = world.addRecord(
        .companies, ["name": "Ottiliewerk", "domain": "ottiliewerk.example", "hubspot_owner_id": seat])
      let form = FormLead.alone("ottilie")
      let answer = try await desk.submit(form)
      try await desk.lead(answer.lead, "its account's owner") { $0["owner"].text == "lena@northwind.example" }
      _ = try await desk.card(in: "#leads-dach", about: "Ottilie Winter")
      let contact = try await desk.documented(form.email)
      #expect(world.record(.contacts, contact.id)?.properties["hubspot_owner_id"] == seat)
      let crm = desk.sandbox.crm
      await crm.tell([crm.changed(.contacts, contact.id, "hubspot_owner_id", seat)])
      try await desk.worksOff(1)
      let lead = try await desk.lead(answer.lead)
      #expect(lead["owner"].text == "lena@northwind.example")
      #expect(lead["history"].items.allSatisfy { $0["action"].text != "reassigned" })
    }
  }
}
