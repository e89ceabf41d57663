import Foundation

/// `multipart/form-data` (RFC 7578). Only text is lead data: a part with a file name is passed over.
public enum MultipartBody {
  /// The boundary that a `Content-Type` names; nil when it is no multipart form or has none that RFC 2046 allows.
  public static func boundary(contentType: String) -> String? {
    let parameters = HeaderParameters(contentType)
    guard parameters.value.lowercased() == "multipart/form-data", let boundary = parameters["boundary"],
      (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }),
      !boundary.hasSuffix(" ")
    else { return nil }
    return boundary
  }

  /// An object of texts, by the rules of `FormBody` for repeated names.
  public static func decode(
    _ bytes: some Collection<UInt8>, boundary: String, maxFields: Int = 200
  ) throws(FormBodyError) -> JSONValue {
    var fields = FormFields(limit: maxFields)
    var scanner = MultipartScanner(body: Array(bytes), delimiter: Array(("--" + boundary).utf8))
    try scanner.start()
    while let part = try scanner.next() {
      guard let field = try field(part) else { continue }
      try fields.add(field.name, field.value)
    }
    return .object(fields.object)
  }

  private static func field(_ part: MultipartScanner.Part) throws(FormBodyError) -> (name: String, value: String)? {
    guard let disposition = part.headers["content-disposition"].map({ HeaderParameters($0) }),
      disposition.value.lowercased() == "form-data", let name = disposition["name"]
    else { throw FormBodyError(code: .malformed) }
    if disposition["filename"] != nil || disposition["filename*"] != nil { return nil }
    let type = part.headers["content-type"].map { HeaderParameters($0) }
    let charset = type?["charset"]?.lowercased() ?? "utf-8"
    let encoding = part.headers["content-transfer-encoding"]?.lowercased() ?? "binary"
    guard ["utf-8", "utf8", "us-ascii"].contains(charset), ["binary", "8bit", "7bit"].contains(encoding) else {
      throw FormBodyError(code: .unsupportedEncoding)
    }
    guard let value = String(validating: part.content, as: UTF8.self) else { throw FormBodyError(code: .invalidUTF8) }
    return (unescaped(name), value)
  }

  /// Browsers write a quote and line breaks in a name as `%22`, `%0D`, `%0A` (HTML, multipart/form-data encoding).
  private static func unescaped(_ name: String) -> String {
    name.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
  }
}

/// Walks from delimiter to delimiter, each byte once.
struct MultipartScanner {
  struct Part {
    var headers: [String: String]
    var content: ArraySlice<UInt8>
  }

  /// Header bytes of one part; more is no form.
  private static let headerBytes = 8_192

  let body: [UInt8]
  let delimiter: [UInt8]
  var position = 0

  init(body: [UInt8], delimiter: [UInt8]) {
    self.body = body
    self.delimiter = delimiter
  }

  /// Goes behind the first delimiter; what precedes it is ignored (RFC 2046 §5.1.1).
  mutating func start() throws(FormBodyError) {
    if body.starts(with: delimiter) {
      position = delimiter.count
    } else if let found = find([0x0d, 0x0a] + delimiter, from: 0) {
      position = found + 2 + delimiter.count
    } else {
      throw FormBodyError(code: .malformed)
    }
  }

  /// The next part; nil behind the closing delimiter.
  mutating func next() throws(FormBodyError) -> Part? {
    if body[position...].starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")]) { return nil }
    skipPadding()
    guard body[position...].starts(with: [0x0d, 0x0a]) else { throw FormBodyError(code: .malformed) }
    let headers = try headers()
    let content = position
    guard let end = find([0x0d, 0x0a] + delimiter, from: max(content - 2, 0)) else {
      throw FormBodyError(code: .malformed)
    }
    position = end + 2 + delimiter.count
    return Part(headers: headers, content: body[min(content, end)..<end])
  }

  private mutating func skipPadding() {
    while position < body.count, body[position] == 0x20 || body[position] == 0x09 { position += 1 }
  }

  /// Reads the header lines and stops behind the empty one.
  private mutating func headers() throws(FormBodyError) -> [String: String] {
    let blank: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0a]
    guard let end = find(blank, from: position, within: Self.headerBytes),
      let block = String(validating: body[min(position + 2, end)..<end], as: UTF8.self)
    else { throw FormBodyError(code: .malformed) }
    position = end + blank.count
    var headers: [String: String] = [:]
    for line in block.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex, !line.hasPrefix(" "), !line.hasPrefix("\t")
      else { throw FormBodyError(code: .malformed) }
      let name = line[..<colon].lowercased()
      if headers[name] != nil { throw FormBodyError(code: .malformed) }
      headers[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    return headers
  }

  private func find(_ needle: [UInt8], from start: Int, within limit: Int = .max) -> Int? {
    let last = body.count - needle.count
    guard start <= last, let first = needle.first else { return nil }
    for index in start...min(last, limit == .max ? last : start + limit) where body[index] == first {
      if body[index..<(index + needle.count)].elementsEqual(needle) { return index }
    }
    return nil
  }
}

/// A header's value and its parameters: `form-data; name="a"; filename="b"`.
struct HeaderParameters {
  private(set) var value = ""
  private var parameters: [String: String] = [:]

  init(_ header: String) {
    for (index, part) in Self.parts(header).enumerated() {
      let halves = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      if index == 0 {
        value = part.trimmingCharacters(in: .whitespaces)
      } else if halves.count == 2, parameters[halves[0].lowercased()] == nil {
        parameters[halves[0].lowercased()] = Self.unquoted(halves[1])
      }
    }
  }

  subscript(name: String) -> String? { parameters[name] }

  /// Splits at semicolons that are not inside quotes.
  private static func parts(_ header: String) -> [String] {
    var parts = [""]
    var quoted = false
    var escaped = false
    for character in header {
      if character == ";" && !quoted {
        parts.append("")
        continue
      }
      if character == "\"" && !escaped { quoted.toggle() }
      escaped = character == "\\" && !escaped
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    var result = ""
    var escaped = false
    for character in text.dropFirst().dropLast() {
      // Only quotes and backslashes are escaped: old browsers send a bare backslash in a path.
      if character == "\\" && !escaped {
        escaped = true
        continue
      }
      if escaped && character != "\"" && character != "\\" { result.append("\\") }
      result.append(character)
      escaped = false
    }
    return result
  }
}
