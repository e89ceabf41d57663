import Foundation
import RevOps
import Sandbox
import Testing
import VendorAPI

@testable import HubSpot

@Suite(.timeLimit(.minutes(1))) struct SpentDayTests {
  @Test func `once the day's calls are spent none is made, and everybody learns when to come back`() async throws {
    try await LoopbackHubSpot.open { crm, world in
      world.setHubSpotDaySpent(true)
      let query = CRM.Query(email: "ada@acme.example", domain: nil, company: nil)
      _ = await #expect(throws: ServiceError.self) { try await crm.lookUp(query) }
      let calls = world.calls(.hubspot).count
      for _ in 0..<5 {
        let write = await #expect(throws: ServiceError.self) {
          try await crm.perform(.contact, CRM.Write.lead(), CRMRecord())
        }
        guard case .later(let wait) = write?.retry else {
          Issue.record("\(String(describing: write))")
          return
        }
        #expect(wait > .seconds(20) && wait <= .seconds(3_600))
        #expect(write?.outcomeUnknown == false)
        #expect(write?.detail.contains("DAILY") == true)
      }
      #expect(world.calls(.hubspot).count == calls)
    }
  }

  @Test func `an account that is being moved is left alone`() async throws {
    try await LoopbackHubSpot.call { client, world in
      world.setFault(.serverError(status: 477), for: .hubspot, calls: 1)
      _ = await #expect(throws: HubSpotFailure.self) { try await client.check() }
      world.clearCalls()
      let failure = await #expect(throws: HubSpotFailure.self) { try await client.check() }
      #expect(failure?.error.status == 477 && failure?.error.detail == "HubSpot is moving the account")
      #expect(world.calls(.hubspot).isEmpty)
    }
  }

  @Test func `a scope that the token lacks is a refusal for good`() async throws {
    try await LoopbackHubSpot.open { crm, world in
      world.setLackingScopes(["contacts.create"])
      let error = await #expect(throws: ServiceError.self) {
        try await crm.perform(.contact, CRM.Write.lead(), CRMRecord())
      }
      #expect(error?.code == "MISSING_SCOPES" && error?.retry == .never)
    }
  }
}
