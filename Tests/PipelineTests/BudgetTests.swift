import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct BudgetTests {
  @Test func `who does not answer within the budget is named as missing, and the card comes without`() async throws {
    let office = try await Office(.office { $0.enrich.budget = 1 })
    office.enrichment.set("apollo", .holds)
    office.crm.faults.set("lookUp", .holds)
    let id = try await office.submit()
    try await office.open([.slack, .crm, .apollo]) { _ in
      // Side by side: one budget, not two.
      try await eventually("both are asked") {
        office.enrichment.count("apollo") == 1 && office.crm.faults.count("lookUp") == 1
      }
      #expect(try await office.lead(id).enriched == nil)
      try await eventually("a card") { try await office.lead(id).desk.card != nil }
      let lead = try await office.lead(id)
      #expect(lead.enriched?.missing == ["apollo", "hubspot"])
      #expect(lead.warnings == ["account not checked"])
      #expect(lead.desk.owner == "jo@n.example")
      office.enrichment.set("apollo", nil)
      office.crm.faults.set("lookUp", nil)
    }
  }

  @Test func `an answer in time is used`() async throws {
    let office = try await Office()
    let id = try await office.submit()
    try await office.open([.slack, .crm, .apollo]) { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.facts?.normalized.employees == 900)
    #expect(lead.enriched?.missing == [])
    #expect(lead.warnings == [])
  }

  @Test func `a person is looked up once, and again when the source is away`() async throws {
    let office = try await Office()
    try await office.open([.apollo]) { pipeline in
      let first = try await office.submit(waking: pipeline)
      try await office.settled(first)
      office.enrichment.set("apollo", .fails(.down))
      // After a closed lead the person's next submission is a lead of its own.
      try await office.close(first, waking: pipeline)
      let second = try await office.submit(waking: pipeline)
      try await office.settled(second)
      #expect(try await office.lead(second).facts?.normalized.employees == 900)
    }
    #expect(office.enrichment.count("apollo") == 1)
  }

  @Test func `without an answer of the CRM the other rules decide`() async throws {
    let office = try await Office()
    office.crm.faults.set("lookUp", .fails(.down))
    let id = try await office.submit()
    try await office.open { _ in try await office.settled(id) }
    let lead = try await office.lead(id)
    #expect(lead.warnings == ["account not checked"])
    #expect(lead.enriched?.missing == ["hubspot"])
    #expect(lead.routing?.decidedBy == .fallback)
    #expect(office.crm.faults.count("activeOwners") == 0)
  }

  @Test func `a list of owners that does not come holds up nobody`() async throws {
    let office = try await Office()
    office.crm.faults.set("activeOwners", .holds)
    var dependencies = office.dependencies([.slack, .crm])
    dependencies.ownersPatience = .milliseconds(50)
    let id = try await office.submit()
    try await office.open(office.pipeline(dependencies)) { pipeline in
      try await office.settled(id)
      try await office.command(.release(reason: nil), by: .admin, on: id, waking: pipeline)
      try await office.settled(id)
      #expect(try await office.lead(id).desk.owner == "an@n.example")
    }
  }

  @Test func `whose look-ups are cut short by the end of the process is asked again, not missing`() async throws {
    let office = try await Office()
    office.enrichment.set("apollo", .holds)
    let id = try await office.submit()
    let pipeline = office.pipeline(office.dependencies([.slack, .apollo]))
    let run = Task { await pipeline.run() }
    try await eventually("the look-up") { office.enrichment.count("apollo") == 1 }
    run.cancel()
    await run.value
    #expect(try await office.messages(of: id).map(\.wasRunning) == [false])
    office.enrichment.set("apollo", nil)
    try await office.open([.slack, .apollo]) { _ in try await office.settled(id) }
    #expect(try await office.lead(id).enriched?.missing == [])
  }
}
