import Foundation
import RevOps
import SlackAPI

/// The facts of a lead as fields, each with its source. What matters for every lead and is not known is shown as
/// unknown.
struct FactFields {
  private static let limit = SlackLimits.sectionFields
  private static let length = 160

  let facts: LeadFacts

  var fields: [TextObject] {
    let all: [Mrkdwn?] = [
      fact("Employees", .employees, lead.employees.map { $0.formatted(.number.locale(Self.locale)) }, always: true),
      fact("Industry", .industry, lead.industry, always: true),
      fact("Location", .country, location, always: true),
      fact("Revenue", .annualRevenue, revenue),
      fact("Phone", .phone, lead.phone),
      fact("Domain", .domain, lead.domain),
      fact("Role", .seniority, role),
      account,
      fact("Technologies", .technologies, technologies),
      asked,
    ]
    return all.compactMap { $0 }.prefix(Self.limit).map { .mrkdwn($0) }
  }

  private var lead: NormalizedLead { facts.normalized }
  private static let locale = Locale(identifier: "en_GB")

  private func fact(_ label: String, _ field: Field, _ value: String?, always: Bool = false) -> Mrkdwn? {
    guard let value, !value.isEmpty else { return always ? Self.line(label, "unknown") : nil }
    let source = facts.sources[field] ?? .derived
    return Self.line(label, "\(value, max: Self.length) · \(source.label)")
  }

  private static func line(_ label: String, _ text: Mrkdwn) -> Mrkdwn {
    Mrkdwn.lines([Mrkdwn.bold(Mrkdwn(label)), text])
  }

  private var location: String? {
    let country = lead.country.map { Self.locale.localizedString(forRegionCode: $0) ?? $0 }
    let region = lead.region.flatMap { Region.name(of: $0) }
    var parts: [String] = []
    // Berlin lies in Berlin.
    for part in [lead.city, region, country].compactMap({ $0 }) where parts.last != part { parts.append(part) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var revenue: String? {
    lead.annualRevenue.map { $0.formatted(.currency(code: "USD").precision(.fractionLength(0)).locale(Self.locale)) }
  }

  private var role: String? {
    let words = [lead.seniority.map(CardWords.seniority), lead.department.map(CardWords.department)].compactMap { $0 }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  private var technologies: String? {
    let shown = lead.technologies.prefix(6).joined(separator: ", ")
    let more = lead.technologies.count - 6
    return shown.isEmpty ? nil : more > 0 ? "\(shown) and \(more) more" : shown
  }

  private var account: Mrkdwn? {
    guard facts.crm.checked, facts.crm.accountStage != .none else { return nil }
    let owner = facts.crm.accountOwner.map { ", with \($0)" } ?? ""
    let stage = facts.crm.accountStage.rawValue.replacing("_", with: " ")
    return Self.line("Account", "\(stage + owner, max: Self.length) · HubSpot")
  }

  private var asked: Mrkdwn? {
    let words = [facts.payload.product, facts.payload.source.map { "through \($0)" }].compactMap { $0 }
    return words.isEmpty ? nil : Self.line("Asked for", "\(words.joined(separator: ", "), max: Self.length) · form")
  }
}
