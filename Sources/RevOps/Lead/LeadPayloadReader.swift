import Foundation

/// Takes the fields of a payload one by one and collects what is wrong with them.
struct PayloadReader {
  private(set) var issues: [PayloadError.Issue] = []
  private var fields: [PayloadField]
  private var taken: Set<Int> = []

  init(_ object: JSONObject) {
    let hubspot = object["properties"]?.object
    fields = []
    if let hubspot { fields = hubspot.members.map { PayloadField(hubspot: $0.key, $0.value) } }
    for member in object.members where hubspot == nil || member.key != "properties" {
      fields.append(PayloadField(plain: member.key, member.value))
    }
  }

  mutating func payload() -> LeadPayload? {
    let email = email()
    _ = values(of: ["event_id"])
    let submittedAt = time("submitted_at")
    var payload = LeadPayload(email: email ?? "", tags: tags(), submittedAt: submittedAt)
    payload.fullName = text("full_name")
    payload.firstName = text("first_name")
    payload.lastName = text("last_name")
    payload.company = text("company", "company_name")
    payload.title = text("title")
    payload.phone = text("phone", numbers: true)
    payload.website = text("website", "domain")
    payload.country = text("country")
    payload.state = text("state")
    payload.city = text("city")
    payload.employees = text("employees", numbers: true)
    payload.industry = text("industry")
    payload.message = text("message", long: true)
    payload.product = text("product", numbers: true)
    payload.source = text("source", numbers: true)
    payload.language = text("language")
    payload.utm = campaign()
    payload.custom = rest()
    return email == nil ? nil : payload
  }

  private mutating func email() -> String? {
    guard let typed = text("email") else {
      // A wrong type has been told already.
      if !issues.contains(where: { $0.pointer.hasSuffix("/email") }) {
        report("/email", "required", "an e-mail address is required")
      }
      return nil
    }
    if let address = EmailAddress(typed) { return address.text }
    report(pointer(of: "email"), "invalid_email", "not one plain e-mail address")
    return nil
  }

  /// The first of the names that has a value.
  private mutating func text(_ names: String..., numbers: Bool = false, long: Bool = false) -> String? {
    var found: String?
    for field in values(of: names) {
      guard let read = text(field, numbers: numbers, long: long), !read.isEmpty else { continue }
      found = found ?? read
    }
    return found
  }

  private mutating func text(_ field: PayloadField, numbers: Bool, long: Bool) -> String? {
    switch field.value {
    case .null: return nil
    case .string(let text): return long ? Self.long(text) : line(text, field)
    case .number(let text) where numbers: return JSONNumber.plain(text)
    default:
      report(field.pointer, "wrong_type", numbers ? "must be a text or a number" : "must be a text")
      return nil
    }
  }

  private mutating func line(_ text: String, _ field: PayloadField) -> String? {
    if text.utf8.count > LeadPayload.fieldBytes {
      report(field.pointer, "too_long", "at most \(LeadPayload.fieldBytes) bytes")
      return nil
    }
    return CleanText.line(text)
  }

  private static func long(_ text: String) -> String {
    CleanText.cut(
      CleanText.paragraphs(text), characters: LeadPayload.longText, bytes: 4 * LeadPayload.longText)
  }

  /// A list of texts, or one text with commas or semicolons between the tags (as HubSpot sends several choices).
  private mutating func tags() -> [String] {
    var tags: [String] = []
    for field in values(of: ["tags", "tags[]"]) {
      for item in field.value.array ?? [field.value] {
        let read = text(PayloadField(like: field, item), numbers: true, long: false) ?? ""
        let parts = read.split { $0 == "," || $0 == ";" }.map { $0.trimmingCharacters(in: .whitespaces) }
        tags += parts.filter { !$0.isEmpty && !tags.contains($0) }
        if tags.count > LeadPayload.tagCount {
          report(field.pointer, "too_many", "at most \(LeadPayload.tagCount) tags")
          return []
        }
      }
    }
    return tags
  }

  private mutating func time(_ name: String) -> Date? {
    var found: Date?
    for field in values(of: [name]) where !field.value.isNull && field.value.string?.isEmpty != true {
      let date = field.value.string.flatMap(Timestamp.date(rfc3339:)) ?? Timestamp.date(milliseconds: field.value)
      if date == nil { report(field.pointer, "invalid_time", "must be an RFC 3339 time or milliseconds since 1970") }
      found = found ?? date
    }
    return found
  }

  private mutating func campaign() -> [String: String] {
    var utm: [String: String] = [:]
    for (index, field) in fields.enumerated() where field.name.hasPrefix("utm_") && !taken.contains(index) {
      taken.insert(index)
      if let text = text(field, numbers: true, long: false), !text.isEmpty, utm[field.name] == nil {
        utm[field.name] = text
      }
    }
    return utm
  }

  /// What nothing has asked for.
  private func rest() -> [String: String] {
    var custom: [String: String] = [:]
    for (index, field) in fields.enumerated() where !taken.contains(index) && custom[field.name] == nil {
      let text =
        switch field.value {
        case .null: ""
        case .string(let text): Self.long(text)
        case .number(let text): text
        default: Self.long(field.value.jsonText)
        }
      if !text.isEmpty { custom[CleanText.line(field.name)] = text }
    }
    return custom
  }

  /// The fields of these names, in the order of the names, and no longer open.
  private mutating func values(of names: [String]) -> [PayloadField] {
    var found: [PayloadField] = []
    for name in names {
      for (index, field) in fields.enumerated() where field.name == name && taken.insert(index).inserted {
        found.append(field)
      }
    }
    return found
  }

  private func pointer(of name: String) -> String { fields.first { $0.name == name }?.pointer ?? "/" + name }

  private mutating func report(_ pointer: String, _ code: String, _ message: String) {
    issues.append(.init(pointer: pointer, code: code, message: message))
  }
}

/// One member of the payload under the contract's name.
struct PayloadField {
  /// HubSpot's names of the contract's fields (default contact properties).
  private static let contractNames = [
    "firstname": "first_name", "lastname": "last_name", "jobtitle": "title", "numemployees": "employees",
  ]

  let name: String
  let pointer: String
  let value: JSONValue

  init(plain name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
    pointer = "/" + Self.escaped(name)
  }

  /// HubSpot sends `{"value": …}`, null, or the plain value.
  init(hubspot name: String, _ value: JSONValue) {
    self.name = Self.contractNames[name] ?? name
    self.value = value["value"] ?? value
    pointer = "/properties/" + Self.escaped(name)
  }

  init(like field: PayloadField, _ value: JSONValue) {
    name = field.name
    pointer = field.pointer
    self.value = value
  }

  private static func escaped(_ name: String) -> String {
    name.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}

/// Numbers where a form means text: `120.0` and `1.2e2` are 120.
enum JSONNumber {
  static func plain(_ text: String) -> String {
    guard Int(text) == nil, let value = Double(text), let whole = Int(exactly: value) else { return text }
    return String(whole)
  }
}
