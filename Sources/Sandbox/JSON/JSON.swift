/// A JSON value of any shape. The sandbox keeps what it was sent as it was sent, so nothing here has a schema.
public enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  /// A string, or null where there is none.
  public init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  /// The member of an object; null where this is no object or has no such member.
  public subscript(_ key: String) -> JSON {
    get { fields[key] ?? .null }
    set {
      var members = fields
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The element of an array; null where this is no array or is shorter.
  public subscript(_ index: Int) -> JSON { items.indices.contains(index) ? items[index] : .null }

  public var isNull: Bool { self == .null }

  /// The string, if it is one.
  public var text: String? { if case .string(let value) = self { value } else { nil } }

  /// The boolean, if it is one.
  public var flag: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The whole number, if it is one.
  public var whole: Int? {
    switch self {
    case .int(let value): value
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The elements; empty where this is no array.
  public var items: [JSON] { if case .array(let value) = self { value } else { [] } }

  /// The members; empty where this is no object.
  public var fields: [String: JSON] { if case .object(let value) = self { value } else { [:] } }

  public var isObject: Bool { if case .object = self { true } else { false } }
  public var isArray: Bool { if case .array = self { true } else { false } }

  /// How the value reads where a form or a query would carry it: text as it is, numbers and booleans in digits and words.
  public var plain: String? {
    switch self {
    case .string(let value): value
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(nilLiteral: ()) { self = .null }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
}
