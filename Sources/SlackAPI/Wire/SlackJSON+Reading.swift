import Foundation

extension SlackJSON {
  /// Reads one JSON document. Nesting is bounded by Foundation's parser (512 levels); callers that face the network
  /// bound it further before they come here.
  public init(parsing data: Data) throws(SlackPayloadError) {
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
    } catch {
      // The parser's own error quotes the input, which may hold personal data.
      throw .malformedJSON
    }
    self = SlackJSON(bridging: value)
  }

  private init(bridging value: Any) {
    switch value {
    case let text as String: self = .string(text)
    case let items as [Any]: self = .array(items.map(SlackJSON.init(bridging:)))
    case let members as [String: Any]: self = .object(members.mapValues(SlackJSON.init(bridging:)))
    case let number as NSNumber: self = SlackJSON(bridging: number)
    default: self = .null
    }
  }

  /// NSNumber carries booleans too; their encoding ("c" or "B") is the only thing that tells them from 0 and 1.
  private init(bridging number: NSNumber) {
    let encoding = String(cString: number.objCType)
    if encoding == "c" || encoding == "B" {
      self = .bool(number.boolValue)
    } else if let whole = Int(exactly: number) {
      self = .int(whole)
    } else {
      self = .double(number.doubleValue)
    }
  }
}
