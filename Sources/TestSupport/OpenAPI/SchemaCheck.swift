import Foundation
import RevOps

/// Judges values by the schemas of one document: what OpenAPI 3.0 and 3.1 say of a request's shape.
struct SchemaCheck: Sendable {
  let root: JSONValue

  /// What a `$ref` points to, else the value itself.
  func resolved(_ value: JSONValue) -> JSONValue {
    guard let reference = value["$ref"]?.string else { return value }
    let target = reference.split(separator: "/").dropFirst().reduce(Optional(root)) { place, key in
      place?[String(key).replacing("~1", with: "/").replacing("~0", with: "~")]
    }
    return target.map(resolved) ?? .null
  }

  func violations(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    let schema = merged(schema)
    if value.isNull, schema["nullable"]?.bool == true { return [] }
    for key in ["anyOf", "oneOf"] {
      guard let branches = schema[key]?.array else { continue }
      var rest = schema.object ?? JSONObject()
      rest[key] = nil
      return fewest(branches.map { violations(of: value, union(.object(rest), resolved($0)), at: place) })
    }
    let typed = typeViolations(of: value, schema, at: place)
    guard typed.isEmpty else { return typed }
    return valueViolations(of: value, schema, at: place) + contentViolations(of: value, schema, at: place)
  }

  /// A query or header value, which is text whatever its type.
  func violations(ofText text: String, _ schema: JSONValue, at place: String) -> [String] {
    let schema = merged(schema)
    let types = Self.types(of: schema)
    if types.contains("array") {
      let items = schema["items"] ?? .null
      return text.split(separator: ",").flatMap { violations(ofText: String($0), items, at: place) }
    }
    let value: JSONValue =
      if types.contains("integer") || types.contains("number"), Double(text) != nil {
        .number(text)
      } else if types.contains("boolean"), let flag = Bool(text) {
        .bool(flag)
      } else {
        .string(text)
      }
    return violations(of: value, schema, at: place)
  }

  private func fewest(_ found: [[String]]) -> [String] { found.min { $0.count < $1.count } ?? [] }

  // MARK: Putting schemas together

  /// With references followed and the parts of `allOf` made one, so that each knows the others' properties.
  private func merged(_ schema: JSONValue) -> JSONValue {
    let schema = resolved(schema)
    guard let parts = schema["allOf"]?.array else { return schema }
    var rest = schema.object ?? JSONObject()
    rest["allOf"] = nil
    return parts.reduce(.object(rest)) { union($0, merged($1)) }
  }

  private func union(_ left: JSONValue, _ right: JSONValue) -> JSONValue {
    var union = left.object ?? JSONObject()
    for (key, value) in merged(right).object?.members ?? [] {
      switch (key, union[key]) {
      case ("properties", .object(var known)):
        for (name, schema) in value.object?.members ?? [] { known[name] = schema }
        union[key] = .object(known)
      case ("required", .array(let known)): union[key] = .array(known + (value.array ?? []))
      default: union[key] = value
      }
    }
    return .object(union)
  }

  // MARK: Judging

  private static func types(of schema: JSONValue) -> [String] {
    schema["type"]?.string.map { [$0] } ?? schema["type"]?.array?.compactMap(\.string) ?? []
  }

  private func typeViolations(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    let types = Self.types(of: schema)
    guard !types.isEmpty, !types.contains(where: { Self.isType(value, $0) }) else { return [] }
    return ["\(place) is not of type \(types.joined(separator: " or "))"]
  }

  private static func isType(_ value: JSONValue, _ type: String) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
      ("number", .number):
      true
    case ("integer", .number(let text)): Double(text).map { $0 == $0.rounded() } == true
    default: false
    }
  }

  private func valueViolations(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    if let allowed = schema["enum"]?.array, !allowed.contains(value) {
      return ["\(place) is none of the allowed values"]
    }
    if let only = schema["const"], only != value { return ["\(place) is not the allowed value"] }
    return []
  }

  private func contentViolations(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    switch value {
    case .string(let text): textViolations(of: text, schema, at: place)
    case .number(let text):
      size(Double(text) ?? 0, schema, "minimum", "maximum", at: place, "is")
    case .array(let items):
      size(Double(items.count), schema, "minItems", "maxItems", at: place, "has a count of")
        + (schema["items"].map { each in
          items.enumerated().flatMap { violations(of: $1, each, at: "\(place)[\($0)]") }
        } ?? [])
    case .object(let object): memberViolations(of: object, schema, at: place)
    case .null, .bool: []
    }
  }

  private func textViolations(of text: String, _ schema: JSONValue, at place: String) -> [String] {
    var faults = size(Double(text.unicodeScalars.count), schema, "minLength", "maxLength", at: place, "has a length of")
    if let pattern = schema["pattern"]?.string, text.range(of: pattern, options: .regularExpression) == nil {
      faults.append("\(place) does not match \(pattern)")
    }
    return faults
  }

  private func size(
    _ number: Double, _ schema: JSONValue, _ least: String, _ most: String, at place: String, _ verb: String
  ) -> [String] {
    if let bound = schema[least]?.double, number < bound { return ["\(place) \(verb) less than \(bound)"] }
    if let bound = schema[most]?.double, number > bound { return ["\(place) \(verb) more than \(bound)"] }
    return []
  }

  private func memberViolations(of object: JSONObject, _ schema: JSONValue, at place: String) -> [String] {
    let known = schema["properties"]?.object ?? JSONObject()
    let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter { object[$0] == nil }
    var faults = missing.map { "\(place).\($0) is missing" }
    faults += size(Double(object.count), schema, "minProperties", "maxProperties", at: place, "has a count of")
    for (name, value) in object.members {
      let inner = "\(place).\(name)"
      if let declared = known[name] {
        faults += violations(of: value, declared, at: inner)
      } else if let others = schema["additionalProperties"], others.bool == nil {
        faults += violations(of: value, others, at: inner)
      } else if schema["additionalProperties"]?.bool == false || Self.isClosed(schema) {
        faults.append("\(inner) is unknown")
      }
    }
    return faults
  }

  private static func isClosed(_ schema: JSONValue) -> Bool {
    schema["properties"] != nil && schema["additionalProperties"] == nil
  }
}
