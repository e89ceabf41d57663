import RevOps

/// What a lead is called: by its account and by its person, from the best that is known.
struct LeadTitle {
  /// The company, else its domain, else the person.
  let account: String
  /// The name, else the address.
  let person: String

  init(_ lead: Lead) {
    let payload = lead.intake.payload
    let normalized = lead.facts?.normalized
    let typed = [payload.firstName, payload.lastName].compactMap { $0 }.joined(separator: " ")
    let names = [normalized?.fullName, payload.fullName, typed, payload.email]
    person = Self.first(of: names) ?? lead.identity
    account = Self.first(of: [normalized?.company, payload.company, normalized?.domain]) ?? person
  }

  /// "Ada Lovelace of Acme Bank", or the one name that there is.
  var both: String { account == person ? account : "\(person) of \(account)" }

  private static func first(of names: [String?]) -> String? {
    names.compactMap { $0 }.first { !$0.allSatisfy(\.isWhitespace) }
  }
}
