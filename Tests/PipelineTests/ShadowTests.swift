import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ShadowTests {
  @Test func `in shadow mode everything is decided and nothing is sent, also not later`() async throws {
    let office = try await Office()
    let ids = [try await office.submit(), try await office.submit("bob@b.example", "cold")]
    try await office.open(mode: .shadow) { pipeline in
      try await office.settled(ids[0], ids[1])
      try await office.command(.claim, by: .user("an@n.example"), on: ids[0], waking: pipeline)
      try await office.settled(ids[0])
    }
    #expect(try await office.lead(ids[0]).state == .claimed)
    #expect(try await office.lead(ids[1]).state == .nurturing)
    try await office.open { _ in try await office.settled(ids[0], ids[1]) }
    #expect(office.slack.isSilent)
    #expect(office.crm.isUntouched)
    #expect(try await office.deadLetters().isEmpty)
  }

  @Test func `what was decided live waits while the mode is shadow`() async throws {
    let office = try await Office()
    office.crm.faults.set("perform", .fails(.down))
    let id = try await office.submit()
    try await office.open { _ in try await office.putOff(id, times: 1) }
    office.crm.faults.set("perform", nil)
    office.clock.advance(by: 600)
    try await office.open(mode: .shadow) { pipeline in
      try await office.settled(try await office.submit("bob@b.example", waking: pipeline))
    }
    #expect(office.crm.isUntouched)
    try await office.open { _ in try await office.settled(id) }
    #expect(office.crm.contacts == ["ada@acme.example"])
  }
}
