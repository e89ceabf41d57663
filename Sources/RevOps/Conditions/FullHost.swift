/// The hosts that a glob on `domain` is tried on: the full host that the domain came from, and the registrable domain.
enum FullHost {
  /// Empty when the domain is unknown, as it is for a mail provider's address without a website.
  static func candidates(_ facts: LeadFacts) -> [String] {
    guard let domain = facts.normalized.domain else { return [] }
    let hosts = [facts.normalized.email.split(separator: "@").last.map(String.init), facts.payload.website]
    let full = hosts.compactMap(\.self).compactMap(Domain.host(ofWebsite:)).first { $0.hasSuffix("." + domain) }
    return [full, domain].compactMap(\.self)
  }
}
