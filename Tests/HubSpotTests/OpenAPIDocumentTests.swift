import Foundation
import TestSupport
import Testing

/// What judges requests must itself be able to find fault.
@Suite struct OpenAPIDocumentTests {
  private static let json = [(name: "Content-Type", value: "application/json")]

  private func request(
    _ method: String, _ path: String, _ body: String? = nil, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = json
  ) -> OpenAPIRequest {
    OpenAPIRequest(method: method, path: path, query: query, headers: headers, body: body.map { Data($0.utf8) })
  }

  @Test func `requests as the documents have them pass`() throws {
    let hubSpot = try OpenAPIDocument(.hubspot)
    let good = [
      request("POST", "/crm/objects/2026-09/contacts", #"{"properties":{"email":"a@b.test"}}"#),
      request("GET", "/crm/objects/2026-09/contacts/7", query: [("properties", "a,b"), ("archived", "false")]),
      request(
        "POST", "/crm/objects/2026-09/companies/search",
        #"{"filterGroups":[{"filters":[{"propertyName":"domain","operator":"IN","values":["a.test"]}]}],"limit":100}"#),
      request("PUT", "/crm/objects/2026-09/contact/1/associations/default/company/2"),
      request("PUT", "/crm/lists/2026-09/9/memberships/add", #"["101"]"#),
    ]
    for request in good { #expect(hubSpot.violations(of: request) == []) }
    let chat = #"{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}"#
    #expect(try OpenAPIDocument(.openai).violations(of: request("POST", "/chat/completions", chat)) == [])
    let version = Self.json + [(name: "X-Pinecone-Api-Version", value: "2026-04")]
    let query = request("POST", "/query", #"{"topK":3,"vector":[0.1,0.2]}"#, headers: version)
    #expect(try OpenAPIDocument(.pinecone).violations(of: query) == [])
  }

  @Test(arguments: [
    ("POST", "/crm/objects/2026-09/contacts", #"{"properties":{"email":null}}"#, "is not of type string"),
    ("POST", "/crm/objects/2026-09/contacts", "{}", "body.properties is missing"),
    ("POST", "/crm/objects/2026-09/contacts", #"{"properties":{},"extra":1}"#, "body.extra is unknown"),
    ("POST", "/crm/objects/2026-09/contacts", nil, "the body is missing"),
    ("POST", "/crm/objects/2026-09/contacts", "{", "the body is not JSON"),
    ("POST", "/crm/objects/v3/contacts", "{}", "no such path"),
    ("DELETE", "/crm/objects/2026-09/contacts/7", nil, "DELETE is not documented"),
    ("PUT", "/crm/objects/2026-09/contact/1/associations/default/company/2", "{}", "takes no body"),
    ("PUT", "/crm/lists/2026-09/9/memberships/add", "[101]", "body[0] is not of type string"),
    (
      "POST", "/crm/objects/2026-09/deals/batch/read", #"{"inputs":[{"id":"1"}],"properties":[]}"#,
      "body.propertiesWithHistory is missing"
    ),
    (
      "POST", "/crm/objects/2026-09/contacts/search",
      #"{"filterGroups":[{"filters":[{"propertyName":"a","operator":"IS","value":"b"}]}]}"#,
      "operator is none of the allowed values"
    ),
  ])
  func `a departure is named`(method: String, path: String, body: String?, fault: String) throws {
    let found = try OpenAPIDocument(.hubspot).violations(of: request(method, path, body))
    #expect(found.count == 1 && found[0].contains(fault), "\(found)")
  }

  @Test func `query, headers and content type are judged as well`() throws {
    let hubSpot = try OpenAPIDocument(.hubspot)
    let path = "/crm/owners/2026-09"
    #expect(hubSpot.violations(of: request("GET", path, query: [("page", "2")])).count == 1)
    #expect(hubSpot.violations(of: request("GET", path, query: [("limit", "many")])).count == 1)
    let form = request("POST", "/crm/objects/2026-09/notes", "a=b", headers: [])
    #expect(hubSpot.violations(of: form) == ["POST /crm/objects/2026-09/notes: content type none"])
    let unversioned = try OpenAPIDocument(.pinecone).violations(of: request("POST", "/query", #"{"topK":3}"#))
    #expect(unversioned == ["POST /query: X-Pinecone-Api-Version is missing"])
  }

  @Test func `an address is taken apart below the server's`() throws {
    let request = OpenAPIRequest(
      method: "GET", url: "http://127.0.0.1:1/openai/v1/models?after=a%20b", below: "http://127.0.0.1:1/openai/v1",
      headers: [], body: nil)
    #expect(request.path == "/models")
    #expect(request.query.map(\.value) == ["a b"])
  }
}
