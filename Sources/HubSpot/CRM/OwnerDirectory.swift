import Foundation
import RevOps

/// The people who can own records, by id and by folded e-mail address. Archived ones are not in it: they can't be
/// assigned, and a record of theirs counts as having no owner.
struct OwnerDirectory: Sendable {
  private var idsByEmail: [String: String] = [:]
  private var emails: [String: String] = [:]
  /// Users' ids by owners' ids.
  private var users: [String: String] = [:]

  /// How long a list serves; who joins or leaves is seen after that.
  static let lifetime: TimeInterval = 60

  init(_ owners: [HubSpotOwner]) {
    // A queue may carry a person's address, and an address may come twice: the person with the oldest id it is.
    for owner in owners.sorted(by: Self.precedes) {
      guard let email = owner.email.map(Self.fold), !email.isEmpty else { continue }
      emails[owner.id.text] = email
      users[owner.id.text] = owner.userId?.text
      if idsByEmail[email] == nil { idsByEmail[email] = owner.id.text }
    }
  }

  /// Of everybody who has an address; where several share one, of the one who is meant by it.
  var ids: [String] { Array(idsByEmail.values) }

  /// - Parameter owner: an e-mail address, or an owner's id where the two systems know a person by different addresses.
  func id(of owner: String) -> String? { idsByEmail[Self.fold(owner)] ?? (emails[owner] == nil ? nil : owner) }

  /// In whose name mail can be sent: a user, by the address that HubSpot knows them by.
  func sender(_ owner: String) -> SequenceSender? {
    guard let id = id(of: owner), let user = users[id], let email = emails[id] else { return nil }
    return SequenceSender(userID: user, email: email)
  }

  func email(of id: String?) -> String? { id.flatMap { emails[$0] } }

  static func fold(_ email: String) -> String { EmailAddress.identity(of: email) }

  private static func precedes(_ left: HubSpotOwner, _ right: HubSpotOwner) -> Bool {
    let leftIsPerson = left.type != "QUEUE"
    let rightIsPerson = right.type != "QUEUE"
    return leftIsPerson == rightIsPerson ? RecordID.precedes(left.id.text, right.id.text) : leftIsPerson
  }
}
