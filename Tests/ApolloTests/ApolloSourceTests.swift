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

  private func person(_ answer: ScriptedApollo.Answer?) async throws -> SourceAnswer? {
    var answers: [String: ScriptedApollo.Answer] = [:]
    answers["people.match"] = answer
    return try await source(ScriptedApollo(answers)).person("ada@acme.example")
  }

  private func company(_ answer: ScriptedApollo.Answer?) async throws -> SourceAnswer? {
    var answers: [String: ScriptedApollo.Answer] = [:]
    answers["organizations.enrich"] = answer
    return try await source(ScriptedApollo(answers)).company("acme.example")
  }

  private func source(_ wire: ScriptedApollo, limiter: RateLimiter = RateLimiter(rates: [:])) -> EnrichmentSource {
    ApolloSource.make(
      client: ApolloClient(transport: wire, baseURL: "https://apollo.test/v1", apiKey: "key-1", limiter: limiter))
  }

  @Test func `a match by address becomes a person and their employer, with its domain`() async throws {
    let found = try #require(try await person((200, Self.person)))
    #expect(
      found.person
        == Enrichment.Person(
          fullName: "Ada Lovelace", title: "CTO", seniority: "c_suite", department: "master_engineering_technical",
          country: "Germany", region: "Hesse", city: "Frankfurt", linkedinURL: "http://www.linkedin.com/in/ada"))
    #expect(found.company?.name == "Other")
    #expect(found.domains == ["other.example"])
  }

  @Test func `an organization becomes a company; what can't be true is left out`() async throws {
    let found = try #require(try await company((200, Self.organization)))
    #expect(
      found.company
        == Enrichment.Company(
          name: "Acme Bank", domain: "acme.example", industry: "banking", employees: 850, annualRevenue: 1_200_000,
          foundedYear: 1901, technologies: ["aws"], description: "A bank.", country: "Germany", region: "Hesse",
          city: "Frankfurt"))
    #expect(found.domains == ["acme.example"])
    #expect(found.person == nil)
  }

  @Test func `a success with null is no match`() async throws {
    #expect(try await person((200, Self.nobody)) == nil)
    #expect(try await person((200, "{}")) == nil)
    #expect(try await company((200, Self.nothing)) == nil)
    #expect(try await company((200, "{}")) == nil)
  }

  @Test func `a person with another address is somebody else, and so is their employer`() async throws {
    #expect(try await person((200, Self.person.replacingOccurrences(of: "ADA@", with: "adam@"))) == nil)
  }

  @Test func `fields of the wrong type are unknown and texts are bounded`() async throws {
    let long = String(repeating: "x", count: 5_000)
    let odd =
      #"{"person":{"title":["CTO"],"name":"\#(long)","departments":"x","organization":7,"seniority":"a\u0000b"}}"#
    let found = try #require(try await person((200, odd)))
    #expect(found.person?.title == nil)
    #expect(found.person?.fullName?.count == 300)
    #expect(found.person?.seniority == "a b")
    #expect(found.company == nil)
  }

  @Test func `the key is a header, the address an encoded query, and phone numbers are not asked for`() async throws {
    let wire = ScriptedApollo(["people.match": (200, Self.nobody)])
    _ = try await source(wire).person("a+b&c@acme.example")
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
      try await person((status, body))
    }
    #expect(error?.retry == retry)
    #expect(error?.service == "apollo")
    #expect(error?.outcomeUnknown == false)
    #expect(error?.detail.contains("@") == false)
  }
}
