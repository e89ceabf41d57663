/// The part of JSON Schema in which answers are asked for: objects with named members, lists, texts, numbers, truth
/// values and enumerations. What is stricter than the services' "strict" mode allows is refused when it is read.
public struct JSONSchema: Sendable, Equatable {
  /// What is wrong with a schema, and where in it.
  public struct Fault: Error, Sendable, Equatable {
    /// Keys from the root.
    public var path: [String]
    public var message: String
    public var suggestion: String?
  }

  public let value: JSONValue

  static let types = ["object", "array", "string", "number", "integer", "boolean", "null"]
  static let keys = ["type", "properties", "required", "additionalProperties", "items", "enum", "description", "title"]

  /// - Throws: the first fault.
  public init(_ value: JSONValue) throws(Fault) {
    guard value["type"] == .string("object") else {
      throw Fault(path: ["type"], message: "the answer must be an object", suggestion: "write `type: object`")
    }
    try Self.check(value, [])
    self.value = value
  }

  /// The first thing that does not fit, without any of the answer's own text; nil: all of it fits. Members that nobody
  /// asked for are passed over: nothing reads them.
  public func complaint(about answer: JSONValue) -> String? { Self.complaint(answer, value, "the answer") }

  // MARK: The schema itself

  private static func check(_ node: JSONValue, _ path: [String]) throws(Fault) {
    guard let object = node.object else { throw Fault(path: path, message: "a schema must be a map") }
    for key in object.keys where !keys.contains(key) {
      throw Fault(
        path: path + [key], message: "`\(key)` is not used in these schemas",
        suggestion: "its keys are " + keys.joined(separator: ", "))
    }
    try checkType(object, path)
    if typeNames(object).contains("object") { try checkObject(object, path) }
    if typeNames(object).contains("array") {
      guard let items = object["items"] else { throw Fault(path: path, message: "`items` is missing in a list") }
      try check(items, path + ["items"])
    }
  }

  private static func checkType(_ object: JSONObject, _ path: [String]) throws(Fault) {
    let names = typeNames(object)
    guard !names.isEmpty else {
      throw Fault(path: path, message: "`type` is missing", suggestion: "use one of " + types.joined(separator: ", "))
    }
    for name in names where !types.contains(name) {
      throw Fault(
        path: path + ["type"], message: "`type` cannot be `\(name.prefix(40))`",
        suggestion: "use one of " + types.joined(separator: ", "))
    }
    if let choices = object["enum"], choices.array?.isEmpty != false {
      throw Fault(path: path + ["enum"], message: "`enum` must be a list with at least one value")
    }
  }

  private static func checkObject(_ object: JSONObject, _ path: [String]) throws(Fault) {
    guard let members = object["properties"]?.object, members.count > 0 else {
      throw Fault(path: path, message: "`properties` is missing in an object")
    }
    guard object["additionalProperties"] == .bool(false) else {
      throw Fault(
        path: path, message: "an object must say that it takes no other members",
        suggestion: "add `additionalProperties: false`")
    }
    let required = (object["required"]?.array ?? []).compactMap(\.string)
    for name in members.keys where !required.contains(name) {
      throw Fault(
        path: path, message: "`\(name)` is not in `required`",
        suggestion: "list every property there; what may be left out is of two types, one of them null")
    }
    for name in required where members[name] == nil {
      throw Fault(path: path + ["required"], message: "`\(name)` is required but not among the properties")
    }
    for member in members.members { try check(member.value, path + ["properties", member.key]) }
  }

  private static func typeNames(_ object: JSONObject) -> [String] {
    if let name = object["type"]?.string { return [name] }
    return (object["type"]?.array ?? []).compactMap(\.string)
  }

  // MARK: An answer

  private static func complaint(_ answer: JSONValue, _ schema: JSONValue, _ place: String) -> String? {
    guard let object = schema.object else { return nil }
    guard typeNames(object).contains(where: { has(answer, type: $0) }) else {
      return "\(place) must be of type \(typeNames(object).joined(separator: " or "))"
    }
    if let choices = object["enum"]?.array, !choices.contains(answer) {
      return "\(place) must be one of the listed values"
    }
    if let items = answer.array, let schema = object["items"] {
      return items.lazy.compactMap { complaint($0, schema, "each element of \(place)") }.first
    }
    guard let members = answer.object, let properties = object["properties"]?.object else { return nil }
    for property in properties.members {
      guard let value = members[property.key] else { return "`\(property.key)` is missing in \(place)" }
      if let found = complaint(value, property.value, "`\(property.key)`") { return found }
    }
    return nil
  }

  private static func has(_ value: JSONValue, type: String) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("boolean", .bool),
      ("null", .null):
      true
    case ("integer", .number(let text)): Int(text) != nil
    default: false
    }
  }
}
