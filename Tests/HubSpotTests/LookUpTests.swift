import RevOps
import Testing
import VendorAPI

@testable import HubSpot

@Suite struct LookUpTests {
  private let ada = CRM.Query(email: "ada@acme.example", domain: "acme.example", company: "Acme")
  private static let nothing: [String: [ScriptedHubSpot.Answer]] = [
    "contacts.read": [.missing], "contacts.search": [.results()], "companies.search": [.results()],
  ]

  private func company(_ id: String, _ more: String = "", domain: String = "acme.example") -> String {
    #"{"id":"\#(id)","properties":{"name":"Acme","domain":"\#(domain)"\#(more)}}"#
  }

  @Test func `an unknown person of an unknown company is nobody's`() async throws {
    let wire = ScriptedHubSpot(Self.nothing)
    #expect(try await CRM.scripted(wire).lookUp(ada) == CRMFacts())
    #expect(wire.operations.count == 3)
  }

  @Test func `the domain's company gives account owner, open deal and its newest owner`() async throws {
    var script = Self.nothing
    script["companies.search"] = [.results(company("202", #","hubspot_owner_id":"11""#))]
    script["associations.batch_read"] = [
      .results(#"{"from":{"id":"202"},"to":[{"toObjectId":"301"},{"toObjectId":302},{"toObjectId":"303"}]}"#)
    ]
    script["deals.batch_read"] = [
      .results(
        #"{"id":"301","properties":{"hs_is_closed":"false","hubspot_owner_id":"11","createdate":"2026-01-01"}}"#,
        #"{"id":"302","properties":{"hs_is_closed":"false","hubspot_owner_id":"12","createdate":"2026-03-01"}}"#,
        #"{"id":"303","properties":{"hs_is_closed":"true","hubspot_owner_id":"11","createdate":"2026-04-01"}}"#)
    ]
    let wire = ScriptedHubSpot(script)
    let facts = try await CRM.scripted(wire).lookUp(ada)
    #expect(facts.accountOwner == "jonas@northwind.example")
    #expect(facts.dealOwner == "anna@northwind.example")
    #expect(facts.accountStage == .openDeal)
    #expect(facts.matchedBy == "domain")
    #expect(facts.companyID == "202")
    #expect(wire.operations.count == 5)
  }

  @Test(arguments: ["acme.example.evil.test", "xn--acme-example", "acme-example", "sub.acme.example"])
  func `a domain that looks alike inherits nothing`(found: String) async throws {
    var script = Self.nothing
    script["companies.search"] = [.results(company("202", #","hubspot_owner_id":"11""#, domain: found))]
    #expect(try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada) == CRMFacts())
  }

  @Test func `of two companies the owned one counts, then the one changed last, then the oldest`() async throws {
    let recent = #","hs_lastmodifieddate":"2026-05-01""#
    let old = #","hs_lastmodifieddate":"2026-01-01""#
    let owned = #","hubspot_owner_id":"12""#
    let cases = [
      ([company("1", recent), company("2", old + owned)], "2"),
      ([company("1", old + owned), company("2", recent + owned)], "2"),
      ([company("99", old), company("100", old)], "99"),
    ]
    for (companies, expected) in cases {
      var script = Self.nothing
      script["companies.search"] = [.results(companies.joined(separator: ","))]
      script["associations.batch_read"] = [.results()]
      #expect(try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada).companyID == expected)
    }
  }

  @Test func `the company that the contact is linked to outranks the domain's`() async throws {
    var script = Self.nothing
    script["contacts.read"] = [
      .ok(
        #"{"id":"101","properties":{"email":"ada@acme.example","hubspot_owner_id":"11"},"#
          + #""associations":{"companies":{"results":[{"id":"205","type":"a"},{"id":"205","type":"b"}]}}}"#)
    ]
    script["companies.search"] = [.results(company("202", #","hubspot_owner_id":"11""#))]
    script["companies.batch_read"] = [
      .results(#"{"id":"205","properties":{"name":"Parent","hubspot_owner_id":"12"}}"#)
    ]
    script["associations.batch_read"] = [.results()]
    let facts = try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada)
    #expect(facts.companyID == "205")
    #expect(facts.accountOwner == "anna@northwind.example")
    #expect(facts.contactOwner == "jonas@northwind.example")
    #expect(facts.matchedBy == "contact")
    #expect(facts.accountStage == .known)
  }

  @Test func `an archived owner is no owner, and the contact's counts instead`() async throws {
    var script = Self.nothing
    script["contacts.read"] = [
      .ok(#"{"id":"101","properties":{"email":"ada@acme.example","hubspot_owner_id":"12"}}"#)
    ]
    script["companies.search"] = [.results(company("202", #","hubspot_owner_id":"19""#))]
    script["associations.batch_read"] = [.results()]
    let facts = try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada)
    #expect(facts.accountOwner == "anna@northwind.example")
    #expect(facts.matchedBy == "contact")
  }

  @Test(arguments: [("customer", AccountStage.customer), ("evangelist", .customer), ("lead", .known)])
  func `the contact's lifecycle stage tells the account's`(stage: String, expected: AccountStage) async throws {
    var script = Self.nothing
    script["contacts.read"] = [
      .ok(#"{"id":"101","properties":{"lifecyclestage":"\#(stage)","hs_email_optout":"true"}}"#)
    ]
    let facts = try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada)
    #expect(facts.accountStage == expected)
    #expect(facts.lifecycleStage == stage)
    #expect(facts.optedOut)
  }

  @Test func `a further address of a contact finds them, another's does not`() async throws {
    for (addresses, expected) in [("x@y.test; ADA@acme.example", "101"), ("ada@acme.example.evil.test", nil)] {
      var script = Self.nothing
      let found = #"{"id":"101","properties":{"email":"a@b.test","hs_additional_emails":"\#(addresses)"}}"#
      script["contacts.read"] = [.missing, .ok(found)]
      script["contacts.search"] = [.results(found)]
      #expect(try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada).contactID == expected)
    }
  }

  @Test func `without a domain the company's name counts, whatever its legal form`() async throws {
    let query = CRM.Query(email: "ada@mail.test", domain: nil, company: "ACME GmbH & Co. KG")
    for (name, expected) in [("Acme", "202"), ("Acme, Inc.", "202"), ("Acme Holding", nil), ("Аcme", nil)] {
      var script = Self.nothing
      script["companies.search"] = [.results(#"{"id":"202","properties":{"name":"\#(name)"}}"#)]
      script["associations.batch_read"] = [.results()]
      let wire = ScriptedHubSpot(script)
      let facts = try await CRM.scripted(wire).lookUp(query)
      #expect(facts.companyID == expected)
      #expect(facts.matchedBy == (expected == nil ? nil : "name"))
      let filter = try wire.bodies("companies.search")[0]["filterGroups"]?.array?.first?["filters"]?.array?.first
      #expect(filter?["propertyName"]?.string == "name")
    }
  }

  @Test func `with a domain of their own nobody inherits by the name that they type`() async throws {
    let wire = ScriptedHubSpot(Self.nothing)
    // The first letter is Cyrillic.
    let host = try #require(EmailAddress("ada@аcme.example")?.registrableDomain)
    let facts = try await CRM.scripted(wire).lookUp(CRM.Query(email: "ada@" + host, domain: host, company: "Acme"))
    #expect(facts == CRMFacts())
    let filters = try wire.bodies("companies.search").flatMap { $0["filterGroups"]?.array ?? [] }
      .flatMap { $0["filters"]?.array ?? [] }
    #expect(filters.map { $0["propertyName"]?.string } == ["domain"])
    #expect(filters.map { $0["value"]?.string } == ["xn--cme-5cd.example"])
  }

  @Test func `which of several companies was taken is said`() async throws {
    let owned = #","hubspot_owner_id":"12","hs_lastmodifieddate":"2026-01-01""#
    let free = #","hs_lastmodifieddate":"2026-05-01""#
    let later = #","hubspot_owner_id":"11","hs_lastmodifieddate":"2026-05-01""#
    let cases = [
      ([company("1", owned)], nil),
      ([company("1", free), company("2", owned)], "the only one that somebody owns of 2"),
      ([company("1", owned), company("2", later)], "the one changed last of those that somebody owns of 2"),
      ([company("1", free), company("2", free), company("3", free)], "the oldest of those changed last of 3"),
    ]
    for (companies, expected) in cases {
      var script = Self.nothing
      script["companies.search"] = [.results(companies.joined(separator: ","))]
      script["associations.batch_read"] = [.results()]
      #expect(try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada).matchNote == expected)
    }
  }

  @Test func `the address is one encoded segment and the token only a header`() async throws {
    let wire = ScriptedHubSpot(Self.nothing)
    _ = try await CRM.scripted(wire).lookUp(CRM.Query(email: "a/../b?c@acme.example", domain: nil, company: nil))
    let read = try #require(wire.requests.first { $0.operation == "contacts.read" })
    #expect(
      read.url.hasPrefix("https://hubspot.test/crm/objects/2026-09/contacts/a%2F..%2Fb%3Fc%40acme.example?idProperty="))
    #expect(wire.requests.allSatisfy { !$0.url.contains("secret-token") })
    #expect(read.headers.contains { $0.name == "Authorization" && $0.value == "Bearer secret-token" })
  }

  @Test func `a look-up that fails says so instead of answering with less`() async throws {
    var script = Self.nothing
    script["companies.search"] = [.json(503, "")]
    let error = await #expect(throws: ServiceError.self) {
      try await CRM.scripted(ScriptedHubSpot(script)).lookUp(ada)
    }
    #expect(error?.retry == .now)
    #expect(error?.outcomeUnknown == false)
  }
}
