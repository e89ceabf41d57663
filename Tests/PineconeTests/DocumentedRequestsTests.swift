import Foundation
import RevOps
import TestSupport
import Testing
import VendorAPI

@testable import Pinecone

/// Every request that goes out is one that the service documents.
@Suite struct DocumentedRequestsTests {
  private static let described = #"{"name":"past","dimension":3,"metric":"cosine","host":"past.test"}"#

  /// What goes out for every use of an index, in both of the ways in which it is found.
  private func requests(_ index: PineconeClient.Index, namespace: String?) async throws -> [VendorRequest] {
    let wire = ScriptedPinecone(200, Self.described)
    let port = PineconeIndex.make(client: wire.client(index, namespace: namespace))
    _ = try await port.shape()
    try await port.put(.sample(reason: "price"))
    try await port.put(.sample())
    _ = try await port.nearest([1, 0, 0], "m", 50, "acme.example")
    _ = try await port.nearest([1, 0, 0], "m", 50, nil)
    try await port.forget([AccountMemory.sample().leadID])
    return wire.requests
  }

  @Test func `no request departs from the document`() async throws {
    let document = try OpenAPIDocument(.pinecone)
    let all =
      try await requests(.name("past"), namespace: nil)
      + requests(.host("https://past.test"), namespace: "eu")
    #expect(all.count == 12)
    for request in all {
      let base = request.url.hasPrefix("https://past.test") ? "https://past.test" : "https://api.pinecone.test"
      let violations = document.violations(
        of: OpenAPIRequest(
          method: request.method.rawValue, url: request.url, below: base, headers: request.headers,
          body: request.body))
      #expect(violations.isEmpty, "\(violations)")
    }
  }
}
