import RevOps
import Testing
import VendorAPI

@testable import HubSpot

/// Instances, or one before and after its death, share nothing but the store.
@Suite struct CompanyClaimTests {
  private static let made = ScriptedHubSpot.Answer.json(201, #"{"id":"202","properties":{"domain":"acme.example"}}"#)
  private static let full = ScriptedHubSpot.Answer.results(
    #"{"id":"202","properties":{"name":"A","domain":"acme.example","industry":"BANKING"}}"#)

  private func company(_ crm: CRM) async throws -> String? {
    try await crm.perform(.company, CRM.Write.lead(), .known()).companyID
  }

  private func failure(_ crm: CRM) async -> ServiceError? {
    await #expect(throws: ServiceError.self) { try await company(crm) }
  }

  @Test func `instances that meet one domain at once make one company`() async throws {
    let documents = MemoryDocuments()
    let wire = ScriptedHubSpot([
      "companies.search": [.results()], "companies.create": [Self.made], "companies.batch_read": [Self.full],
    ])
    let instances = (0..<8).map { _ in CRM.scripted(wire, documents: documents) }
    let ids = await withTaskGroup(of: String?.self) { group in
      for crm in instances { group.addTask { try? await self.company(crm) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(ids.contains("202") && ids.allSatisfy { $0 == nil || $0 == "202" })
    for crm in instances { #expect(try await company(crm) == "202") }
    #expect(wire.count("companies.create") == 1)
  }

  @Test func `a company that another instance has made is taken though the search does not show it`() async throws {
    let documents = MemoryDocuments()
    let wire = ScriptedHubSpot([
      "contacts.read": [.missing], "contacts.search": [.results()], "companies.search": [.results()],
      "companies.create": [Self.made], "companies.batch_read": [Self.full],
    ])
    let second = CRM.scripted(wire, documents: documents)
    // It has looked before the other made it, and does not trust that any more.
    _ = try await second.lookUp(CRM.Query(email: "ada@acme.example", domain: "acme.example", company: nil))
    #expect(try await company(CRM.scripted(wire, documents: documents)) == "202")
    #expect(try await company(second) == "202")
    #expect(wire.count("companies.create") == 1)
  }

  @Test func `who died while it made a company is not repeated before the search can tell`() async throws {
    let documents = MemoryDocuments()
    let now = ManualNow()
    let wire = ScriptedHubSpot(["companies.search": [.results()], "companies.create": [.lost]])
    let ledger = CompanyClaims(documents: documents, now: { now.value })
    #expect(try await ledger.claim("acme.example") == .free)
    let successor = CRM.scripted(wire, now: now, documents: documents)
    // Whoever was at work may still be: it is asked again soon, then at growing distances.
    #expect(await failure(successor)?.retry == .later(.seconds(1)))
    now.advance(20)
    #expect(await failure(successor)?.retry == .later(.seconds(20)))
    now.advance(CompanyClaims.lifetime - 21)
    #expect(await failure(successor)?.retry == .later(.seconds(1)))
    #expect(wire.count("companies.create") == 0)
    now.advance(1)
    wire.answer("companies.create", Self.made)
    #expect(try await company(successor) == "202")
    #expect(wire.count("companies.create") == 1)
  }

  @Test func `a company that an interrupted instance did make is found as soon as the search shows it`() async throws {
    let documents = MemoryDocuments()
    let wire = ScriptedHubSpot(["companies.search": [.results()], "companies.create": [.lost]])
    _ = await failure(CRM.scripted(wire, documents: documents))
    wire.answer(
      "companies.search",
      .results(#"{"id":"202","properties":{"domain":"acme.example","name":"A","industry":"BANKING"}}"#))
    #expect(try await company(CRM.scripted(wire, documents: documents)) == "202")
    #expect(wire.count("companies.create") == 1)
  }

  @Test func `a refused creation leaves the next one free to try at once`() async throws {
    let documents = MemoryDocuments()
    let refusal = ScriptedHubSpot.Answer.json(429, #"{"errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}"#)
    let wire = ScriptedHubSpot(["companies.search": [.results()], "companies.create": [refusal, Self.made]])
    #expect(await failure(CRM.scripted(wire, documents: documents))?.retry == .later(.seconds(10)))
    #expect(try await company(CRM.scripted(wire, documents: documents)) == "202")
  }

  @Test func `a company that was made and is gone again is made anew`() async throws {
    let documents = MemoryDocuments()
    let again = ScriptedHubSpot.Answer.json(201, #"{"id":"303","properties":{"domain":"acme.example"}}"#)
    let wire = ScriptedHubSpot([
      "companies.search": [.results()], "companies.create": [Self.made, again], "companies.batch_read": [.results()],
    ])
    #expect(try await company(CRM.scripted(wire, documents: documents)) == "202")
    #expect(try await company(CRM.scripted(wire, documents: documents)) == "303")
  }

  @Test func `where HubSpot itself says that the company exists, that one is taken`() async throws {
    let conflict = ScriptedHubSpot.Answer.json(
      409, #"{"category":"CONFLICT","message":"Company already exists. Existing ID: 202"}"#)
    let wire = ScriptedHubSpot([
      "companies.search": [.results()], "companies.create": [conflict], "companies.batch_read": [Self.full],
    ])
    #expect(try await company(CRM.scripted(wire)) == "202")
  }

  @Test func `without the store no company is made, and later it is`() async throws {
    let documents = MemoryDocuments()
    let wire = ScriptedHubSpot(["companies.search": [.results()], "companies.create": [Self.made]])
    let crm = CRM.scripted(wire, documents: documents)
    documents.fail(with: StorageError(.unavailable, "away"))
    #expect(await failure(crm)?.retry == .now)
    documents.fail(with: nil)
    #expect(try await company(crm) == "202")
    #expect(wire.count("companies.create") == 1)
  }

  @Test func `a claim is forgotten when nobody needs it any more`() async throws {
    let documents = MemoryDocuments()
    let now = ManualNow()
    let claims = CompanyClaims(documents: documents, now: { now.value })
    #expect(try await claims.claim("acme.example") == .free)
    await claims.settle("acme.example", "202")
    #expect(try await claims.standing(of: "acme.example") == .made("202"))
    now.advance(700)
    #expect(try await claims.standing(of: "acme.example") == .free)
    _ = try await claims.claim("acme.example")
    await claims.release("acme.example")
    let document = try await documents.document("hubspot/companies/\(Partition(of: "acme.example"))")
    #expect(document.map { String(decoding: $0.content, as: UTF8.self) } == "{}")
  }

  @Test func `a claim allows the creation for a while only`() {
    let now = ManualNow()
    let isInTime = CompanyClaims(documents: MemoryDocuments(), now: { now.value }).permission()
    now.advance(9)
    #expect(isInTime())
    now.advance(1)
    #expect(!isInTime())
  }
}
