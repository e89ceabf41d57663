import Foundation
import RevOps
import Sandbox
import Testing
import VendorAPI

@testable import HubSpot

/// Many leads together, and one alone.
@Suite(.timeLimit(.minutes(2))) struct BurstTests {
  private static let preparing: Set<String> = ["owners.list", "properties.list"]

  private func calls(_ world: World) -> [String] {
    world.calls(.hubspot).map(\.operation).filter { !Self.preparing.contains($0) }
  }

  private func passTogether(_ numbers: Range<Int>, _ crm: CRM) async throws -> [RevOps.CRMRecord] {
    try await withThrowingTaskGroup(of: RevOps.CRMRecord.self) { group in
      for number in numbers { group.addTask { try await LoopbackHubSpot.pass(number, crm) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func checkWhole(_ world: World, _ count: Int) {
    #expect(Set(world.records(.contacts).compactMap { $0.properties["email"] }).count == count)
    #expect(world.records(.contacts).count == count)
    #expect(world.records(.companies).count == count)
    #expect(world.records(.notes).count == count)
    for contact in world.records(.contacts) {
      #expect(world.linked(.contacts, contact.id, to: .companies).count == 1)
      #expect(world.linked(.contacts, contact.id, to: .notes).count == 1)
      #expect(contact.properties["hs_lead_status"] == "NEW")
    }
    #expect(world.hubSpotViolations == [])
  }

  @Test func `a new lead alone takes six calls`() async throws {
    try await LoopbackHubSpot.open { crm, world in
      let record = try await LoopbackHubSpot.pass(1, crm)
      #expect(record.associated && record.remarks.isEmpty)
      #expect(
        calls(world).sorted() == [
          "companies.create", "companies.search", "contacts.create", "contacts.read", "contacts.search", "notes.create",
        ])
      checkWhole(world, 1)
    }
  }

  @Test func `a hundred new leads together share their calls`() async throws {
    try await LoopbackHubSpot.open(delay: .milliseconds(30)) { crm, world in
      _ = try await passTogether(0..<100, crm)
      checkWhole(world, 100)
      let calls = calls(world)
      #expect(calls.count <= 150, "\(Dictionary(grouping: calls) { $0 }.mapValues(\.count))")
    }
  }

  @Test func `sixty leads against tight limits: none is lost or doubled, and hardly a call is refused`() async throws {
    let limits = HubSpotLimits(calls: 20, window: .seconds(1), searches: 3, searchWindow: .milliseconds(500))
    let rates = [
      "hubspot": Rate(count: 20, per: .milliseconds(1_100)), "hubspot_search": Rate(count: 3, per: .milliseconds(600)),
    ]
    try await LoopbackHubSpot.open(rates: rates, limits: limits) { crm, world in
      _ = try await passTogether(0..<60, crm)
      checkWhole(world, 60)
      let all = world.calls(.hubspot)
      let refused = all.count { $0.status == 429 }
      #expect(Double(refused) <= 0.02 * Double(all.count), "\(refused) of \(all.count)")
    }
  }

  @Test func `the stand-in does refuse what goes beyond the limits`() async throws {
    try await LoopbackHubSpot.open(limits: HubSpotLimits(calls: 5, window: .seconds(30))) { crm, world in
      let error = await #expect(throws: ServiceError.self) {
        for number in 0..<3 { _ = try await LoopbackHubSpot.pass(number, crm) }
      }
      #expect(error?.code == "RATE_LIMIT")
      #expect(world.calls(.hubspot).contains { $0.status == 429 })
    }
  }

  @Test func `people whom the CRM knows by a further address are filled, in a burst as well`() async throws {
    try await LoopbackHubSpot.open(delay: .milliseconds(20)) { crm, world in
      for number in 0..<30 where number % 3 == 0 {
        world.addRecord(
          .contacts, ["email": "old\(number)@elsewhere.example", "hs_additional_emails": "ada@acme\(number).example"])
      }
      let records = try await passTogether(0..<30, crm)
      #expect(records.filter { !$0.associated }.isEmpty)
      #expect(world.records(.contacts).count == 30)
      #expect(world.records(.companies).count == 30)
    }
  }

  @Test func `one bad value fails its own record and no other`() async throws {
    try await LoopbackHubSpot.call(delay: .milliseconds(20)) { client, world in
      let calls = GatheredCalls(client)
      let outcomes = await withTaskGroup(of: Result<HubSpotObject, HubSpotFailure>.self) { group in
        for number in 0..<20 {
          let value = number == 13 ? "no_such_value" : "NEW"
          group.addTask {
            await attempt { () async throws(HubSpotFailure) in
              try await calls.create(.contacts, ["email": "p\(number)@acme.example", "hs_lead_status": value])
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      let failures = outcomes.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
      #expect(failures.count == 1)
      #expect(failures.first?.refusal?.properties == ["hs_lead_status"])
      #expect(world.records(.contacts).count == 19)
    }
  }

  @Test func `in a batch an address that is taken fails its own record and no other`() async throws {
    try await LoopbackHubSpot.call { client, world in
      let known = world.addRecord(.contacts, ["email": "p3@acme.example"])
      let records = (0..<6).map { NewRecord(properties: ["email": "p\($0)@acme.example"]) }
      let outcomes = try await client.create(.contacts, records)
      let conflict = outcomes.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
      #expect(conflict.map(\.isConflict) == [true])
      #expect(conflict.first?.refusal?.existingID == known)
      #expect(world.records(.contacts).count == 6)
    }
  }
}
