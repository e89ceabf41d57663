/// Puts addresses and form bodies together, everything percent-encoded that RFC 3986 §2.3 does not call unreserved.
public struct URLQuery: Sendable {
  private var items: [(name: String, value: String)]

  /// In the order given; a name may come more than once.
  public init(_ items: [(name: String, value: String)] = []) { self.items = items }

  public mutating func add(_ name: String, _ value: String) { items.append((name, value)) }

  /// Left out when there is no value.
  public mutating func add(_ name: String, _ value: String?) {
    if let value { items.append((name, value)) }
  }

  /// `name=value&…`: after a question mark, or as the body of a form (`application/x-www-form-urlencoded`).
  public var encoded: String {
    items.map { Self.encode($0.name) + "=" + Self.encode($0.value) }.joined(separator: "&")
  }

  /// A component that cannot end early or begin another, whatever it holds.
  public static func encode(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isUnreserved(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// One segment of a path. "." and ".." would climb, so their dots are encoded too.
  public static func pathSegment(_ text: String) -> String {
    text == "." || text == ".." ? String(repeating: "%2E", count: text.count) : encode(text)
  }

  /// `base` with segments and query below it, one slash between: `https://api.example/v1` + ["a b"] → `…/v1/a%20b`.
  public static func url(_ base: String, _ segments: [String] = [], query: URLQuery = URLQuery()) -> String {
    var url = base
    while url.hasSuffix("/") { url.removeLast() }
    for segment in segments { url += "/" + pathSegment(segment) }
    let encoded = query.encoded
    return encoded.isEmpty ? url : url + (url.contains("?") ? "&" : "?") + encoded
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
