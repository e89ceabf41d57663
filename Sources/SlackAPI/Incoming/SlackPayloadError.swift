/// Why a request from Slack can't be read. None holds a word of the request.
public enum SlackPayloadError: Error, Sendable, Equatable {
  /// A percent sign without two hexadecimal digits, or bytes that are no UTF-8.
  case malformedForm
  case malformedJSON
  /// A member that Slack always sends, by its path ("user.id"), is missing or of another type.
  case missing(String)
}
