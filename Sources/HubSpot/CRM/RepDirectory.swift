import RevOps

/// Owners as the reps that the configuration knows: the two may know a person by different addresses (`hubspot:` of a
/// member), and everything outside of HubSpot speaks of the configuration's.
struct RepDirectory: Sendable {
  let owners: OwnerDirectory
  let routing: RoutingPolicy

  /// Of the owner whom the rep is; nil: none, or archived.
  func id(of rep: String) -> String? { owners.id(of: routing.crmName(of: rep)) }

  /// Whom an owner's id means; nil: nobody who can own anything.
  func rep(_ id: String?) -> String? {
    guard let id, let email = owners.email(of: id) else { return nil }
    return routing.rep(.person(id: id, email: email))
  }

  /// In whose name mail can be sent for the rep.
  func sender(_ rep: String) -> SequenceSender? { owners.sender(routing.crmName(of: rep)) }

  /// Everybody who can own records.
  var active: Set<String> { Set(owners.ids.compactMap { rep($0) }) }
}
