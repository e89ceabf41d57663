import Foundation
import RevOps
import Testing
import VendorAPI

@testable import Clearbit

@Suite struct ClearbitSourceTests {
  private static let company =
    #"{"name":"Acme Bank","domain":"acme.example","domainAliases":["acme.test"],"category":{"industry":"Banks"},"#
    + #""metrics":{"employees":850,"annualRevenue":null},"foundedYear":1901,"tech":["aws"],"#
    + #""geo":{"country":"Germany","countryCode":"DE","state":"Hesse","city":"Frankfurt"},"#
    + #""linkedin":{"handle":"company/acme"}}"#
  private static let person =
    #"{"email":"ada@acme.example","name":{"fullName":"Ada Lovelace"},"linkedin":{"handle":"in/ada"},"#
    + #""employment":{"title":"CTO","role":"engineering","seniority":"executive"},"geo":{"countryCode":"DE"}}"#
  private static let unknown = (404, #"{"error":{"type":"unknown_record"}}"#)

  private func source(_ wire: ScriptedClearbit, baseURL: String? = "https://clearbit.test") -> EnrichmentSource {
    ClearbitSource.make(
      client: ClearbitClient(
        transport: wire, baseURL: baseURL, apiKey: "key-1", limiter: RateLimiter(rates: [:])))
  }

  private func lookUp(
    _ combined: ScriptedClearbit.Answer, _ company: ScriptedClearbit.Answer? = nil,
    email: String = "ada@acme.example", domain: String? = "acme.example"
  ) async throws -> Enrichment? {
    var answers = ["combined.find": combined]
    answers["companies.find"] = company
    return try await source(ScriptedClearbit(answers)).lookUp(email, domain)
  }

  @Test func `person and company become facts, each attributed`() async throws {
    let body = #"{"person":\#(Self.person),"company":\#(Self.company)}"#
    let found = try #require(try await lookUp((200, body)))
    #expect(
      found.person
        == Enrichment.Person(
          fullName: "Ada Lovelace", title: "CTO", seniority: "executive", department: "engineering", country: "DE",
          linkedinURL: "https://www.linkedin.com/in/ada"))
    #expect(
      found.company
        == Enrichment.Company(
          name: "Acme Bank", domain: "acme.example", industry: "Banks", employees: 850, foundedYear: 1901,
          technologies: ["aws"], country: "DE", region: "Hesse", city: "Frankfurt",
          linkedinURL: "https://www.linkedin.com/company/acme"))
    #expect(found.sources["company.founded_year"] == .clearbit)
    #expect(found.sources["company.annual_revenue"] == nil)
  }

  @Test func `an unknown record is no match, and so are two nulls`() async throws {
    #expect(try await lookUp(Self.unknown) == nil)
    #expect(try await lookUp((200, #"{"person":null,"company":null}"#)) == nil)
  }

  @Test func `another person and another company are refused, an alias is not`() async throws {
    let person = Self.person.replacingOccurrences(of: "ada@", with: "adam@")
    let body = #"{"person":\#(person),"company":\#(Self.company)}"#
    #expect(try await lookUp((200, body), (404, "{}"), domain: "acme-example.test") == nil)
    let found = try await lookUp((200, body), email: "ada@acme.test", domain: "acme.test")
    #expect(found?.company?.domain == "acme.test")
    #expect(found?.person == nil)
  }

  @Test func `a website's company is asked for beside a private address`() async throws {
    let wire = ScriptedClearbit(["combined.find": Self.unknown, "companies.find": (200, Self.company)])
    let found = try await source(wire).lookUp("ada@mail.test", "acme.example")
    #expect(found?.company?.employees == 850)
    #expect(
      Set(wire.requests.map(\.url)) == [
        "https://clearbit.test/v2/combined/find?email=ada%40mail.test",
        "https://clearbit.test/v2/companies/find?domain=acme.example",
      ])
    let basic = "Basic " + Data("key-1:".utf8).base64EncodedString()
    #expect(wire.requests.allSatisfy { $0.headers.contains { $0.name == "Authorization" && $0.value == basic } })
  }

  @Test func `without an address of its own Clearbit is asked at its two hosts`() async throws {
    let wire = ScriptedClearbit(["combined.find": Self.unknown, "companies.find": Self.unknown])
    _ = try await source(wire, baseURL: nil).lookUp("ada@mail.test", "acme.example")
    #expect(
      Set(wire.requests.compactMap { URL(string: $0.url)?.host() }) == [
        "person.clearbit.com", "company.clearbit.com",
      ])
  }

  @Test(arguments: [
    (202, "{}", ServiceError.Retry.later(.seconds(5))), (401, #"{"error":{"type":"auth_invalid"}}"#, .never),
    (402, "{}", .never), (422, "{}", .never), (429, "{}", .later(.seconds(60))), (503, "", .now), (200, "<", .now),
  ])
  func `each refusal has one answer`(status: Int, body: String, retry: ServiceError.Retry) async throws {
    let error = await #expect(throws: ServiceError.self) { try await lookUp((status, body)) }
    #expect(error?.retry == retry)
    #expect(error?.service == "clearbit")
    #expect(error?.code == (status == 401 ? "auth_invalid" : String(status)))
  }
}
