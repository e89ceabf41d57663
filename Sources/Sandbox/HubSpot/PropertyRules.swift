/// What values HubSpot takes for a property.
enum PropertyRules {
  /// Checks what is to be written and gives what will be: read-only values that HubSpot ignores and backward moves of the
  /// life-cycle stage are dropped without a word, as HubSpot drops them.
  static func checked(
    _ given: JSON, _ kind: CRMKind, old: [String: String], _ state: HubSpotState
  ) throws(HubSpotRefusal) -> [String: String] {
    var values: [String: String] = [:]
    var faults: [PropertyFault] = []
    for (name, value) in given.fields.sorted(by: { $0.key < $1.key }) {
      guard let property = state.property(kind, name) else {
        faults.append(fault(name, "PROPERTY_DOESNT_EXIST", "Property \"\(name)\" does not exist"))
        continue
      }
      let text = value.plain ?? ""
      if let fault = fault(property, text, state) { faults.append(fault) }
      if !ignored(property, text, old) { values[name] = text }
    }
    guard faults.isEmpty else { throw .invalid(faults) }
    return values
  }

  private static func fault(_ name: String, _ code: String, _ message: String) -> PropertyFault {
    PropertyFault(name: name, code: code, message: message)
  }

  private static func fault(_ property: CRMProperty, _ text: String, _ state: HubSpotState) -> PropertyFault? {
    if text.isEmpty { return nil }
    if property.readOnly, property.name != "hs_marketable_status" {
      return fault(property.name, "READ_ONLY_VALUE", "\"\(property.name)\" is a read only property")
    }
    if property.name == "email", !looksLikeAddress(text) {
      return fault("email", "INVALID_EMAIL", "Email address is invalid")
    }
    if property.name == "hubspot_owner_id", !state.owners.contains(where: { $0.id == text }) {
      return fault(property.name, "INVALID_OWNER_ID", "Owner does not exist")
    }
    if property.type == "string", text.utf16.count > longestText {
      return fault(property.name, "TOO_LONG", "\(property.name) was too long")
    }
    return fault(ofType: property, text)
  }

  /// HubSpot's limit for a text property.
  private static let longestText = 65_536

  private static func fault(ofType property: CRMProperty, _ text: String) -> PropertyFault? {
    switch property.type {
    case "number" where Double(text) == nil:
      fault(property.name, "INVALID_INTEGER", "The value was not a valid number")
    case "datetime" where HubSpotTime.milliseconds(text) == nil:
      fault(property.name, "INVALID_DATE", "The value was not a valid date")
    case "enumeration" where !property.options.isEmpty && !property.options.contains(text):
      fault(property.name, "INVALID_OPTION", "The value was not one of the allowed options")
    default: nil
    }
  }

  private static func looksLikeAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
  }

  private static func ignored(_ property: CRMProperty, _ text: String, _ old: [String: String]) -> Bool {
    if property.readOnly { return true }
    guard property.name == "lifecyclestage", !text.isEmpty, let before = old["lifecyclestage"] else { return false }
    let stages = CRMProperty.lifecycleStages
    return (stages.firstIndex(of: text) ?? 0) < (stages.firstIndex(of: before) ?? 0)
  }

  /// What a new record must have.
  static func checkRequired(_ kind: CRMKind, _ values: [String: String]) throws(HubSpotRefusal) {
    switch kind {
    case .contacts where ["email", "firstname", "lastname"].allSatisfy({ (values[$0] ?? "").isEmpty }):
      throw .invalid("one of email, firstname, lastname is required")
    case .companies where ["name", "domain"].allSatisfy({ (values[$0] ?? "").isEmpty }):
      throw .invalid("one of name, domain is required")
    case .notes, .tasks:
      guard !(values["hs_timestamp"] ?? "").isEmpty else { throw missing("hs_timestamp") }
    default: break
    }
  }

  private static func missing(_ name: String) -> HubSpotRefusal {
    HubSpotRefusal(
      400, "VALIDATION_ERROR", "Error creating record. Some required properties were not set.",
      errors: [
        [
          "message": .string("Required property \(name) was not set"), "code": "REQUIRED_FIELD",
          "context": ["properties": [.string(name)]],
        ]
      ])
  }
}
