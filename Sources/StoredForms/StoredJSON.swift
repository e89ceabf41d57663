import Foundation

/// Documents as they are stored: JSON text with sorted keys. Dates stay the doubles that `Date` is made of, because
/// neither ISO text nor seconds since 1970 give every date back bit by bit.
package enum StoredJSON {
  package static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  package static func value<Value: Decodable>(_ type: Value.Type, from text: Data) throws -> Value {
    try JSONDecoder().decode(type, from: text)
  }
}
