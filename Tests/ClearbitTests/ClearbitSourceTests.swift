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

  private func person(_ answer: ScriptedClearbit.Answer, email: String = "ada@acme.example") async throws
    -> SourceAnswer?
  {
    try await source(ScriptedClearbit(["combined.find": answer])).person(email)
  }

  private func body(_ person: String, _ company: String) -> ScriptedClearbit.Answer {
    (200, #"{"person":\#(person),"company":\#(company)}"#)
  }

  @Test func `one call gives person and company, with all of its domains`() async throws {
    let found = try #require(try await person(body(Self.person, Self.company)))
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
    #expect(found.domains == ["acme.example", "acme.test"])
  }

  @Test func `an unknown record is no match, and so are two nulls`() async throws {
    #expect(try await person(Self.unknown) == nil)
    #expect(try await person(body("null", "null")) == nil)
    #expect(try await source(ScriptedClearbit(["companies.find": Self.unknown])).company("acme.example") == nil)
  }

  @Test func `another person is refused, and the company of the address stays`() async throws {
    let other = Self.person.replacingOccurrences(of: "ada@", with: "adam@")
    let found = try #require(try await person(body(other, Self.company)))
    #expect(found.person == nil)
    #expect(found.company?.employees == 850)
  }

  @Test func `a person's employer is told also where nothing is known of it`() async throws {
    let employed = Self.person.replacingOccurrences(of: #""title""#, with: #""domain":"www.other.example","title""#)
    #expect(try await person(body(employed, "null"))?.domains == ["other.example"])
  }

  @Test func `without an address of its own Clearbit is asked at its two hosts`() async throws {
    let wire = ScriptedClearbit(["combined.find": Self.unknown, "companies.find": (200, Self.company)])
    let source = source(wire, baseURL: nil)
    _ = try await source.person("ada@mail.test")
    #expect(try await source.company("acme.example")?.company?.employees == 850)
    #expect(
      wire.requests.map(\.url) == [
        "https://person.clearbit.com/v2/combined/find?email=ada%40mail.test",
        "https://company.clearbit.com/v2/companies/find?domain=acme.example",
      ])
    let basic = "Basic " + Data("key-1:".utf8).base64EncodedString()
    #expect(wire.requests.allSatisfy { $0.headers.contains { $0.name == "Authorization" && $0.value == basic } })
  }

  @Test(arguments: [
    (202, "{}", ServiceError.Retry.later(.seconds(5))), (401, #"{"error":{"type":"auth_invalid"}}"#, .never),
    (402, "{}", .never), (422, "{}", .never), (429, "{}", .later(.seconds(60))), (503, "", .now), (200, "<", .now),
  ])
  func `each refusal has one answer`(status: Int, body: String, retry: ServiceError.Retry) async throws {
    let error = await #expect(throws: ServiceError.self) { try await person((status, body)) }
    #expect(error?.retry == retry)
    #expect(error?.service == "clearbit")
    #expect(error?.code == (status == 401 ? "auth_invalid" : String(status)))
  }
}
