extension Explanation {
  /// Which account the lead was taken to belong to, by what, and why no other.
  public static func account(_ facts: LeadFacts) -> Line {
    let crm = facts.crm
    guard crm.checked else {
      return Line(.note, "Account not checked: the CRM was not asked or gave no answer in time")
    }
    guard crm.accountStage != .none || crm.accountOwner != nil || crm.companyID != nil else {
      return Line(.note, "No account: the CRM knows neither \(unknown(facts.normalized))")
    }
    let name = crm.companyName ?? crm.companyID.map { "company \($0)" }
    let parts = [
      "Account" + (name.map { " " + $0 } ?? ""), crm.matchedBy.map { "found by " + evidence($0, facts.normalized) },
      crm.matchNote, crm.accountOwner.map { "owner " + $0 } ?? "without an owner",
    ]
    return Line(.note, parts.compactMap(\.self).joined(separator: ", "))
  }

  private static func unknown(_ lead: NormalizedLead) -> String {
    // A name counts only where the address tells no company.
    if let domain = lead.domain { return "the address nor the domain " + domain }
    return "the address nor a company of that name"
  }

  private static func evidence(_ matchedBy: String, _ lead: NormalizedLead) -> String {
    switch matchedBy {
    case "contact": "the contact's address"
    case "domain": "the domain" + (lead.domain.map { " " + $0 } ?? "")
    case "name": "the company's name" + (lead.company.map { " \($0)" } ?? "")
    default: matchedBy
    }
  }
}
