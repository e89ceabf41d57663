import Foundation
import RevOps
import Testing
import VendorAPI

@testable import Apollo

@Suite struct ApolloSourceTests {
  private static let person =
    #"{"person":{"email":"ADA@acme.example","name":"Ada Lovelace","title":"CTO","seniority":"c_suite","#
    + #""departments":["master_engineering_technical"],"country":"Germany","state":"Hesse","city":"Frankfurt","#
    + #""linkedin_url":"http://www.linkedin.com/in/ada","organization":{"name":"Other","primary_domain":"other.example"}}}"#
  private static let organization =
    #"{"organization":{"name":"Acme Bank","primary_domain":"www.acme.example","industry":"banking","#
    + #""estimated_num_employees":850,"annual_revenue":1200000.0,"founded_year":1901,"technology_names":["aws"],"#
    + #""short_description":"A bank.","country":"Germany","state":"Hesse","city":"Frankfurt","linkedin_url":"javascript:x"}}"#
  private static let nobody = #"{"person":null,"request_id":"1"}"#
  private static let nothing = #"{"organization":null}"#

  private func lookUp(
    _ person: ScriptedApollo.Answer?, _ organization: ScriptedApollo.Answer?, domain: String? = "acme.example"
  ) async throws -> Enrichment? {
    var answers: [String: ScriptedApollo.Answer] = [:]
    answers["people.match"] = person
    answers["organizations.enrich"] = organization
    return try await source(ScriptedApollo(answers)).lookUp("ada@acme.example", domain)
  }

  private func source(_ wire: ScriptedApollo, limiter: RateLimiter = RateLimiter(rates: [:])) -> EnrichmentSource {
    ApolloSource.make(
      client: ApolloClient(transport: wire, baseURL: "https://apollo.test/v1", apiKey: "key-1", limiter: limiter))
  }

  @Test func `person and organization become facts, each attributed`() async throws {
    let found = try #require(try await lookUp((200, Self.person), (200, Self.organization)))
    #expect(
      found.person
        == Enrichment.Person(
          fullName: "Ada Lovelace", title: "CTO", seniority: "c_suite", department: "master_engineering_technical",
          country: "Germany", region: "Hesse", city: "Frankfurt", linkedinURL: "http://www.linkedin.com/in/ada"))
    #expect(
      found.company
        == Enrichment.Company(
          name: "Acme Bank", domain: "acme.example", industry: "banking", employees: 850, annualRevenue: 1_200_000,
          foundedYear: 1901, technologies: ["aws"], description: "A bank.", country: "Germany", region: "Hesse",
          city: "Frankfurt"))
    #expect(found.sources["company.annual_revenue"] == .apollo)
    #expect(found.sources["person.title"] == .apollo)
    #expect(found.sources["company.linkedin_url"] == nil)
    #expect(found.sources.count == 19)
  }

  @Test func `a success with null is no match`() async throws {
    #expect(try await lookUp((200, Self.nobody), (200, Self.nothing)) == nil)
    #expect(try await lookUp((200, "{}"), (200, "{}")) == nil)
  }

  @Test func `another company is refused, and the person whom the address names stays`() async throws {
    let other = Self.organization.replacingOccurrences(of: "www.acme.example", with: "acme-example.test")
    let found = try #require(try await lookUp((200, Self.person), (200, other)))
    #expect(found.company == nil)
    #expect(found.person?.title == "CTO")
  }

  @Test func `a person with another address is somebody else, and so is their employer`() async throws {
    let other = Self.person.replacingOccurrences(of: "ADA@", with: "adam@")
      .replacingOccurrences(of: "other.example", with: "acme.example")
    #expect(try await lookUp((200, other), (200, Self.nothing)) == nil)
  }

  @Test func `the person's own organization counts where it is the lead's`() async throws {
    let same = Self.person.replacingOccurrences(of: "other.example", with: "acme.example")
    #expect(try await lookUp((200, same), (200, Self.nothing))?.company?.name == "Other")
    #expect(try await lookUp((200, Self.person), nil, domain: nil)?.company?.domain == "other.example")
  }

  @Test func `fields of the wrong type are unknown and texts are bounded`() async throws {
    let long = String(repeating: "x", count: 5_000)
    let odd =
      #"{"person":{"title":["CTO"],"name":"\#(long)","departments":"x","organization":7,"seniority":"a\u0000b"}}"#
    let found = try #require(try await lookUp((200, odd), (200, Self.nothing)))
    #expect(found.person?.title == nil)
    #expect(found.person?.fullName?.count == 300)
    #expect(found.person?.seniority == "a b")
  }

  @Test func `the key is a header, the address an encoded query, and phone numbers are not asked for`() async throws {
    let wire = ScriptedApollo(["people.match": (200, Self.nobody)])
    _ = try await source(wire).lookUp("a+b&c@acme.example", nil)
    let request = try #require(wire.requests.first)
    #expect(wire.requests.count == 1)
    #expect(
      request.url == "https://apollo.test/v1/people/match?email=a%2Bb%26c%40acme.example"
        + "&reveal_personal_emails=false&reveal_phone_number=false")
    #expect(request.headers.contains { $0.name == "x-api-key" && $0.value == "key-1" })
  }

  @Test(arguments: [
    (401, "Invalid access credentials.", ServiceError.Retry.never), (403, "{}", .never), (422, "{}", .never),
    (429, #"{"message":"no"}"#, .later(.seconds(60))), (500, "", .now), (200, "<html>", .now),
    (200, #"{"error":"ada@acme.example"}"#, .never),
  ])
  func `each refusal has one answer and repeats nothing`(
    status: Int, body: String, retry: ServiceError.Retry
  ) async throws {
    let error = await #expect(throws: ServiceError.self) {
      try await lookUp((status, body), nil, domain: nil)
    }
    #expect(error?.retry == retry)
    #expect(error?.service == "apollo")
    #expect(error?.outcomeUnknown == false)
    #expect(error?.detail.contains("@") == false)
  }

  @Test func `one side that fails for now fails the look-up, one that the plan lacks does not`() async throws {
    await #expect(throws: ServiceError.self) { try await lookUp(nil, (200, Self.organization)) }
    let refused = (403, #"{"error":"no","error_code":"API_INACCESSIBLE"}"#)
    #expect(try await lookUp(refused, (200, Self.organization))?.company?.employees == 850)
    let error = await #expect(throws: ServiceError.self) { try await lookUp(refused, (200, Self.nothing)) }
    #expect(error?.code == "API_INACCESSIBLE")
  }
}
