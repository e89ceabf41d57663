import Foundation

/// Every field of a payload that is not as the contract has it, at once.
public struct PayloadError: Error, Sendable, Equatable {
  public struct Issue: Codable, Sendable, Equatable {
    /// RFC 6901: `/employees`, `/properties/email`; empty for the whole document.
    public var pointer: String
    /// `required`, `wrong_type`, `too_long`, `too_many`, `invalid_email`, `invalid_time`
    public var code: String
    public var message: String

    public init(pointer: String, code: String, message: String) {
      self.pointer = pointer
      self.code = code
      self.message = message
    }
  }

  public let issues: [Issue]

  public init(issues: [Issue]) { self.issues = issues }
}

extension LeadPayload {
  /// Bytes of one field; `message` and custom fields are cut instead, at `longText` characters.
  static let fieldBytes = 2_000
  static let longText = 10_000
  static let tagCount = 100

  /// Reads what a form or HubSpot sent. `null`, an empty text and one without a visible character count as absent. All
  /// fields that are wrong are named at once; a field that the contract does not name is never wrong and never sets
  /// anything but `custom`.
  public static func read(_ json: JSONValue) throws(PayloadError) -> LeadPayload {
    guard let object = json.object else {
      throw PayloadError(issues: [.init(pointer: "", code: "wrong_type", message: "the lead must be a JSON object")])
    }
    var reader = PayloadReader(object)
    let payload = reader.payload()
    guard reader.issues.isEmpty, let payload else { throw PayloadError(issues: reader.issues) }
    return payload
  }
}
