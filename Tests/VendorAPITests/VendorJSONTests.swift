import Foundation
import Testing

@testable import VendorAPI

struct VendorJSONTests {
  struct Person: Codable, Equatable {
    var name: String
    var tags: [String: Int]
  }

  private func request(_ method: VendorRequest.Method) -> VendorRequest {
    VendorRequest(vendor: "crm", operation: "people.read", method: method, url: "https://crm.example/")
  }

  private func response(_ body: String, status: Int = 200) -> VendorResponse {
    VendorResponse(status: status, body: Data(body.utf8))
  }

  @Test func `the same value gives the same bytes`() throws {
    let data = try VendorJSON.encode(Person(name: "a/b", tags: ["z": 1, "a": 2]), for: "crm", "people.create")
    #expect(String(decoding: data, as: UTF8.self) == #"{"name":"a/b","tags":{"a":2,"z":1}}"#)
  }

  @Test func `an answer is read`() throws {
    let person: Person = try VendorJSON.decode(from: response(#"{"name":"Ada","tags":{},"x":1}"#), to: request(.get))
    #expect(person == Person(name: "Ada", tags: [:]))
  }

  @Test(arguments: [
    (#"{"tags":{}}"#, "name is missing"), (#"{"name":1,"tags":{}}"#, "name is of another type"),
    (#"{"name":null,"tags":{}}"#, "name is null"), ("<html>ada@acme.example", "not JSON"), ("", "not JSON"),
    (#"{"name":"Ada","tags":{"ada@acme.example":"x"}}"#, "tags.[e-mail] is of another type"),
  ])
  func `an unreadable answer says where, never what`(_ body: String, _ place: String) {
    #expect(throws: VendorJSON.Unreadable(detail: place)) {
      try VendorJSON.decode(Person.self, from: Data(body.utf8))
    }
  }

  @Test(arguments: [
    (VendorRequest.Method.post, 200, true), (.get, 200, false), (.post, 404, false), (.post, 502, true),
  ])
  func `an unreadable answer to a write leaves its outcome open unless it was refused`(
    _ method: VendorRequest.Method, _ status: Int, _ isUnknown: Bool
  ) throws {
    let error = try #require(throws: VendorError.self) {
      try VendorJSON.decode(Person.self, from: response("oops", status: status), to: request(method))
    }
    #expect(error.outcomeUnknown == isUnknown)
    #expect(error.vendor == "crm" && error.operation == "people.read" && error.status == status)
    #expect(error.retry == .now)
  }

  @Test func `nesting is allowed to 32 and refused above`() {
    let nested = { (depth: Int) in
      Data((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(VendorJSON.depth(of: nested(32)) == 32)
    #expect(throws: VendorJSON.Unreadable(detail: "nested deeper than 32")) {
      try VendorJSON.decode(Person.self, from: nested(100_000))
    }
  }

  @Test func `brackets in strings are no nesting`() {
    #expect(VendorJSON.depth(of: Data(#"{"a":"[[[\"{{{","b":["\\"]}"#.utf8)) == 2)
  }
}
