import Foundation
import RevOps
import VendorAPI

/// The body of an error answer. HubSpot promises none of its fields, and spells several of them in two ways; its
/// messages repeat e-mail addresses and values, so only codes, ids and property names are taken out of it.
struct Refusal: Sendable {
  private let body: JSONValue

  init(_ response: VendorResponse) {
    // Gateways answer with HTML, and an unreadable body has nothing to tell beyond the status.
    body = (try? VendorJSON.decode(JSONValue.self, from: response.body)) ?? .null
  }

  /// The part of a batch's answer that tells of one of its items.
  init(_ body: JSONValue) { self.body = body }

  /// What a fault within a batch names: ids of records or the trace ids of inputs.
  func named(_ key: String) -> Set<String> {
    let value = body["context"]?[key]
    return Set((value?.array ?? value.map { [$0] } ?? []).compactMap(\.string))
  }

  /// `VALIDATION_ERROR`, `MISSING_SCOPES`, `RATE_LIMIT`: newer bodies say `category`, older ones `errorType`.
  var code: String? { Self.word(body["category"]) ?? Self.word(body["errorType"]) ?? Self.word(body["error"]) }
  var correlationID: String? { body["correlationId"]?.string.map { String($0.prefix(64)) } }

  /// Which limit was hit: `SECONDLY`, `TEN_SECONDLY_ROLLING`, `DAILY`.
  var policy: String? {
    if let policy = Self.word(body["policyName"]) { return policy }
    // Old bodies name the limit only in words: "You have reached your secondly limit."
    let message = body["message"]?.string?.lowercased() ?? ""
    if message.contains("ten_secondly") { return "TEN_SECONDLY_ROLLING" }
    if message.contains("secondly limit") { return "SECONDLY" }
    return message.contains("daily limit") ? "DAILY" : nil
  }

  /// The record that already has the key, from either of the two bodies that a conflict comes with; nil: it has to be
  /// read by its key.
  var existingID: String? {
    if let id = body["identityProfile"]?["vid"].flatMap(Self.digits) { return id }
    guard let message = body["message"]?.string, let range = message.range(of: "Existing ID: ") else { return nil }
    let id = message[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
    return id.isEmpty ? nil : String(id)
  }

  /// The properties that HubSpot found fault with.
  var properties: Set<String> {
    var names = Set<String>()
    for error in (body["errors"]?.array ?? []) + [body] {
      names.formUnion(Self.propertyNames(in: error["context"]))
      names.formUnion(Self.propertyNames(in: .object(["propertyName": error["in"] ?? .null])))
    }
    return names.union(Self.listed(in: body["message"]?.string ?? ""))
  }

  private static func propertyNames(in context: JSONValue?) -> [String] {
    ["propertyName", "properties", "property"].flatMap { key -> [String] in
      let value = context?[key]
      return (value?.array ?? value.map { [$0] } ?? []).compactMap { $0.string.flatMap(name) }
    }
  }

  /// `Property values were not valid: [{"isValid":false,"error":"PROPERTY_DOESNT_EXIST","name":"x"}]`: the list is JSON
  /// within the text.
  private static func listed(in message: String) -> [String] {
    guard let start = message.firstIndex(of: "["), let end = message.lastIndex(of: "]"), start < end,
      let list = try? VendorJSON.decode(JSONValue.self, from: Data(message[start...end].utf8))
    else { return [] }
    return (list.array ?? []).compactMap { $0["name"]?.string.flatMap(name) }
  }

  /// Internal property names are lower-case identifiers; anything else may be a value and is not repeated.
  private static func name(_ text: String) -> String? {
    let isName = text.utf8.count <= 100 && !text.isEmpty && text.utf8.allSatisfy(isNameByte)
    return isName ? text : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  /// A code: capitals, digits and underscores.
  private static func word(_ value: JSONValue?) -> String? {
    guard let text = value?.string, !text.isEmpty, text.utf8.count <= 60,
      text.utf8.allSatisfy({ isNameByte($0 | 0x20) || $0 == UInt8(ascii: "_") })
    else { return nil }
    return text
  }

  private static func digits(_ value: JSONValue) -> String? {
    let text = value.string ?? value.int.map(String.init)
    guard let text, !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return text
  }
}
