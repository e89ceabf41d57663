/// How much of a document is accepted.
public struct JSONLimits: Sendable, Equatable {
  /// Arrays and objects inside each other; at most 512.
  public var depth: Int
  /// Keys of one object; nil: as many as there are.
  public var keys: Int?
  /// Bytes of one number.
  public var numberBytes: Int

  public init(depth: Int = 32, keys: Int? = nil, numberBytes: Int = 128) {
    self.depth = min(depth, 512)
    self.keys = keys
    self.numberBytes = numberBytes
  }

  public static let standard = JSONLimits()
}

/// Why bytes are no acceptable JSON document, and where. Holds nothing of the content.
public struct JSONError: Error, Sendable, Equatable {
  public enum Code: String, Sendable {
    case unexpectedEnd = "unexpected_end"
    case unexpectedByte = "unexpected_byte"
    case trailingBytes = "trailing_bytes"
    case invalidUTF8 = "invalid_utf8"
    case invalidEscape = "invalid_escape"
    case loneSurrogate = "lone_surrogate"
    case controlCharacter = "control_character"
    case invalidNumber = "invalid_number"
    case numberTooLong = "number_too_long"
    case duplicateKey = "duplicate_key"
    case tooManyKeys = "too_many_keys"
    case tooDeep = "too_deep"
  }

  public let code: Code
  /// Bytes before the offending one.
  public let offset: Int

  public init(code: Code, offset: Int) {
    self.code = code
    self.offset = offset
  }
}

extension JSONValue {
  /// Reads one JSON document, strictly: RFC 8259 in UTF-8, each key once, nothing but blanks after it. Linear time.
  public static func parse(
    _ bytes: some Collection<UInt8>, limits: JSONLimits = .standard
  ) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes: Array(bytes), limits: limits)
    return try parser.document()
  }
}

struct JSONParser {
  let bytes: [UInt8]
  let limits: JSONLimits
  var position = 0
  var depth = 0

  init(bytes: [UInt8], limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func document() throws(JSONError) -> JSONValue {
    skipBlanks()
    let value = try value()
    skipBlanks()
    if position < bytes.count { throw error(.trailingBytes) }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw error(.unexpectedByte)
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try enter()
    var object = JSONObject()
    if try !closes(with: UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        let start = position
        let key = try string()
        if object[key] != nil { throw error(.duplicateKey, at: start) }
        if let most = limits.keys, object.count >= most { throw error(.tooManyKeys, at: start) }
        skipBlanks()
        try expect(UInt8(ascii: ":"))
        skipBlanks()
        object[key] = try value()
      } while try continues(until: UInt8(ascii: "}"))
    }
    depth -= 1
    return .object(object)
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    try enter()
    var items: [JSONValue] = []
    if try !closes(with: UInt8(ascii: "]")) {
      repeat {
        skipBlanks()
        items.append(try value())
      } while try continues(until: UInt8(ascii: "]"))
    }
    depth -= 1
    return .array(items)
  }

  private mutating func enter() throws(JSONError) {
    if depth >= limits.depth { throw error(.tooDeep) }
    depth += 1
    position += 1
  }

  private mutating func closes(with end: UInt8) throws(JSONError) -> Bool {
    skipBlanks()
    guard try peek() == end else { return false }
    position += 1
    return true
  }

  /// True after a comma, false after the end.
  private mutating func continues(until end: UInt8) throws(JSONError) -> Bool {
    skipBlanks()
    let byte = try peek()
    guard byte == end || byte == UInt8(ascii: ",") else { throw error(.unexpectedByte) }
    position += 1
    return byte != end
  }

  private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for index in 0..<text.utf8CodeUnitCount {
      let wanted = text.utf8Start[index]
      guard try peek() == wanted else { throw error(.unexpectedByte) }
      position += 1
    }
    return value
  }

  func peek() throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    return bytes[position]
  }

  mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard try peek() == byte else { throw error(.unexpectedByte) }
    position += 1
  }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }

  func error(_ code: JSONError.Code, at offset: Int? = nil) -> JSONError {
    JSONError(code: code, offset: offset ?? position)
  }
}
