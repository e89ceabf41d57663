/// A record as answers show it.
enum RecordShape {
  private static let usual: [CRMKind: [String]] = [
    .contacts: ["email", "firstname", "lastname"], .companies: ["name", "domain"],
    .deals: ["dealname", "amount", "dealstage", "pipeline", "closedate"], .notes: [], .tasks: [],
  ]

  /// Of the properties asked for: defined ones with their value or null, unknown ones not at all.
  static func json(
    _ record: CRMRecord, names: [String], traced: [String] = [], _ state: HubSpotState
  ) -> JSON {
    let asked = names.isEmpty ? usual[record.kind] ?? [] : names
    var values: [String: JSON] = [:]
    for name in asked + ["createdate", record.kind.modified, "hs_object_id"]
    where state.property(record.kind, name) != nil {
      values[name] = JSON(record.properties[name])
    }
    var out = envelope(record, values)
    if !traced.isEmpty { out["propertiesWithHistory"] = history(of: traced, record) }
    return out
  }

  /// The present value of each, with when it came; older ones are not kept.
  private static func history(of names: [String], _ record: CRMRecord) -> JSON {
    var out: [String: JSON] = [:]
    for name in names {
      guard let at = record.changed[name] else { continue }
      let value = record.properties[name] ?? ""
      out[name] = [
        ["value": .string(value), "timestamp": .string(HubSpotTime.text(at)), "sourceType": "CRM_UI"]
      ]
    }
    return .object(out)
  }

  /// With every value that is set, as a create or an update answers.
  static func whole(_ record: CRMRecord) -> JSON {
    envelope(record, record.properties.mapValues { .string($0) })
  }

  private static func envelope(_ record: CRMRecord, _ values: [String: JSON]) -> JSON {
    [
      "id": .string(record.id), "properties": .object(values),
      "createdAt": .string(HubSpotTime.text(record.createdAt)),
      "updatedAt": .string(HubSpotTime.text(record.updatedAt)), "archived": .bool(record.archived),
    ]
  }
}
