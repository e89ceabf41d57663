import CHiredis
import Foundation

/// What Redis answers.
public enum RedisValue: Sendable, Equatable {
  case null
  case integer(Int)
  /// A status line, such as `OK`.
  case status(String)
  case bytes(Data)
  case array([RedisValue])
  /// A refusal, also one inside an array.
  case refusal(RedisRefusal)
}

extension RedisValue {
  /// Copies one of hiredis' replies, which stays the caller's to free.
  init(copying reply: redisReply) {
    switch reply.type {
    case REDIS_REPLY_STRING: self = .bytes(Data(bytes: reply.str, count: reply.len))
    case REDIS_REPLY_INTEGER: self = .integer(Int(reply.integer))
    case REDIS_REPLY_STATUS: self = .status(Self.text(reply))
    case REDIS_REPLY_ERROR: self = .refusal(RedisRefusal(line: Self.text(reply)))
    case REDIS_REPLY_ARRAY:
      self = .array((0..<reply.elements).map { reply.element[$0].map { Self(copying: $0.pointee) } ?? .null })
    default: self = .null
    }
  }

  private static func text(_ reply: redisReply) -> String {
    String(decoding: UnsafeRawBufferPointer(start: reply.str, count: reply.len), as: UTF8.self)
  }

  /// A string's bytes or a status line; nil for anything else.
  public var data: Data? {
    switch self {
    case .bytes(let data): data
    case .status(let text): Data(text.utf8)
    default: nil
    }
  }

  public var text: String? {
    switch self {
    case .bytes(let data): String(decoding: data, as: UTF8.self)
    case .status(let text): text
    default: nil
    }
  }

  /// An integer, or a string that is one.
  public var int: Int? {
    switch self {
    case .integer(let number): number
    default: text.flatMap { Int($0) }
    }
  }

  public var array: [RedisValue]? {
    if case .array(let values) = self { values } else { nil }
  }
}
