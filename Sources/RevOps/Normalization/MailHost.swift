import CVocabulary

/// What is known of a host that belongs to no company of ours: mail providers, throw-away addresses, platforms.
enum MailHost: String {
  case free
  case disposable
  /// Sites where anybody has a page: not a mail host, and not a company's website.
  case platform

  /// The kind of mail host, by name and by every parent domain; nil for a company's.
  static func kind(of host: String) -> MailHost? {
    guard let found = entry(host), found != .platform else { return nil }
    return found
  }

  /// Whether a website tells nothing of the company behind it.
  static func isNobodys(_ host: String) -> Bool { entry(host) != nil }

  private static func entry(_ host: String) -> MailHost? {
    if let suffix = Domain.publicSuffix(host), host.hasSuffix("." + suffix),
      let name = host.dropLast(suffix.utf8.count + 1).split(separator: ".").last, let kind = table.names[String(name)]
    {
      return kind
    }
    var parent = host[...]
    while true {
      if let kind = table.hosts[String(parent)] { return kind }
      guard let dot = parent.firstIndex(of: ".") else { return nil }
      parent = parent[parent.index(after: dot)...]
    }
  }

  private struct Table {
    var hosts: [String: MailHost] = [:]
    /// `yahoo` for `yahoo.*`
    var names: [String: MailHost] = [:]
  }

  private static let table = {
    var table = Table()
    for row in Vocabulary.rows(vocabulary_hosts()) where row.count == 2 {
      guard let kind = MailHost(rawValue: String(row[0])) else { continue }
      for host in Vocabulary.names(row[1]) {
        if host.hasSuffix(".*") {
          table.names[String(host.dropLast(2))] = kind
        } else {
          table.hosts[String(host)] = kind
        }
      }
    }
    return table
  }()
}

/// Addresses of functions rather than people.
enum RoleAddress {
  /// Whether every part of the local part names a function or a place: `info`, `customer-service`, `sales.uk`,
  /// `hello+web`.
  static func isRole(_ local: String) -> Bool {
    let plain = TextFolding.fold(local).prefix { $0 != "+" }
    let parts = TextFolding.words(String(plain).replacing("_", with: " ")).map { $0.trimmingSuffix(while: \.isNumber) }
    guard let first = parts.first else { return false }
    if WordList.role.contains(parts.joined()) { return true }
    return WordList.role.contains(String(first))
      && parts.dropFirst().allSatisfy { WordList.role.contains(String($0)) || isPlace($0) }
  }

  private static func isPlace(_ part: Substring) -> Bool {
    part.isEmpty || ["emea", "apac", "latam", "eu", "na", "intl", "hq"].contains(part)
      || Country.code(key: String(part)) != nil
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while drop: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, drop(last) { rest.removeLast() }
    return rest
  }
}
