/// Why HubSpot did not do what it was asked, in its standard error body.
struct HubSpotRefusal: Error, Sendable {
  var status: Int
  var body: JSON

  init(_ status: Int, _ category: String, _ message: String, errors: [JSON] = []) {
    self.status = status
    body = [
      "status": "error", "category": .string(category), "message": .string(message),
      "correlationId": .string(HubSpotRefusal.correlationID()),
    ]
    if !errors.isEmpty { body["errors"] = .array(errors) }
  }

  init(status: Int, body: JSON) {
    self.status = status
    self.body = body
  }

  var reply: Reply { .json(body, status: status) }

  /// Whether the request itself was at fault, whatever the records were.
  var isViolation: Bool {
    [400, 401, 403, 415].contains(status) || body["category"].text == "UNKNOWN_RESOURCE"
  }

  static let unauthenticated = HubSpotRefusal(
    401, "INVALID_AUTHENTICATION", "Authentication credentials not found or not valid.")

  static let lacksScope = HubSpotRefusal(
    403, "MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call.")

  static let notFound = HubSpotRefusal(404, "OBJECT_NOT_FOUND", "Object not found.")

  static func invalid(_ message: String) -> HubSpotRefusal {
    HubSpotRefusal(400, "VALIDATION_ERROR", "Invalid input JSON: " + message)
  }

  /// Bad property values: the details stand as JSON text inside the message and once more as errors.
  static func invalid(_ faults: [PropertyFault]) -> HubSpotRefusal {
    let details = JSON.array(faults.map(\.detail)).encoded
    return HubSpotRefusal(
      400, "VALIDATION_ERROR", "Property values were not valid: " + details, errors: faults.map(\.error))
  }

  private static func correlationID() -> String {
    var random = SystemRandomNumberGenerator()
    let digits = String(random.next() as UInt64, radix: 16)
    return "00000000-0000-4000-8000-" + String((String(repeating: "0", count: 12) + digits).suffix(12))
  }
}

/// One property value that HubSpot does not take.
struct PropertyFault: Sendable {
  var name: String
  var code: String
  var message: String

  var detail: JSON {
    ["isValid": false, "message": .string(message), "error": .string(code), "name": .string(name)]
  }

  var error: JSON {
    ["message": .string(message), "code": .string(code), "context": ["propertyName": [.string(name)]]]
  }
}
