import Foundation
import RevOps

/// A lead in the properties of a contact: what the form and the enrichment gave, and Baton's own.
struct ContactProperties: Sendable {
  private(set) var values: [String: String] = [:]
  /// Names of the properties that are Baton's: they follow the lead instead of being filled once.
  let own: Set<String>

  init(_ write: CRM.Write, _ settings: Playbook.HubSpot) {
    own = Set([settings.scoreProperty, settings.reasonProperty, settings.leadIDProperty].compactMap { $0 })
    let facts = write.facts.normalized
    let payload = write.facts.payload
    let name = PersonName(payload, facts)
    set("firstname", name.first)
    set("lastname", name.last)
    set("jobtitle", facts.title)
    set("company", facts.company)
    set("phone", facts.phone)
    set("website", payload.website)
    set("country", facts.country.map(CountryName.english))
    set("state", payload.state)
    set("city", facts.city)
    set("industry", facts.industry)
    set("numemployees", facts.employees.map(String.init))
    set("message", payload.message)
    set("hs_linkedin_url", facts.linkedinURL)
    set(settings.scoreProperty, write.score?.description)
    set(settings.reasonProperty, write.routeReason)
    set(settings.leadIDProperty, write.leadID.description)
  }

  private mutating func set(_ name: String?, _ value: String?) {
    if let name, let value = PropertyText.clean(value) { values[name] = value }
  }
}

/// A person's name in the two parts that a CRM keeps.
struct PersonName: Sendable {
  var first: String?
  var last: String?

  /// The form's own two fields; else the first word of the full name and the rest.
  init(_ payload: LeadPayload, _ facts: NormalizedLead) {
    guard payload.firstName == nil, payload.lastName == nil else {
      first = payload.firstName
      last = payload.lastName
      return
    }
    let words = (facts.fullName ?? "").split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    first = words.first.map(String.init)
    last = words.count > 1 ? words[1].trimmingCharacters(in: .whitespaces) : nil
  }
}

enum CountryName {
  /// The English name, as HubSpot's own forms write it; a code that has none stays a code.
  static func english(_ code: String) -> String {
    Locale(identifier: "en_US").localizedString(forRegionCode: code) ?? code
  }
}
