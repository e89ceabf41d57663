import Foundation
import VendorAPI

/// One call below the account's address.
struct HubSpotCall: Sendable {
  /// From a fixed set ("contacts.create").
  var operation: String
  var method: VendorRequest.Method
  var segments: [String]
  var query = URLQuery()
  var body: Data?
  /// Whether it changes something. Searches and batch reads are POSTs that change nothing, so the method can't tell.
  var isWrite: Bool

  /// Searches are counted on their own, five a second for the whole account, besides the general limit.
  var isSearch: Bool { operation.hasSuffix(".search") }

  static func read(_ operation: String, _ segments: [String], query: URLQuery = URLQuery()) -> HubSpotCall {
    HubSpotCall(operation: operation, method: .get, segments: segments, query: query, isWrite: false)
  }

  /// A read whose question is too long for an address.
  static func ask(_ operation: String, _ segments: [String], _ body: some Encodable) throws(HubSpotFailure)
    -> HubSpotCall
  {
    let bytes = try encode(body, operation)
    return HubSpotCall(operation: operation, method: .post, segments: segments, body: bytes, isWrite: false)
  }

  static func write(
    _ operation: String, _ method: VendorRequest.Method, _ segments: [String], _ body: some Encodable
  ) throws(HubSpotFailure) -> HubSpotCall {
    let bytes = try encode(body, operation)
    return HubSpotCall(operation: operation, method: method, segments: segments, body: bytes, isWrite: true)
  }

  private static func encode(_ body: some Encodable, _ operation: String) throws(HubSpotFailure) -> Data {
    do { return try VendorJSON.encode(body, for: HubSpotClient.vendor, operation) } catch {
      throw HubSpotFailure(error)
    }
  }
}
