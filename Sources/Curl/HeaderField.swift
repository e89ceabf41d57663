import VendorAPI

/// One header to send, checked against RFC 9110 §5.
enum HeaderField {
  /// Headers that say where a request goes and where it ends. The transport sets them; a second opinion about them is
  /// how one request becomes two.
  private static let ofTheTransport: Set<String> = [
    "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  /// The line as libcurl takes it. It reads "Name:" as "do not send this", so an empty value is written "Name;".
  static func line(name: String, value: String) throws(TransportError) -> String {
    guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else { throw .refused("a header name is not a token") }
    guard value.utf8.allSatisfy(isValueByte) else { throw .refused("a header value holds a control character") }
    guard !ofTheTransport.contains(name.lowercased()) else {
      throw .refused("a header is set that belongs to the transport")
    }
    let isBlank = value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    return isBlank ? "\(name);" : "\(name): \(value)"
  }

  /// RFC 9110 §5.6.2: letters, digits and these marks.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// RFC 9110 §5.5: no control character but the tab, so neither CR, LF nor NUL.
  private static func isValueByte(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7f) }
}
