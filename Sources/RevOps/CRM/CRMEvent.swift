import Foundation

/// A hint that a record of the CRM has changed. Hints come late, twice and in any order: what the record says is read when
/// the hint's turn comes.
public struct CRMEvent: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable {
    case contactCreated = "contact_created"
    /// Its owner, what was done with the person, or its id (a merge).
    case contact
    case call
    case email
    case meeting
    case deal
  }

  public var kind: Kind
  /// The record's id.
  public var record: String
  /// One of many that came from a file: nobody waits for it.
  public var isImported: Bool

  public init(_ kind: Kind, _ record: String, isImported: Bool = false) {
    self.kind = kind
    self.record = record
    self.isImported = isImported
  }

  /// Where the hint waits for its turn. It is no lead's id: which leads a record means is known when it has been read.
  /// All hints on one record wait in one place, so that they are worked on one after another.
  public var mailbox: LeadID {
    let name = "crm/\(place)/\(record)"
    var random = NameGenerator(name)
    return LeadID(identity: name, now: Date(timeIntervalSince1970: 0), random: &random)
  }

  private var place: String {
    switch kind {
    case .contactCreated, .contact: "contact"
    case .call, .email, .meeting, .deal: kind.rawValue
    }
  }

  /// The event as work.
  public func message(at now: Date, random: inout some RandomNumberGenerator) -> InboxMessage {
    InboxMessage(id: ULID.make(now: now, random: &random), leadID: mailbox, body: .crmEvent(self), receivedAt: now)
  }
}

/// The same numbers for the same name, always: what is stored under a mailbox's id must be found there again.
private struct NameGenerator: RandomNumberGenerator {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ name: String) {
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }

  /// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
