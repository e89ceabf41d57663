import Foundation

/// One mailbox address, and nothing else: no display name, comment, list, quoted local part or address literal.
public struct EmailAddress: Sendable, Hashable {
  /// As typed.
  public let text: String
  public let local: String
  /// The host in ASCII, lower case.
  public let domain: String

  /// Reads an address of at most 254 bytes with a local part of at most 64 (RFC 5321 §4.5.3.1); nil for anything else.
  public init?(_ typed: String) {
    let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.utf8.count <= 254, let at = text.lastIndex(of: "@") else { return nil }
    let local = String(text[..<at])
    guard Self.isLocalPart(local), let domain = HostName.ascii(String(text[text.index(after: at)...])),
      domain.contains("."), !domain.contains("_")
    else { return nil }
    self.text = text
    self.local = local
    self.domain = domain
  }

  /// Who an address stands for: the domain in ASCII, both parts in lower case. Tags (`ada+x@`) and dots stay: what a
  /// provider makes of them is its own business.
  public var identity: String { local.lowercased() + "@" + domain }

  /// The identity of an address as typed; of text that is no address, its folded form.
  public static func identity(of text: String) -> String {
    EmailAddress(text)?.identity ?? text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
  }

  /// The registrable domain; nil where the host is itself a public suffix.
  public var registrableDomain: String? { Domain.registrable(domain) }

  public var isFreeMail: Bool { MailHost.kind(of: domain) == .free }
  public var isDisposable: Bool { MailHost.kind(of: domain) == .disposable }
  /// Whether the local part names a function (`info`, `sales-team`), not a person.
  public var isRole: Bool { RoleAddress.isRole(local) }

  public var type: EmailType {
    switch MailHost.kind(of: domain) {
    case .disposable: .disposable
    case .free: .free
    case .platform, nil: isRole ? .role : .business
    }
  }

  /// A dot-atom (RFC 5322 §3.2.3), with letters of any script (RFC 6531).
  private static func isLocalPart(_ local: String) -> Bool {
    guard !local.isEmpty, local.utf8.count <= 64, !local.hasPrefix("."), !local.hasSuffix("."), !local.contains("..")
    else { return false }
    return local.unicodeScalars.allSatisfy {
      $0.value < 0x80 ? isAtomByte(UInt8($0.value)) : TextFolding.isWordScalar($0)
    }
  }

  private static func isAtomByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "."): true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }
}
