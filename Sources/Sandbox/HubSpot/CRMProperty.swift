/// A property that a kind of record has.
struct CRMProperty: Sendable {
  var name: String
  var label: String
  var type: String
  var fieldType: String
  var group: String
  var options: [String] = []
  var readOnly = false
  var hasUniqueValue = false

  init(
    _ name: String, _ type: String = "string", field: String? = nil, group: String = "standard", label: String? = nil,
    options: [String] = [], readOnly: Bool = false
  ) {
    self.name = name
    self.label = label ?? name
    self.type = type
    fieldType = field ?? (type == "enumeration" ? "select" : type == "number" ? "number" : "text")
    self.group = group
    self.options = options
    self.readOnly = readOnly
  }

  var json: JSON {
    let options = options.enumerated().map { index, value -> JSON in
      ["label": .string(value), "value": .string(value), "displayOrder": .int(index), "hidden": false]
    }
    return [
      "name": .string(name), "label": .string(label), "type": .string(type), "fieldType": .string(fieldType),
      "groupName": .string(group), "options": .array(options), "hasUniqueValue": .bool(hasUniqueValue),
      "hidden": false, "calculated": false, "archived": false,
      "modificationMetadata": [
        "readOnlyValue": .bool(readOnly), "readOnlyDefinition": true, "archivable": false,
      ],
    ]
  }

  static let lifecycleStages = [
    "subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist",
    "other",
  ]

  private static let leadStatuses = [
    "NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING",
  ]

  /// What a fresh account has, as far as a lead router meets it.
  static let standard: [CRMKind: [CRMProperty]] = [
    .contacts: own(.contacts) + text(contactTexts) + qualification + [
      CRMProperty("hs_email_optout", "bool", field: "booleancheckbox"),
      CRMProperty("hs_marketable_status", "enumeration", options: ["true", "false"], readOnly: true),
      CRMProperty("num_associated_deals", "number", readOnly: true),
    ],
    .companies: own(.companies) + text(companyTexts) + qualification + [
      CRMProperty("numberofemployees", "number"), CRMProperty("annualrevenue", "number"),
      CRMProperty("hs_num_open_deals", "number", readOnly: true),
    ],
    .deals: own(.deals) + text(["dealname", "dealstage", "pipeline", "closed_lost_reason", "closed_won_reason"]) + [
      CRMProperty("amount", "number"), CRMProperty("closedate", "datetime", field: "date"),
      CRMProperty("hs_is_closed", "bool", field: "booleancheckbox", readOnly: true),
      CRMProperty("hs_is_closed_won", "bool", field: "booleancheckbox", readOnly: true),
      CRMProperty("hs_is_closed_lost", "bool", field: "booleancheckbox", readOnly: true),
    ],
    .notes: own(.notes) + text(["hs_note_body"]) + [CRMProperty("hs_timestamp", "datetime", field: "date")],
    .calls: own(.calls) + text(["hs_call_title", "hs_call_body", "hs_call_direction", "hs_call_status"]) + happened,
    .emails: own(.emails) + text(["hs_email_subject", "hs_email_text", "hs_email_direction", "hs_email_status"])
      + happened,
    .meetings: own(.meetings) + text(["hs_meeting_title", "hs_meeting_body", "hs_meeting_outcome"]) + happened,
    .tasks: own(.tasks) + text(["hs_task_subject", "hs_task_body", "hs_task_reminders"]) + [
      CRMProperty("hs_timestamp", "datetime", field: "date"),
      CRMProperty("hs_task_status", "enumeration", options: ["NOT_STARTED", "COMPLETED", "IN_PROGRESS", "WAITING"]),
      CRMProperty("hs_task_priority", "enumeration", options: ["LOW", "MEDIUM", "HIGH", "NONE"]),
      CRMProperty("hs_task_type", "enumeration", options: ["EMAIL", "CALL", "TODO"]),
    ],
  ]

  private static let happened = [
    CRMProperty("hs_timestamp", "datetime", field: "date"),
    CRMProperty("hs_createdate", "datetime", field: "date", readOnly: true),
  ]

  private static let contactTexts = [
    "email", "firstname", "lastname", "jobtitle", "company", "website", "phone", "country", "state", "city",
    "industry", "numemployees", "message", "hs_additional_emails", "hs_analytics_source", "notes_last_contacted",
    "hs_linkedin_url", "zip", "address",
  ]

  private static let companyTexts = [
    "name", "domain", "website", "phone", "country", "state", "city", "industry", "description",
    "hs_additional_domains", "linkedin_company_page", "founded_year",
  ]

  private static let qualification = [
    CRMProperty("lifecyclestage", "enumeration", field: "radio", options: lifecycleStages),
    CRMProperty("hs_lead_status", "enumeration", field: "radio", options: leadStatuses),
  ]

  private static func text(_ names: [String]) -> [CRMProperty] { names.map { CRMProperty($0) } }

  private static func own(_ kind: CRMKind) -> [CRMProperty] {
    [
      CRMProperty("hs_object_id", "number", readOnly: true), CRMProperty("hubspot_owner_id"),
      CRMProperty("createdate", "datetime", field: "date", readOnly: true),
      CRMProperty(kind.modified, "datetime", field: "date", readOnly: true),
    ]
  }
}
