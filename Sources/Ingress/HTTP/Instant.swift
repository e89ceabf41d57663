import Foundation
import RevOps

extension JSONValue {
  /// RFC 3339 in UTC with milliseconds; `null` for nil.
  static func time(_ date: Date?) -> JSONValue {
    guard let date else { return .null }
    return .string(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
  }
}
