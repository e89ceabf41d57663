import RevOps

/// Finds leads by what people remember: an id, an address, a domain, a record in HubSpot, a name as well as they can
/// spell it.
struct LeadSearch {
  static let limit = 50

  let leads: any Leads
  let names: NameIndex

  /// The best first; deliveries that joined another lead are left out, since that lead is there.
  func all(_ text: String) async throws(StorageError) -> [Lead] {
    if let id = LeadID(text.uppercased().replacingPrefix("P", with: "p")) {
      return try await follow(id).map { [$0] } ?? []
    }
    if let record = CRMLink(text) { return try await read(try await names.leads(of: record)) }
    return try await candidates(text).filter { $0.state != .merged }
  }

  func first(_ text: String) async throws(StorageError) -> Lead? { try await all(text).first }

  private func candidates(_ text: String) async throws(StorageError) -> [Lead] {
    if CRMLink.isOfCRM(text) { return [] }
    let text = Self.withoutAt(text)
    if let address = Self.address(in: text) {
      return try await leads.leads(LeadQuery(identity: EmailAddress.identity(of: address), limit: Self.limit)).leads
    }
    if !text.contains(" "), let host = Domain.host(ofWebsite: text), let domain = Domain.registrable(host) {
      let found = try await leads.leads(LeadQuery(domain: domain, limit: Self.limit)).leads
      if !found.isEmpty { return found }
    }
    return try await named(text)
  }

  /// `@acme.com` is a domain, as people write it.
  static func withoutAt(_ text: String) -> String { text.hasPrefix("@") ? String(text.dropFirst()) : text }

  /// The address, also with a name around it: `Ada Lovelace <ada@acme.com>`.
  static func address(in text: String) -> String? {
    let words = text.split { " <>()\",;?".contains($0) }.map { $0.replacingPrefix("mailto:", with: "") }
    return words.first { EmailAddress($0) != nil }
  }

  /// Whose name begins like that, then whose name is like that.
  private func named(_ text: String) async throws(StorageError) -> [Lead] {
    let folded = TextFolding.fold(text)
    let exact = folded.isEmpty ? [] : try await leads.leads(matching: folded, limit: Self.limit)
    let known = Set(exact.map(\.id))
    let like = try await names.matches(text, limit: Self.limit).filter { !known.contains($0) }
    return exact + (try await read(Array(like.prefix(Self.limit - min(exact.count, Self.limit)))))
  }

  private func read(_ ids: [LeadID]) async throws(StorageError) -> [Lead] {
    var found: [Lead] = []
    for id in ids {
      if let lead = try await leads.lead(id) { found.append(lead) }
    }
    return found
  }

  private func follow(_ id: LeadID) async throws(StorageError) -> Lead? {
    guard let lead = try await leads.lead(id), let other = lead.mergedInto else { return try await leads.lead(id) }
    return try await leads.lead(other) ?? lead
  }
}

extension StringProtocol {
  fileprivate func replacingPrefix(_ prefix: String, with new: String) -> String {
    hasPrefix(prefix) ? new + dropFirst(prefix.count) : String(self)
  }
}
