import Foundation

/// JSON to and from services, with errors that tell what is wrong but not what was in it.
public enum VendorJSON {
  /// Nested deeper than this no service answers; a decoder would recurse that far (the stack is not ours to fill).
  public static let deepest = 32

  /// Keys in alphabetical order and slashes as they are: the same value gives the same bytes.
  public static func encode(_ value: some Encodable, for vendor: String, _ operation: String) throws(VendorError)
    -> Data
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return try encoder.encode(value) } catch {
      throw VendorError(vendor: vendor, operation: operation, detail: "could not be written as JSON", retry: .never)
    }
  }

  /// The answer to a request as a type. What cannot be read is worth another try, but if the request was a write that
  /// was accepted, the write may have been made.
  public static func decode<T: Decodable>(
    _ type: T.Type = T.self, from response: VendorResponse, to request: VendorRequest
  ) throws(VendorError) -> T {
    do {
      return try decode(type, from: response.body)
    } catch {
      throw VendorError(
        vendor: request.vendor, operation: request.operation, status: response.status,
        detail: "the answer could not be read: " + error.detail, retry: .now,
        outcomeUnknown: request.method != .get && !(400..<500).contains(response.status))
    }
  }

  public static func decode<T: Decodable>(_ type: T.Type = T.self, from data: Data) throws(Unreadable) -> T {
    guard depth(of: data) <= deepest else { throw Unreadable(detail: "nested deeper than \(deepest)") }
    do { return try JSONDecoder().decode(type, from: data) } catch { throw Unreadable(error) }
  }

  /// The deepest nesting of objects and arrays, by counting brackets outside strings. Right for JSON, harmless for
  /// anything else.
  static func depth(of data: Data) -> Int {
    var depth = 0
    var deepest = 0
    var isInString = false
    var isEscaped = false
    for byte in data {
      if isEscaped {
        isEscaped = false
      } else if isInString {
        isEscaped = byte == UInt8(ascii: "\\")
        isInString = byte != UInt8(ascii: "\"")
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        deepest = max(deepest, depth)
      }
    }
    return deepest
  }
}

extension VendorJSON {
  /// Why bytes are not the value that was expected; names the place, never the content.
  public struct Unreadable: Error, Sendable, Equatable {
    public var detail: String

    init(detail: String) { self.detail = detail }

    init(_ error: any Error) {
      switch error as? DecodingError {
      case .keyNotFound(let key, let context): detail = "\(Self.place(context.codingPath + [key])) is missing"
      case .typeMismatch(_, let context): detail = "\(Self.place(context.codingPath)) is of another type"
      case .valueNotFound(_, let context): detail = "\(Self.place(context.codingPath)) is null"
      case .dataCorrupted(let context) where !context.codingPath.isEmpty:
        detail = "\(Self.place(context.codingPath)) has an unexpected value"
      default: detail = "not JSON"
      }
    }

    /// Keys may come from the answer itself (a dictionary's), so they are redacted and cut.
    private static func place(_ path: [any CodingKey]) -> String {
      let text = path.map { $0.intValue.map(String.init) ?? Redaction.redact($0.stringValue) }.joined(separator: ".")
      return text.isEmpty ? "the whole" : String(text.prefix(80))
    }
  }
}
