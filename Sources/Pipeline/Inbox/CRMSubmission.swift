import Foundation
import RevOps

/// A contact that somebody made in the CRM as the submission of a lead.
enum CRMSubmission {
  /// What a field of a submission may hold; people type more into a CRM than a form lets them.
  private static let longestField = 400

  /// In the nested shape that submissions may have.
  static func json(_ contact: CRMContact) -> JSONValue {
    var properties = JSONObject()
    for (name, value) in contact.properties.sorted(by: { $0.key < $1.key }) {
      properties[name] = .string(name == "message" ? value : String(value.prefix(longestField)))
    }
    return .object(["properties": .object(properties)])
  }

  static func payload(_ json: JSONValue, of contact: CRMContact) throws(PayloadError) -> LeadPayload {
    var payload = try LeadPayload.read(json)
    payload.source = payload.source ?? "hubspot"
    payload.submittedAt = payload.submittedAt ?? contact.createdAt
    return payload
  }
}
