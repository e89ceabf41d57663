import Foundation

/// What a form, a HubSpot event or a person in Slack told us, field by field and as typed: trimmed, of the right type,
/// within its limits, but not yet interpreted (`"Germany "` is still not `DE`).
public struct LeadPayload: Codable, Sendable, Equatable {
  public var email: String
  public var fullName: String?
  public var firstName: String?
  public var lastName: String?
  public var company: String?
  public var title: String?
  public var phone: String?
  /// `website` or `domain`, as typed.
  public var website: String?
  public var country: String?
  public var state: String?
  public var city: String?
  /// `1,200`, `51-200`, `850`: as typed.
  public var employees: String?
  public var industry: String?
  public var message: String?
  public var product: String?
  public var source: String?
  public var language: String?
  public var tags: [String]
  /// Keyed by the whole name: `utm_campaign`.
  public var utm: [String: String]
  public var submittedAt: Date?
  /// Every field the contract does not name, for `custom.NAME` in conditions. A nested value is its JSON text.
  public var custom: [String: String]

  public init(
    email: String, fullName: String? = nil, firstName: String? = nil, lastName: String? = nil,
    company: String? = nil, title: String? = nil, phone: String? = nil, website: String? = nil,
    country: String? = nil, state: String? = nil, city: String? = nil, employees: String? = nil,
    industry: String? = nil, message: String? = nil, product: String? = nil, source: String? = nil,
    language: String? = nil, tags: [String] = [], utm: [String: String] = [:], submittedAt: Date? = nil,
    custom: [String: String] = [:]
  ) {
    self.email = email
    self.fullName = fullName
    self.firstName = firstName
    self.lastName = lastName
    self.company = company
    self.title = title
    self.phone = phone
    self.website = website
    self.country = country
    self.state = state
    self.city = city
    self.employees = employees
    self.industry = industry
    self.message = message
    self.product = product
    self.source = source
    self.language = language
    self.tags = tags
    self.utm = utm
    self.submittedAt = submittedAt
    self.custom = custom
  }
}
