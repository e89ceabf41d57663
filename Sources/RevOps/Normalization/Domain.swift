import CPSL
import Foundation

/// Host names: the registrable domain by the Public Suffix List, in ASCII.
public enum Domain {
  /// `mail.acme.co.uk` → `acme.co.uk`, `bäcker.de` → `xn--bcker-gra.de`; nil for a public suffix, an address, or
  /// anything that is no host name.
  public static func registrable(_ host: String) -> String? {
    guard let ascii = HostName.ascii(host), let list = psl_builtin(),
      let found = ascii.withCString({ psl_registrable_domain(list, $0).map { String(cString: $0) } })
    else { return nil }
    return found
  }

  /// The host of a website as people type it: `https://www.acme.com/contact`, `acme.com`, `WWW.ACME.COM.`; in ASCII.
  public static func host(ofWebsite website: String) -> String? {
    var rest = Substring(website.trimmingCharacters(in: .whitespacesAndNewlines))
    if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
    while rest.hasPrefix("/") { rest.removeFirst() }
    rest = rest.prefix { !"/?#\\ ,;".contains($0) }
    if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    if let colon = rest.firstIndex(of: ":") { rest = rest[..<colon] }
    guard let ascii = HostName.ascii(String(rest)), ascii.contains(".") else { return nil }
    return ascii.hasPrefix("www.") && ascii.dropFirst(4).contains(".") ? String(ascii.dropFirst(4)) : ascii
  }

  /// The public suffix of a host: `co.uk`, `com`.
  static func publicSuffix(_ ascii: String) -> String? {
    guard let list = psl_builtin() else { return nil }
    return ascii.withCString { psl_unregistrable_domain(list, $0).map { String(cString: $0) } }
  }
}
