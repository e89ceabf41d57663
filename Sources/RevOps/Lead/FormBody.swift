/// Why a form's body was refused. Holds nothing of its content.
public struct FormBodyError: Error, Sendable, Equatable {
  public enum Code: String, Sendable {
    case invalidUTF8 = "invalid_utf8"
    case tooManyFields = "too_many_fields"
    case malformed
    case unsupportedEncoding = "unsupported_encoding"
  }

  public let code: Code

  public init(code: Code) { self.code = code }
}

/// `application/x-www-form-urlencoded` (WHATWG URL §5.1): `+` is a blank, percent-encoding is undone once, a `%` that
/// encodes nothing stays.
public enum FormBody {
  /// An object of texts. Of a repeated name the first value counts; the others are a list under `NAME[]`. Names are not
  /// taken apart (`a[b]` is a name).
  public static func decode(
    _ bytes: some Collection<UInt8>, maxFields: Int = 200
  ) throws(FormBodyError) -> JSONValue {
    var fields = FormFields(limit: maxFields)
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = text(halves[0]), let value = halves.count > 1 ? text(halves[1]) : "" else {
        throw FormBodyError(code: .invalidUTF8)
      }
      try fields.add(name, value)
    }
    return .object(fields.object)
  }

  private static func text(_ encoded: some Collection<UInt8>) -> String? {
    let encoded = Array(encoded)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(encoded.count)
    var index = 0
    while index < encoded.count {
      let byte = encoded[index]
      if byte == UInt8(ascii: "%"), index + 2 < encoded.count, let high = Hex.value(encoded[index + 1]),
        let low = Hex.value(encoded[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }
}

/// The fields of a form, by the rule for repeated names.
struct FormFields {
  let limit: Int
  private(set) var object = JSONObject()
  private var count = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ name: String, _ value: String) throws(FormBodyError) {
    count += 1
    if count > limit { throw FormBodyError(code: .tooManyFields) }
    if name.isEmpty { return }
    guard object[name] != nil else {
      object[name] = .string(value)
      return
    }
    let more = name + "[]"
    let earlier = object[more].map { $0.array ?? [$0] } ?? []
    object[more] = .array(earlier + [.string(value)])
  }
}
