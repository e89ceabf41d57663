import Foundation

/// A command as it goes over the wire, made in the caller's task so that the connection's thread only copies bytes.
public struct RedisCommand: Sendable {
  /// May it run twice without harm? Only then is it sent again when the connection ends before its answer.
  public let isRepeatable: Bool
  /// How long its answer may take; nil: the connection's own limit.
  public var patience: Duration?
  private(set) var words: [UInt8] = []
  private var count = 0

  public init(_ words: String..., isRepeatable: Bool) {
    self.init(words: words, isRepeatable: isRepeatable)
  }

  public init(words: [String], isRepeatable: Bool) {
    self.isRepeatable = isRepeatable
    for word in words { add(word) }
  }

  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  public mutating func add(_ data: Data) { data.withUnsafeBytes { append($0) } }

  public mutating func add(_ number: Int) { add(String(number)) }

  /// The whole of it: an array of strings (RESP).
  var encoded: [UInt8] { Array("*\(count)\r\n".utf8) + words }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    count += 1
    words.reserveCapacity(words.count + bytes.count + 16)
    words += "$\(bytes.count)\r\n".utf8
    words += bytes
    words += [13, 10]
  }
}
